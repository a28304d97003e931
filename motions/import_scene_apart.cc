// SPDX-License-Identifier: Apache-2.0
#include "motions/import_scene_apart.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <mutex>

#include "motions/import_scene_bytes.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr rlim_t kMostMemory = rlim_t{4} << 30;  // bytes beyond what the program has; 512 MB of FBX
                                                 // need about 2 GiB [assumed]
constexpr int kMostSeconds = 120;                // 512 MB at 5 MB/s [assumed]
constexpr char kDone = 'D', kFailed = 'F';

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;  // reserves terabytes of addresses
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

void limit(decltype(RLIMIT_CORE) what, rlim_t most) {
  const rlimit limits{most, most};
  setrlimit(what, &limits);
}

void set_limits() {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, kMostSeconds);
  rlim_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  if (!kSanitized) limit(RLIMIT_AS, kMostMemory + pages * static_cast<rlim_t>(getpagesize()));
  for (const int fault : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGINT, SIGTERM})
    std::signal(fault, SIG_DFL);
}

bool write_all(int pipe, const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t wrote = write(pipe, bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

[[noreturn]] void be_child(int pipe, const std::function<std::string()>& work) {
  set_limits();
  const QuietFloats quiet;
  std::string answer;
  try {
    answer = kDone + work();
  } catch (const std::exception& error) {
    answer = kFailed + std::string(error.what());
  } catch (...) {
    answer = kFailed + std::string("the reader gave up");
  }
  _exit(write_all(pipe, answer) ? 0 : 1);
}

// Everything the child writes, until it ends. A child whose time is up is ended.
std::string read_all(int pipe, pid_t child) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::seconds(2 * kMostSeconds);
  std::string bytes;
  std::string block(1 << 16, '\0');
  for (;;) {
    if (Clock::now() > deadline) kill(child, SIGKILL);
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = poll(&waiting, 1, 1000);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t got = read(pipe, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes.append(block, 0, static_cast<std::size_t>(got));
  }
  return bytes;
}

struct Child {
  pid_t process = -1;
  int pipe = -1;  // to read from
};

Child start(const std::function<std::string()>& work, const std::string& file) {
  // One at a time: no child may hold on to the end that another writes to.
  static std::mutex starting;
  const std::lock_guard lock(starting);
  int ends[2];
  require(pipe2(ends, O_CLOEXEC) == 0, ErrorKind::io,
          file + ": cannot be read in a process of its own: " + std::strerror(errno));
  const pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    be_child(ends[1], work);
  }
  close(ends[1]);
  if (process < 0) close(ends[0]);
  require(process > 0, ErrorKind::try_again,
          file + ": cannot be read in a process of its own: " + std::strerror(errno));
  return {process, ends[0]};
}

}  // namespace

std::string run_apart(const std::function<std::string()>& work, const std::string& file) {
  const Child child = start(work, file);
  const std::string answer = read_all(child.pipe, child.process);
  close(child.pipe);
  int status = 0;
  while (waitpid(child.process, &status, 0) < 0 && errno == EINTR) continue;
  const bool ended = WIFEXITED(status) && WEXITSTATUS(status) == 0 && !answer.empty();
  require(ended, ErrorKind::bad_data,
          file + ": expected a file its reader can read, found one that crashes it");
  const std::string text = answer.substr(1);
  require(answer[0] == kDone, ErrorKind::bad_data,
          text.starts_with(file) ? text : file + ": " + text);
  return text;
}

}  // namespace wrist
