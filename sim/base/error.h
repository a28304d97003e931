// SPDX-License-Identifier: Apache-2.0
/// The one exception type of wristsim: what went wrong, and whose fault it is.
///
///   library throws Error -> the job that runs it catches once -> exit code
#pragma once

#include <stdexcept>
#include <string>

namespace wrist {

/// Each kind is one exit code of the command line.
enum class ErrorKind {
  check_failed = 1,  // a check the user asked for did not hold
  usage = 2,         // bad recipe, bad flag, bad asset
  bad_data = 65,     // bad input data, such as a malformed clip
  internal = 70,     // a bug of ours
  io = 74,           // reading or writing failed
  try_again = 75,    // may work later
  interrupted = 130  // stopped by the user
};

/// The text says file, key or line; what was expected; and what was found.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// Throws Error(kind, text) unless `condition` holds.
inline void require(bool condition, ErrorKind kind, const std::string& text) {
  if (!condition) throw Error(kind, text);
}

}  // namespace wrist
