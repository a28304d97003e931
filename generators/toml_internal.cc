// SPDX-License-Identifier: Apache-2.0
#include "generators/toml_internal.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include "sim/base/error.h"

namespace wrist {
namespace {

// Stands for a file in messages about what --set gave.
constexpr const char* kOverrideSource = "--set";

// The parser's own recursion overflows the stack on keys of tens of thousands of parts.
constexpr std::size_t kMaxFile = 16 << 20, kMaxLine = 100'000, kMaxDots = 64;

void check_text(const std::string& text, const std::string& file) {
  require(text.size() <= kMaxFile, ErrorKind::usage, file + ": expected at most 16 MiB of TOML");
  std::size_t line_number = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    ++line_number;
    const std::string key = line.substr(0, line.find('='));
    require(line.size() <= kMaxLine &&
                static_cast<std::size_t>(std::count(key.begin(), key.end(), '.')) <= kMaxDots,
            ErrorKind::usage,
            file + ":" + std::to_string(line_number) + ": expected a shorter line or key");
  }
}

std::string describe(const toml::node& node) {
  std::ostringstream text;
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  node.visit([&text](const auto& value) {
    if constexpr (toml::is_value<decltype(value)>) text << value;
  });
  const std::string kind = node.is_string()    ? "the string "
                           : node.is_boolean() ? "the boolean "
                                               : "";
  return kind + text.str();
}

toml::table parse(const std::string& text, const std::string& name) {
  try {
    return toml::parse(std::string_view{text}, std::string_view{name});
  } catch (const toml::parse_error& error) {
    throw Error(ErrorKind::usage, name + ":" + std::to_string(error.source().begin.line) + ": " +
                                      std::string(error.description()));
  }
}

}  // namespace

toml::table parse_toml_file(const std::filesystem::path& file) {
  std::error_code status;
  require(!std::filesystem::is_directory(file, status), ErrorKind::usage,
          file.string() + ": expected a TOML file, found a folder");
  std::ifstream in(file, std::ios::binary);
  require(in.good(), ErrorKind::usage, file.string() + ": cannot be read: " + std::strerror(errno));
  std::ostringstream buffer;
  buffer << in.rdbuf();
  check_text(buffer.str(), file.string());
  return parse(buffer.str(), file.string());
}

void override_toml(toml::table& table, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  require(equals != std::string::npos && equals > 0, ErrorKind::usage,
          "--set " + assignment + ": expected KEY=VALUE");
  const std::string path = assignment.substr(0, equals), text = assignment.substr(equals + 1);
  toml::table* at = &table;
  std::istringstream parts(path);
  std::vector<std::string> keys;
  for (std::string part; std::getline(parts, part, '.');) keys.push_back(part);
  for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
    if (!at->contains(keys[i])) at->insert(keys[i], toml::table{});
    at = at->get(keys[i])->as_table();
    require(at != nullptr, ErrorKind::usage,
            "--set " + assignment + ": " + keys[i] + " is not a table");
  }
  try {
    toml::table value = toml::parse(std::string_view{"value = " + text}, std::string_view{kOverrideSource});
    at->insert_or_assign(keys.back(), std::move(*value.get("value")));
  } catch (const toml::parse_error&) {
    at->insert_or_assign(keys.back(), text);
  }
}

TomlTable::TomlTable(const toml::table& table, std::string file, std::string path)
    : table_(&table),
      file_(std::move(file)),
      path_(std::move(path)),
      known_(std::make_shared<std::set<std::string>>()),
      children_(std::make_shared<std::vector<TomlTable>>()) {}

const toml::node* TomlTable::find(const std::string& key) const {
  known_->insert(key);
  return table_->get(key);
}

// A table may be put together from several files: each node knows its own.
std::string TomlTable::where(const toml::node* node) const {
  const toml::source_region& source = node ? node->source() : table_->source();
  const std::string& file = source.path ? *source.path : file_;
  return source.begin.line > 0 && file != kOverrideSource
             ? file + ":" + std::to_string(source.begin.line)
             : file;
}

