// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_commit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
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

std::string host_name() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) return "unknown";
  return host.data();
}

// The parts of "X.tmp.<host>.<pid>"; pid 0 if the name is no such name.
struct TemporaryName {
  std::string name, host;
  pid_t pid = 0;
};
TemporaryName parse(const std::filesystem::path& temporary) {
  const std::string text = temporary.filename().string(), mark = ".tmp.";
  const std::size_t at = text.rfind(mark), dot = text.rfind('.');
  if (at == std::string::npos || at == 0 || dot < at + mark.size()) return {};
  const std::string digits = text.substr(dot + 1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return {};
  return {text.substr(0, at), text.substr(at + mark.size(), dot - at - mark.size()),
          static_cast<pid_t>(std::strtol(digits.c_str(), nullptr, 10))};
}

// Seconds of the epoch at which a process started, 0 if /proc does not say. Source: proc(5), field
// 22 of /proc/<pid>/stat in clock ticks since `btime` of /proc/stat.
double start_of(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat"), system("/proc/stat");
  std::string line, word;
  std::getline(stat, line);
  std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 1)));
  double ticks = 0, boot = 0;
  for (int field = 3; field <= 22 && fields >> word; ++field)
    if (field == 22) ticks = std::strtod(word.c_str(), nullptr);
  while (system >> word)
    if (word == "btime") system >> boot;
  return ticks > 0 && boot > 0 ? boot + ticks / static_cast<double>(sysconf(_SC_CLK_TCK)) : 0;
}

bool writes(pid_t pid, const std::filesystem::path& file) {
  if (kill(pid, 0) != 0 && errno == ESRCH) return false;
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) return true;
  constexpr double kSlack = 3;  // s; both clocks are coarse, and a file too many does no harm
  return start_of(pid) <= static_cast<double>(status.st_mtime) + kSlack;
}

}  // namespace

std::filesystem::path temporary_file(const std::filesystem::path& file) {
  return file.string() + ".tmp." + host_name() + "." + std::to_string(getpid());
}

std::string committed_name(const std::filesystem::path& temporary) { return parse(temporary).name; }

Writer writer_of(const std::filesystem::path& temporary) {
  const TemporaryName parts = parse(temporary);
  if (parts.pid == 0) return Writer::none;
  if (parts.host != host_name()) return Writer::elsewhere;
  return writes(parts.pid, temporary) ? Writer::alive : Writer::gone;
}

void remove_abandoned(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (committed_name(entry.path()) == file.filename() && writer_of(entry.path()) == Writer::gone)
      std::filesystem::remove(entry.path(), ignored);
}

void commit_file(const std::filesystem::path& temporary, const std::filesystem::path& file) {
  sync_to_disk(temporary, O_RDONLY);
  if (std::rename(temporary.c_str(), file.c_str()) != 0) fail_with_errno("rename");
  sync_to_disk(file.has_parent_path() ? file.parent_path() : ".", O_RDONLY | O_DIRECTORY);
}

void write_text_file(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path temporary = temporary_file(file);
  try {
    errno = 0;
    std::ofstream out(temporary);
    out << text;
    out.close();
    if (!out.good()) fail_with_errno("write");
    commit_file(temporary, file);
  } catch (const Error& error) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw Error(error.kind(), file.string() + ": " + error.what());
  }
}

}  // namespace wrist
