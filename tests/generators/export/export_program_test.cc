// SPDX-License-Identifier: Apache-2.0
// Exports as users meet them: from the program into numpy, h5py, tarfile, csv, json and Octave.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

// Six short recordings in two shards, of a watch whose link loses samples.
std::string dataset() {
  static const std::string kFolder = [] {
    const fs::path folder = fs::path(WRIST_BINARY_DIR) / "scratch" / "exported_dataset";
    const Outcome made =
        wristsim("generate " + kRecipes + "quickstart.toml --force --out " + folder.string() +
                 " --fidelity ideal --set recordings=6 --set shards=2 --set 'duration=\"8 s\"'"
                 " --set devices.watch=generic_bursts_50hz --set transport.loss=5");
    EXPECT_EQ(made.code, 0) << made.text;
    return folder.string();
  }();
  return kFolder;
}

constexpr int kMissing = 77;  // a Python module, or Python

// Debian's modules live in /usr/bin/python3 alone, whatever python3 comes first in the path.
Outcome python(const std::string& check, const std::string& from, const std::string& out) {
  Outcome outcome =
      shell("/usr/bin/python3 " WRIST_SOURCE_DIR "/tests/generators/export/export_check.py " +
            check + " " + from + " " + out);
  if (outcome.code == 127) outcome.code = kMissing;
  return outcome;
}

// Exports and lets the script compare that with the shards.
void check_in_python(const std::string& format, const std::string& more = "") {
  const fs::path out = scratch_folder() / (format == "windows" ? "out.h5" : "out");
  const Outcome made = wristsim("export " + dataset() + " --to " + format + " --out " +
                                out.string() + " --json" + more);
  ASSERT_EQ(made.code, 0) << made.text;
  EXPECT_NE(made.text.find("\"lost_samples\""), std::string::npos) << made.text;
  const Outcome checked = python(format, dataset(), out.string());
  if (checked.code == kMissing) GTEST_SKIP() << "SKIPPED: " << checked.text;
  EXPECT_EQ(checked.code, 0) << checked.text;
}

TEST(ExportProgram, WindowsOpenInH5py) { check_in_python("windows"); }
TEST(ExportProgram, NpyOpensInNumpy) { check_in_python("npy"); }
TEST(ExportProgram, ArchivesOpenInTarfile) { check_in_python("webdataset", " --per-tar 7"); }
TEST(ExportProgram, LogsOpenAsCsv) { check_in_python("sensorlog"); }

// One watch's chip is turned on its board; the other's axes follow the picture, as the crown is
// left.
TEST(ExportProgram, GravityIsInTheAxesOfTheChip) {
  for (const std::string watch : {"generic_25hz", "generic_800hz"}) {
    const std::string folder =
        (fs::path(WRIST_BINARY_DIR) / "scratch" / ("turned_" + watch)).string();
    const Outcome made = wristsim(
        "generate " + kRecipes + "quickstart.toml --force --out " + folder +
        " --fidelity ideal --set recordings=3 --set wear.crown=left --set devices.watch=" + watch +
        " --set imu.bias=0 --set imu.repeatability=0 --set 'motions.classes=[\"raise_to_wake\"]'");
    ASSERT_EQ(made.code, 0) << made.text;
    const std::string logs = folder + "/logs";
    ASSERT_EQ(wristsim("export " + folder + " --to sensorlog --force --out " + logs).code, 0);
    const Outcome checked = python("still", folder, logs);
    if (checked.code == kMissing) GTEST_SKIP() << "SKIPPED: " << checked.text;
    EXPECT_EQ(checked.code, 0) << checked.text;
  }
}

TEST(ExportProgram, WindowsOpenInOctave) {
  if (shell("command -v octave-cli").code != 0) GTEST_SKIP() << "SKIPPED: octave-cli is missing";
  const std::string out = (scratch_folder() / "out.h5").string();
  ASSERT_EQ(wristsim("export " + dataset() + " --to windows --out " + out).code, 0);
  // 50 Hz and 2.56 s; 8 s hold 5 windows. Octave turns the dimensions round.
  const Outcome octave = shell(
      "octave-cli --norc --eval \"s = load('" + out +
      "'); assert(isa(s.imu, 'int16')); assert(size(s.imu), [128 6 30]); "
      "assert(size(s.optical, 3), 30); assert(numel(s.label), 30); assert(numel(s.start_ns), 30); "
      "assert(any(s.imu(:) == -32768)); disp('loaded')\"");
  EXPECT_EQ(octave.code, 0) << octave.text;
  EXPECT_NE(octave.text.find("loaded"), std::string::npos) << octave.text;
}

TEST(ExportProgram, AFullDiskExits74AndLeavesNothing) {
  const fs::path folder = scratch_folder();
  for (const char* format : {"windows", "npy", "webdataset", "sensorlog"}) {
    const std::string out = (folder / "deep" / "x").string();
    const Outcome full = shell("(ulimit -f 8; " + kProgram + "export " + dataset() + " --to " +
                               format + " --out " + out + ")");
    EXPECT_EQ(full.code, 74) << format << ": " << full.text;
    EXPECT_NE(full.text.find("deep/x"), std::string::npos) << full.text;
    EXPECT_TRUE(fs::is_empty(folder)) << format;
  }
}

TEST(ExportProgram, MistakesExitTwo) {
  const std::string out = (scratch_folder() / "x").string(),
                    from = "export " + dataset() + " --out " + out;
  const Outcome format = wristsim(from + " --to windws");
  EXPECT_EQ(format.code, 2);
  EXPECT_NE(format.text.find("did you mean windows?"), std::string::npos) << format.text;
  const Outcome empty = wristsim(from + " --to npy --split validation");
  EXPECT_EQ(empty.code, 2);
  EXPECT_NE(empty.text.find("there are 30 windows; in split validation 0"), std::string::npos)
      << empty.text;
  const Outcome help = wristsim("export --help");
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.text.find("wristsim export out/quickstart --to npy"), std::string::npos);
  EXPECT_EQ(wristsim("export /nowhere --to npy --out " + out).code, 74);
  EXPECT_EQ(wristsim(from + " --to webdataset --per-tar 0").code, 2);
  EXPECT_FALSE(fs::exists(out));
}

}  // namespace
}  // namespace wrist