void TomlTable::fail(const std::string& key, const std::string& expected) const {
  const toml::node* node = table_->get(key);
  throw Error(ErrorKind::usage, where(node) + ": " + path_ + key + ": expected " + expected +
                                    ", found " + (node ? describe(*node) : "nothing"));
}

const toml::node& TomlTable::node(const std::string& key) const {
  const toml::node* node = find(key);
  if (!node) fail(key, "a value");
  return *node;
}

bool TomlTable::has(const std::string& key) const { return find(key) != nullptr; }

double TomlTable::number(const std::string& key) const {
  const toml::node* node = find(key);
  if (!node || !node->is_number()) fail(key, "a number");
  const double value = *node->value<double>();
  if (!std::isfinite(value)) fail(key, "a finite number");
  return value;
}

double TomlTable::number(const std::string& key, double fallback) const {
  return has(key) ? number(key) : fallback;
}

std::int64_t TomlTable::integer(const std::string& key, std::int64_t lowest,
                                std::int64_t highest) const {
  const toml::node* node = find(key);
  const std::string expected =
      "an integer from " + std::to_string(lowest) + " to " + std::to_string(highest);
  if (!node || !node->is_integer()) fail(key, expected);
  const std::int64_t value = *node->value<std::int64_t>();
  if (value < lowest || value > highest) fail(key, expected);
  return value;
}

std::int64_t TomlTable::integer_or(const std::string& key, std::int64_t fallback,
                                   std::int64_t lowest, std::int64_t highest) const {
  return has(key) ? integer(key, lowest, highest) : fallback;
}

bool TomlTable::boolean(const std::string& key, bool fallback) const {
  const toml::node* node = find(key);
  if (!node) return fallback;
  if (!node->is_boolean()) fail(key, "true or false");
  return *node->value<bool>();
}

std::string TomlTable::string(const std::string& key) const {
  const toml::node* node = find(key);
  if (!node || !node->is_string()) fail(key, "a string");
  return *node->value<std::string>();
}

std::string TomlTable::string(const std::string& key, const std::string& fallback) const {
  return has(key) ? string(key) : fallback;
}

double TomlTable::to_quantity(const std::string& key, const toml::node& node,
                              Dimension dimension) const {
  if (node.is_number() && dimension == Dimension::ratio && std::isfinite(*node.value<double>()))
    return *node.value<double>();
  if (!node.is_string()) fail(key, "a quantity such as \"3 " + si_unit(dimension) + "\"");
  try {
    return parse_quantity(*node.value<std::string>(), dimension);
  } catch (const Error& error) {
    throw Error(ErrorKind::usage, where(&node) + ": " + path_ + key + ": " + error.what());
  }
}

double TomlTable::quantity(const std::string& key, Dimension dimension) const {
  const toml::node* node = find(key);
  if (!node) fail(key, "a quantity such as \"3 " + si_unit(dimension) + "\"");
  return to_quantity(key, *node, dimension);
}

double TomlTable::quantity(const std::string& key, Dimension dimension, double fallback) const {
  return has(key) ? quantity(key, dimension) : fallback;
}

std::vector<std::string> TomlTable::strings(const std::string& key) const {
  const toml::node* node = find(key);
  if (node && node->is_string()) return {*node->value<std::string>()};
  if (!node || !node->is_array() || node->as_array()->empty()) fail(key, "a list of strings");
  std::vector<std::string> list;
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_string()) fail(key, "a list of strings");
    list.push_back(*item.value<std::string>());
  }
  return list;
}

std::vector<double> TomlTable::numbers(const std::string& key) const {
  const toml::node* node = find(key);
  if (!node || !node->is_array()) fail(key, "a list of numbers");
  std::vector<double> list;
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_number() || !std::isfinite(*item.value<double>()))
      fail(key, "a list of finite numbers");
    list.push_back(*item.value<double>());
  }
  return list;
}

