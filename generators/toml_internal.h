// SPDX-License-Identifier: Apache-2.0
/// Strict reading of TOML: every key is asked for by name, type and dimension, and whatever was not
/// asked for is an error with a suggestion.
///
/// Errors are Error(usage): "FILE:LINE: KEY: expected ..., found ...".
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <toml++/toml.h>
#include <vector>

#include "sim/base/units.h"

namespace wrist {

/// Parses a file. Guards against what the parser does not: size, absurd nesting, unreadable files.
toml::table parse_toml_file(const std::filesystem::path& file);

/// Replaces `key` (dotted) in `table` by `value`, read as TOML if it is TOML, else as a string.
/// Throws Error(usage) if a part of the path is not a table.
void override_toml(toml::table& table, const std::string& assignment);

/// A table being read. Copies share the record of what was asked for.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string file, std::string path = "");

  bool has(const std::string& key) const;
  double number(const std::string& key) const;
  double number(const std::string& key, double fallback) const;
  std::int64_t integer(const std::string& key, std::int64_t lowest, std::int64_t highest) const;
  std::int64_t integer_or(const std::string& key, std::int64_t fallback, std::int64_t lowest,
                          std::int64_t highest) const;
  bool boolean(const std::string& key, bool fallback) const;
  std::string string(const std::string& key) const;
  std::string string(const std::string& key, const std::string& fallback) const;
  /// A string "160 ug/rtHz", or a plain number in SI for ratios.
  double quantity(const std::string& key, Dimension dimension) const;
  double quantity(const std::string& key, Dimension dimension, double fallback) const;
  /// One string or a list of them, not empty.
  std::vector<std::string> strings(const std::string& key) const;
  std::vector<double> numbers(const std::string& key) const;
  std::vector<double> quantities(const std::string& key, Dimension dimension, std::size_t count) const;
  /// How many items a list has, not none; the `at`-th of them, a quantity or a plain number.
  std::size_t length(const std::string& key) const;
  double quantity_at(const std::string& key, std::size_t at, Dimension dimension) const;
  /// A list of rows of `columns` quantities each, not empty.
  std::vector<std::vector<double>> quantity_rows(const std::string& key, Dimension dimension,
                                                 std::size_t columns) const;
  /// One value, or [lowest, highest]; fallback if absent.
  std::array<double, 2> range(const std::string& key, Dimension dimension,
                              std::array<double, 2> fallback) const;
  TomlTable table(const std::string& key) const;
  std::vector<TomlTable> tables(const std::string& key) const;
  /// Every key of this table, sorted.
  std::vector<std::string> keys() const;
  /// The raw node, marked as read.
  const toml::node& node(const std::string& key) const;

  /// Throws if a key was never asked for, here or in a table below.
  void finish() const;
  [[noreturn]] void fail(const std::string& key, const std::string& expected) const;

 private:
  const toml::node* find(const std::string& key) const;
  double to_quantity(const std::string& key, const toml::node& node, Dimension dimension) const;
  std::string where(const toml::node* node) const;

  const toml::table* table_;
  std::string file_, path_;
  std::shared_ptr<std::set<std::string>> known_;
  std::shared_ptr<std::vector<TomlTable>> children_;
};

/// The word of `words` closest to `word`, if it is close; for "did you mean".
std::optional<std::string> closest(const std::string& word, const std::vector<std::string>& words);

}  // namespace wrist
