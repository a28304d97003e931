// SPDX-License-Identifier: Apache-2.0
/// The words of a BVH text, one after the other, and the line each stands on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/error.h"

namespace wrist {

class BvhText {
 public:
  BvhText(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  /// The next word, empty at the end of the text. An opening or closing brace is a word of its own.
  std::string_view next();
  /// The next word on this line, empty at its end.
  std::string_view next_on_line();
  /// Goes to the next line that holds a word; false at the end of the text.
  bool next_line();
  /// The next word, which must be this one.
  void expect(std::string_view keyword);

  /// A word as a finite number with a decimal point.
  double number(std::string_view word) const;
  /// The next word as a whole number from 0 to `most`.
  std::uint64_t count(const std::string& expected, std::uint64_t most);

  std::size_t left() const { return text_.size() - at_; }  // bytes
  bool ends_in_blank() const;

  /// Throws Error(bad_data) "FILE:LINE: expected X, found Y", with Y the last word read.
  [[noreturn]] void fail(const std::string& expected, const std::string& hint = "") const;
  [[noreturn]] void fail_found(const std::string& expected, const std::string& found) const;

 private:
  void skip_blanks(bool over_lines);

  std::string_view text_;
  std::string file_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::string_view word_;
};

/// A word as an error shows it: quoted, cut to 40 characters, control characters replaced.
std::string quoted(std::string_view word);

}  // namespace wrist
