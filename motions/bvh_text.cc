// SPDX-License-Identifier: Apache-2.0
#include "motions/bvh_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace wrist {
namespace {

constexpr double kLargestValue = 1e30;  // readers hold values in float

bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool brace(char c) { return c == '{' || c == '}'; }

bool same_but_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string quoted(std::string_view word) {
  constexpr std::size_t kShown = 40;
  std::string shown(word.substr(0, kShown));
  for (char& c : shown)
    if (std::iscntrl(static_cast<unsigned char>(c))) c = '?';
  return '"' + shown + (word.size() > kShown ? "..." : "") + '"';
}

void BvhText::skip_blanks(bool over_lines) {
  while (at_ < text_.size() && blank(text_[at_])) {
    if (text_[at_] == '\n') {
      if (!over_lines) return;
      ++line_;
    }
    ++at_;
  }
}

std::string_view BvhText::next_on_line() {
  skip_blanks(false);
  const std::size_t begin = at_;
  if (at_ < text_.size() && brace(text_[at_])) {
    ++at_;
  } else {
    while (at_ < text_.size() && !blank(text_[at_])) ++at_;
  }
  return word_ = text_.substr(begin, at_ - begin);
}

std::string_view BvhText::next() {
  skip_blanks(true);
  return next_on_line();
}

bool BvhText::next_line() {
  skip_blanks(true);
  return at_ < text_.size();
}

void BvhText::expect(std::string_view keyword) {
  if (next() == keyword) return;
  const bool close = same_but_case(word_, keyword);
  fail(std::string(keyword), close ? " (BVH keywords are case-sensitive)" : "");
}

double BvhText::number(std::string_view word) const {
  const std::string_view digits = word.starts_with('+') ? word.substr(1) : word;
  double value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = end == digits.data() + digits.size() && !digits.empty();
  // from_chars calls a number too small for a double out of range, but it is as good as zero.
  const std::size_t exponent = word.find_first_of("eE");
  const bool vanishing = fault == std::errc::result_out_of_range && exponent != word.npos &&
                         word.substr(exponent + 1).starts_with('-');
  const bool sound = whole && (fault == std::errc{} || vanishing) && std::isfinite(value);
  if (!sound || std::abs(value) >= kLargestValue)
    fail("a finite number", word.find(',') != word.npos ? " (decimals need a point)" : "");
  return value;
}

std::uint64_t BvhText::count(const std::string& expected, std::uint64_t most) {
  const std::string_view word = next();
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (fault != std::errc{} || end != word.data() + word.size() || value > most) fail(expected);
  return value;
}

bool BvhText::ends_in_blank() const { return text_.empty() || blank(text_.back()); }

void BvhText::fail(const std::string& expected, const std::string& hint) const {
  const bool line_end = at_ < text_.size();
  fail_found(expected, (!word_.empty() ? quoted(word_)
                        : line_end     ? "the end of the line"
                                       : "the end of the file") +
                           hint);
}

void BvhText::fail_found(const std::string& expected, const std::string& found) const {
  throw Error(ErrorKind::bad_data,
              file_ + ":" + std::to_string(line_) + ": expected " + expected + ", found " + found);
}

}  // namespace wrist
