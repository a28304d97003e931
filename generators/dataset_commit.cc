// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_commit.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "sim/base/error.h"

namespace wrist {
namespace {

[[noreturn]] void fail_with_errno(const std::string& what) {
  throw Error(ErrorKind::io, "cannot " + what + ": " + std::generic_category().message(errno));
}

// Until this returns, a power cut may still lose what was written.
void sync_to_disk(const std::filesystem::path& path, int flags) {
  const int id = open(path.c_str(), flags | O_CLOEXEC);
  if (id < 0) fail_with_errno("open for fsync");
  const bool failed = fsync(id) != 0 && errno != EINVAL;  // EINVAL: not a thing to sync here
  const int why = errno;
  close(id);
  errno = why;
  if (failed) fail_with_errno("fsync");
}

}  // namespace

std::filesystem::path temporary_file(const std::filesystem::path& file) {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host = {"unknown"};
  return file.string() + ".tmp." + host.data() + "." + std::to_string(getpid());
}

void commit_file(const std::filesystem::path& temporary, const std::filesystem::path& file) {
  sync_to_disk(temporary, O_RDONLY);
  if (std::rename(temporary.c_str(), file.c_str()) != 0) fail_with_errno("rename");
  sync_to_disk(file.has_parent_path() ? file.parent_path() : ".", O_RDONLY | O_DIRECTORY);
}

void write_text_file(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path temporary = temporary_file(file);
  std::ofstream out(temporary);
  out << text;
  out.close();
  require(out.good(), ErrorKind::io, file.string() + ": cannot be written");
  commit_file(temporary, file);
}

}  // namespace wrist
