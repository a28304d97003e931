// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "generators/evaluation/answers.h"
#include "generators/report/csv_reader.h"
#include "generators/sha256.h"
#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using report::bad_file;
using report::CsvReader;

// A table whose columns are found by name; further columns are somebody else's.
class Table {
 public:
  Table(const fs::path& file, const std::vector<std::string>& expected)
      : file_(file), reader_(file) {
    const std::vector<std::string>& header = reader_.header();
    for (std::size_t i = 0; i < header.size(); ++i) columns_[header[i]] = i;
    for (const std::string& name : expected)
      if (!columns_.contains(name))
        bad_file(file, "expected a column \"" + name + "\"" + hint(closest(name, header)));
  }
  bool next() { return reader_.next(); }
  const std::string& text(const std::string& column) const {
    return reader_.text(columns_.at(column));
  }
  // A column that is not there is empty.
  std::string text_or_empty(const std::string& column) const {
    return columns_.contains(column) ? text(column) : "";
  }
  double number(const std::string& column) const { return reader_.number(columns_.at(column)); }
  // An empty cell, or a column that is not there, is zero.
  int integer(const std::string& column) const {
    if (!columns_.contains(column) || text(column).empty()) return 0;
    const double value = number(column);
    if (!(std::abs(value) < 1e9) || value != std::round(value))
      fail("column \"" + column + "\": expected a whole number, found \"" + text(column) + "\"");
    return static_cast<int>(value);
  }
  [[noreturn]] void fail(const std::string& reason) const {
    bad_file(file_, "line " + std::to_string(reader_.line()) + ": " + reason);
  }
  static std::string hint(const std::optional<std::string>& word) {
    return word ? "; did you mean \"" + *word + "\"?" : "";
  }

 private:
  fs::path file_;
  CsvReader reader_;
  std::map<std::string, std::size_t> columns_;
};

struct ClassIds {
  std::vector<std::string> names;
  std::map<std::string, int> ids;
};

int class_id(const Table& table, const ClassIds& classes) {
  const std::string& name = table.text("label");
  const auto found = classes.ids.find(name);
  if (found == classes.ids.end())
    table.fail("label \"" + name + "\" is no class of answers.json" +
               Table::hint(closest(name, classes.names)));
  return found->second;
}

int corruption_id(const std::string& name, std::vector<std::string>& corruptions) {
  if (name.empty()) return -1;
  const auto found = std::find(corruptions.begin(), corruptions.end(), name);
  const auto id = static_cast<int>(found - corruptions.begin());
  if (found == corruptions.end()) corruptions.push_back(name);
  return id;
}

AnswerWindow read_window(const Table& t, const ClassIds& classes, Answers& a) {
  AnswerWindow w{t.text("window"),     t.text("recording"),
                 t.number("start_s"),  class_id(t, classes),
                 t.text("subject"),    t.text("device"),
                 t.text("strap"),      corruption_id(t.text("corruption"), a.corruptions),
                 t.integer("severity")};
  w.fold = t.integer("fold");
  w.shots = t.integer("shots");
  w.episode = t.integer("episode");
  w.context = t.text_or_empty("context");
  const std::string split = is_unseen(a, w) ? "unseen" : "seen";
  if (t.text("split") != split)
    t.fail("class \"" + t.text("label") + "\" is " + split + " in fold " + std::to_string(w.fold) +
           " by answers.json, found split \"" + t.text("split") + "\"");
  return w;
}

void read_windows(const fs::path& file, const ClassIds& classes, Answers& a) {
  Table table(file, {"window", "recording", "start_s", "label", "split", "subject", "device",
                     "strap", "corruption", "severity", "twin", "fold"});
  std::vector<std::string> twins;
  std::unordered_map<std::string, std::int64_t> rows;
  while (table.next()) {
    rows.emplace(table.text("window"), std::ssize(a.windows));
    a.windows.push_back(read_window(table, classes, a));
    twins.push_back(table.text("twin"));
  }
  for (std::size_t i = 0; i < twins.size(); ++i) {
    if (twins[i].empty()) continue;
    const auto found = rows.find(twins[i]);
    if (found == rows.end())
      bad_file(file, "window \"" + a.windows[i].id + "\": its twin \"" + twins[i] +
                         "\" is no window of the set");
    a.windows[i].twin = found->second;
  }
}

void read_events(const fs::path& file, const ClassIds& classes, Answers& a) {
  Table table(file, {"recording", "start_s", "end_s", "label"});
  while (table.next())
    a.events.push_back({table.text("recording"), table.number("start_s"), table.number("end_s"),
                        class_id(table, classes)});
}

// The table that an entry of answers.json names: it must be the one it was made with.
fs::path checked_file(const fs::path& folder, const json& entry) {
  const std::string name = entry.at("file");
  const fs::path file = folder / fs::path(name).filename();
  require(fs::is_regular_file(file), ErrorKind::io,
          file.string() + ": missing, answers.json lists it");
  if (file_sha256(file) != entry.at("sha256").get<std::string>())
    bad_file(file, "its SHA-256 is not that of answers.json");
  return file;
}

void expect_rows(const fs::path& file, const json& entry, std::size_t found) {
  const std::size_t says = entry.at("rows");
  if (found != says)
    bad_file(file, "expected " + std::to_string(says) + " rows, as answers.json says, found " +
                       std::to_string(found));
}

Answers read_header(const json& all) {
  const int version = all.at("schema_version");
  require(version == 1, ErrorKind::bad_data,
          "answers.json: expected schema_version 1, found " + std::to_string(version));
  Answers a;
  a.set_id = all.at("set_id");
  a.title = all.at("title");
  a.window_s = all.at("window_s");
  a.null_hours = all.at("null_hours");
  for (const json& c : all.at("classes"))
    a.classes.push_back({c.at("name"), c.value("null", false),
                         c.value("unseen_in", std::vector<int>()), c.value("event", true),
                         c.value("far_in", std::vector<int>())});
  for (const json& attribute : all.value("attributes", json::array()))
    a.attributes.push_back({attribute.at("name"), attribute.at("classes")});
  return a;
}

Answers read_all(const fs::path& folder, const json& all) {
  Answers a = read_header(all);
  ClassIds classes{class_names(a), {}};
  for (const std::string& name : classes.names)
    classes.ids.emplace(name, static_cast<int>(classes.ids.size()));
  const fs::path windows = checked_file(folder, all.at("windows"));
  read_windows(windows, classes, a);
  expect_rows(windows, all.at("windows"), a.windows.size());
  const fs::path events = checked_file(folder, all.at("events"));
  read_events(events, classes, a);
  expect_rows(events, all.at("events"), a.events.size());
  return a;
}

}  // namespace

Answers read_answers(const fs::path& folder) {
  const fs::path file = folder / "answers.json";
  std::ifstream in(file);
  require(in.good(), ErrorKind::io,
          file.string() + ": cannot be read; expected the answers of an evaluation set");
  const json all = json::parse(in, nullptr, false);
  if (!all.is_object()) bad_file(file, "expected a JSON object");
  try {
    Answers a = read_all(folder, all);
    check_answers(a, folder.string());
    return a;
  } catch (const json::exception& error) {
    bad_file(file, std::string("not as its schema says: ") + error.what());
  }
}

}  // namespace wrist::evaluation
