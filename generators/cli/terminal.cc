// SPDX-License-Identifier: Apache-2.0
#include "generators/cli/terminal.h"

#include <langinfo.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstring>
#include <limits>

namespace wrist::cli {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool utf8() {
  static const bool kUtf8 = [] {
    std::setlocale(LC_CTYPE, "");
    const bool found = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    std::setlocale(LC_CTYPE, "C");
    return found;
  }();
  return kUtf8;
}

// Columns a text takes: bytes that start a character.
std::size_t columns(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

// Calls use(k, values of the k-th of `count` equal stretches); NaN, which no sample is, left out.
template <typename Use>
void for_each_bucket(const Series& values, int count, const Use& use) {
  for (int k = 0; k < count; ++k) {
    const Index first = values.size() * k / count, last = values.size() * (k + 1) / count;
    Series part(last - first);
    Index kept = 0;
    for (Index i = first; i < last; ++i)
      if (!std::isnan(values[i])) part[kept++] = values[i];
    use(k, part.head(kept));
  }
}

std::string mark(double height) {
  constexpr const char* kBlocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (!std::isfinite(height)) return " ";
  const int step = std::clamp(static_cast<int>(height * 8), 0, 7);
  return utf8() ? kBlocks[step] : std::to_string(step);
}

}  // namespace

TextTable::TextTable(std::vector<std::string> head, std::vector<bool> right)
    : rows_{std::move(head)}, right_(std::move(right)) {}

void TextTable::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string TextTable::text(const std::string& indent) const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  std::string all;
  for (const auto& row : rows_) {
    std::string line = indent;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - columns(row[i]), ' ');
      line += (i > 0 ? "  " : "") + (right_[i] ? blanks + row[i] : row[i] + blanks);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    all += line + '\n';
  }
  return all;
}

std::string sparkline(const Series& values, int width, double lowest, double highest) {
  std::string line;
  const double span = std::max(highest - lowest, 1e-300);
  for_each_bucket(values, width, [&](int, const auto& part) {
    line += mark(part.size() == 0 ? kNone : (part.mean() - lowest) / span);
  });
  return line;
}

std::string bar(double share, int width) {
  const int filled = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * width));
  std::string text;
  for (int i = 0; i < filled; ++i) text += utf8() ? "█" : "#";
  return text;
}

Series bucket_peaks(const Series& values, int count) {
  Series peaks = Series::Constant(count, kNone);
  for_each_bucket(values, count, [&](int k, const auto& part) {
    if (part.size() > 0) peaks[k] = part.maxCoeff();
  });
  return peaks;
}

}  // namespace wrist::cli
