// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/stress_spec.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

StressSeverity read_severity(const TomlTable& t) {
  StressSeverity severity{t.string("says"), t.strings("set")};
  for (const std::string& assignment : severity.set)
    if (const auto equals = assignment.find('='); equals == std::string::npos || equals == 0)
      t.fail("set", "overrides KEY=VALUE of a recipe (\"" + assignment + "\" is none)");
  return severity;
}

StressSpec read_spec(const fs::path& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  StressSpec spec;
  spec.name = t.string("name");
  if (spec.name != file.stem().string() || spec.name == "clean")
    t.fail("name", "the name of the file, which is not clean");
  spec.title = t.string("title");
  spec.source = t.string("source");
  spec.context = t.string("context", "");
  const bool alone = !spec.context.empty();
  if (alone && t.has("touches")) t.fail("touches", "no such key beside context: there is no twin");
  if (!alone) spec.touches = t.strings("touches");
  for (const TomlTable& one : t.tables("severity")) spec.severities.push_back(read_severity(one));
  const std::size_t most = alone ? 1 : kMostSeverities;
  if (spec.severities.empty() || spec.severities.size() > most)
    t.fail("severity", alone ? "one, for a context has no severities" : "1 to 5 severities");
  t.finish();
  return spec;
}

void check_names(const std::vector<StressSpec>& specs, const std::vector<std::string>& wanted) {
  std::vector<std::string> names;
  std::string list;
  for (const StressSpec& spec : specs) {
    names.push_back(spec.name);
    list += (list.empty() ? "" : ", ") + spec.name;
  }
  for (const std::string& name : wanted) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto hint = closest(name, names);
    throw Error(ErrorKind::usage,
                "unknown corruption \"" + name + "\"" +
                    (hint ? "; did you mean " + *hint + "?" : "; known: " + list));
  }
}

template <typename T>
bool chosen(const std::vector<T>& wanted, const T& one) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

void add_parts(std::vector<StressPart>& parts, const StressSpec& spec,
               const std::vector<int>& severities) {
  if (!spec.context.empty()) {
    const StressSeverity& only = spec.severities.front();
    parts.push_back({spec.name, only.set, spec.context, "", only.says, 0});
    return;
  }
  for (int k = 1; k <= static_cast<int>(spec.severities.size()); ++k) {
    if (!chosen(severities, k)) continue;
    const StressSeverity& s = spec.severities[static_cast<std::size_t>(k - 1)];
    parts.push_back({spec.name + "-" + std::to_string(k), s.set, "", spec.name, s.says, k});
  }
}

void compare(const json& a, const json& b, const std::string& at, std::vector<std::string>& out) {
  if (a == b) return;
  if (!(a.is_object() || a.is_null()) || !(b.is_object() || b.is_null())) {
    out.push_back(at);
    return;
  }
  std::set<std::string> keys;
  for (const json* side : {&a, &b})
    if (side->is_object())
      for (const auto& [key, value] : side->items()) keys.insert(key);
  const auto value = [](const json& side, const std::string& key) {
    return side.is_object() && side.contains(key) ? side.at(key) : json();
  };
  for (const std::string& key : keys)
    compare(value(a, key), value(b, key), at.empty() ? key : at + "." + key, out);
}

}  // namespace

std::vector<StressSpec> read_stress_specs(const fs::path& folder) {
  require(fs::is_directory(folder), ErrorKind::io,
          folder.string() + ": expected a folder of corruptions, found none");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<StressSpec> specs;
  for (const fs::path& file : files) specs.push_back(read_spec(file));
  return specs;
}

std::vector<StressPart> stress_parts(const std::vector<StressSpec>& specs,
                                     const StressChoice& choice) {
  check_names(specs, choice.names);
  for (const int severity : choice.severities)
    require(severity >= 1 && severity <= static_cast<int>(kMostSeverities), ErrorKind::usage,
            "severity: expected 1 to 5, found " + std::to_string(severity));
  std::vector<StressPart> parts = {{"clean", {}, "", "", "", 0}};
  for (const StressSpec& spec : specs)
    if (chosen(choice.names, spec.name)) add_parts(parts, spec, choice.severities);
  return parts;
}

std::vector<std::string> differences(const std::string& one, const std::string& other) {
  std::vector<std::string> names;
  compare(json::parse(one), json::parse(other), "", names);
  return names;
}

}  // namespace wrist::evaluation