std::vector<double> TomlTable::quantities(const std::string& key, Dimension dimension,
                                          std::size_t count) const {
  const toml::node* node = find(key);
  const std::string expected = "a list of " + std::to_string(count) + " quantities";
  if (!node || !node->is_array() || node->as_array()->size() != count) fail(key, expected);
  std::vector<double> list;
  for (const toml::node& item : *node->as_array())
    list.push_back(to_quantity(key, item, dimension));
  return list;
}

std::size_t TomlTable::length(const std::string& key) const {
  const toml::node* node = find(key);
  if (!node || !node->is_array() || node->as_array()->empty()) fail(key, "a list");
  return node->as_array()->size();
}

double TomlTable::quantity_at(const std::string& key, std::size_t at, Dimension dimension) const {
  if (at >= length(key)) fail(key, "a list of more items");
  return to_quantity(key, *node(key).as_array()->get(at), dimension);
}

std::vector<std::vector<double>> TomlTable::quantity_rows(const std::string& key,
                                                          Dimension dimension,
                                                          std::size_t columns) const {
  const toml::node* node = find(key);
  const std::string expected = "a list of rows of " + std::to_string(columns) + " quantities";
  if (!node || !node->is_array() || node->as_array()->empty()) fail(key, expected);
  std::vector<std::vector<double>> rows;
  for (const toml::node& row : *node->as_array()) {
    if (!row.is_array() || row.as_array()->size() != columns) fail(key, expected);
    std::vector<double>& values = rows.emplace_back();
    for (const toml::node& item : *row.as_array())
      values.push_back(to_quantity(key, item, dimension));
  }
  return rows;
}

std::array<double, 2> TomlTable::range(const std::string& key, Dimension dimension,
                                       std::array<double, 2> fallback) const {
  const toml::node* node = find(key);
  if (!node) return fallback;
  if (!node->is_array()) {
    const double value = to_quantity(key, *node, dimension);
    return {value, value};
  }
  if (node->as_array()->size() != 2) fail(key, "one value or [lowest, highest]");
  const std::vector<double> ends = quantities(key, dimension, 2);
  if (ends[0] > ends[1]) fail(key, "[lowest, highest] in this order");
  return {ends[0], ends[1]};
}

TomlTable TomlTable::table(const std::string& key) const {
  static const toml::table kEmpty;
  const toml::node* node = find(key);
  if (node && !node->is_table()) fail(key, "a table");
  children_->emplace_back(node ? *node->as_table() : kEmpty, file_, path_ + key + ".");
  return children_->back();
}

std::vector<TomlTable> TomlTable::tables(const std::string& key) const {
  const toml::node* node = find(key);
  if (!node || !node->is_array()) fail(key, "a list of tables");
  std::vector<TomlTable> list;
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_table()) fail(key, "a list of tables");
    children_->emplace_back(*item.as_table(), file_, path_ + key + ".");
    list.push_back(children_->back());
  }
  return list;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> names;
  for (const auto& [key, node] : *table_) names.emplace_back(key.str());
  return names;
}

void TomlTable::finish() const {
  for (const auto& [key, node] : *table_) {
    const std::string name(key.str());
    if (known_->count(name)) continue;
    const auto hint = closest(name, {known_->begin(), known_->end()});
    std::string list;
    for (const std::string& word : *known_) list += (list.empty() ? "" : ", ") + word;
    throw Error(ErrorKind::usage,
                where(&node) + ": unknown key " + path_ + name +
                    (hint ? "; did you mean " + path_ + *hint + "?" : "; known here: " + list));
  }
  for (const TomlTable& child : *children_) child.finish();
}

namespace {

// Edits that make `b` of `a`: letters added, left out, replaced, or two neighbours exchanged
// (Damerau 1964).
std::size_t edits(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d.back().back();
}

}  // namespace

std::optional<std::string> closest(const std::string& word, const std::vector<std::string>& words) {
  std::optional<std::string> best;
  std::size_t fewest = word.size() / 3 + 2;
  for (const std::string& candidate : words)
    if (const std::size_t count = edits(word, candidate); count < fewest)
      fewest = count, best = candidate;
  return best;
}

}  // namespace wrist
