// SPDX-License-Identifier: Apache-2.0
/// Tables and sparklines for a terminal.
#pragma once

#include <string>
#include <vector>

#include "sim/base/series.h"

namespace wrist::cli {

/// Rows of text in aligned columns, two blanks apart. The first row is the head.
class TextTable {
 public:
  /// `right`: which columns stand on the right, such as numbers.
  TextTable(std::vector<std::string> head, std::vector<bool> right);
  void add(std::vector<std::string> row);
  /// Every line starts with `indent`.
  std::string text(const std::string& indent) const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<bool> right_;
};

/// `width` marks of eight heights, low to high from `lowest` to `highest`; each stands for the mean
/// of its share of the values. Missing values (NaN) are blanks. Block elements where the terminal
/// takes UTF-8, else digits.
std::string sparkline(const Series& values, int width, double lowest, double highest);

/// A bar of `share` (0 to 1) of `width` columns.
std::string bar(double share, int width);

/// The greatest value of each of `count` equal stretches; NaN for one without values.
Series bucket_peaks(const Series& values, int count);

}  // namespace wrist::cli
