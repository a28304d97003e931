// SPDX-License-Identifier: Apache-2.0
// Shards open where users open them: h5py, xarray, h5dump.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using namespace testing;

int exit_code(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::filesystem::path shard_of_three() {
  const std::filesystem::path file = scratch_folder() / "a.h5";
  ShardWriter writer(file, small_header(), 1);
  for (const Index i : {0, 1, 2}) {
    Recording r = small_recording(1000, i);
    r.labels = {{0, 5, "walk"}};
    r.events = {{1, 1.5, "beat", "heart", 1}};
    writer.append(r);
  }
  writer.commit();
  return file;
}

// Debian's modules live in /usr/bin/python3 alone, whatever python3 comes first in the path.
void run_script(const std::string& script) {
  const int code = exit_code("/usr/bin/python3 \"" WRIST_SOURCE_DIR "/tests/generators/" + script +
                             "\" \"" + shard_of_three().string() + "\"");
  if (code == 77 || code == 127)
    GTEST_SKIP() << "SKIPPED: a Python module of " << script << " is missing";
  EXPECT_EQ(code, 0);
}

TEST(DatasetPython, OpensInH5py) { run_script("shard_h5py.py"); }
TEST(DatasetPython, OpensInXarray) { run_script("shard_xarray.py"); }

TEST(DatasetPython, H5dumpPrintsItsHeader) {
  if (exit_code("command -v h5dump >/dev/null") != 0) GTEST_SKIP() << "SKIPPED: h5dump is missing";
  const std::string file = shard_of_three().string();
  EXPECT_EQ(exit_code("h5dump -H -p \"" + file + "\" > \"" + file + ".txt\" 2>&1"), 0);
  for (const char* word :
       {"H5T_STD_I16LE", "CHUNKED ( 1024, 3 )", "SHUFFLE", "FLETCHER32", "DEFLATE"})
    EXPECT_EQ(exit_code(std::string("grep -q '") + word + "' \"" + file + ".txt\""), 0) << word;
}

}  // namespace
}  // namespace wrist
