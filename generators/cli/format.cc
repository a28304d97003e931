// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdio>

#include "generators/cli/commands.h"

namespace wrist::cli {
namespace {

volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int signal) { stop_requested = signal; }

template <typename... Values>
std::string format(const char* pattern, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

}  // namespace

bool interrupted() {
  static const bool kInstalled = [] {
    std::signal(SIGINT, request_stop);
    std::signal(SIGTERM, request_stop);
    return true;
  }();
  return kInstalled && stop_requested != 0;
}

bool terminated() { return stop_requested == SIGTERM; }

std::string format_bytes(double bytes) {
  const char* unit = "B";
  for (const char* larger : {"kB", "MB", "GB", "TB"}) {
    if (bytes < 1000) break;
    bytes /= 1000;
    unit = larger;
  }
  return format(bytes < 10 ? "%.1f %s" : "%.0f %s", bytes, unit);
}

std::string format_duration(double seconds) {
  if (seconds < 120) return format(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  if (seconds < 7200) return format("%.0f min", seconds / 60);
  return format("%.1f h", seconds / 3600);
}

}  // namespace wrist::cli
