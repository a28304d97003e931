// SPDX-License-Identifier: Apache-2.0
#include "generators/compare.h"

#include <map>
#include <nlohmann/json.hpp>

#include "generators/compare_shards.h"
#include "generators/dataset_read.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Shards of a folder and of the folders in it, by their path below it.
std::map<std::string, fs::path> shards_below(const fs::path& path) {
  if (!fs::is_directory(path)) return {{path.filename().string(), find_shards(path).front()}};
  std::map<std::string, fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (entry.path().extension() == ".h5")
      files[fs::relative(entry.path(), path).string()] = entry.path();
  if (files.empty()) find_shards(path);  // says that there is none
  return files;
}

void miss(Comparison& c, const std::string& file, const char* where) {
  c.differences.push_back({file, "", std::string("missing in ") + where, -1, -1, -1, "", ""});
}

}  // namespace

Comparison compare(const fs::path& a, const fs::path& b,
                   const std::optional<CompareTolerance>& tolerance) {
  const auto in_a = shards_below(a), in_b = shards_below(b);
  Comparison c;
  const auto pair = [&](const std::string& name, const fs::path& file_a, const fs::path& file_b) {
    ++c.files;
    compare_shards({name, file_a, file_b}, tolerance, c);
  };
  if (in_a.size() == 1 && in_b.size() == 1) {  // whatever they are called
    const fs::path& file = in_a.begin()->second;
    pair(file.filename().string(), file, in_b.begin()->second);
    return c;
  }
  for (const auto& [name, file] : in_a) {
    if (const auto other = in_b.find(name); other != in_b.end())
      pair(name, file, other->second);
    else
      miss(c, name, "B");
  }
  for (const auto& [name, file] : in_b)
    if (!in_a.contains(name)) miss(c, name, "A");
  return c;
}

std::string to_text(const Difference& d) {
  std::string text = d.file;
  if (!d.dataset.empty()) text += ": " + d.dataset;
  std::string where;
  const auto add = [&where](const char* name, std::int64_t value) {
    if (value >= 0) where += (where.empty() ? "" : ", ") + (name + std::to_string(value));
  };
  add("recording ", d.recording);
  add(d.recording >= 0 ? "sample " : "row ", d.sample);
  add("column ", d.column);
  if (!where.empty()) text += ": " + where;
  text += ": " + d.what;
  return d.a.empty() && d.b.empty() ? text : text + ": " + d.a + " and " + d.b;
}

std::string to_json(const Comparison& c) {
  json differences = json::array(), datasets = json::array();
  for (const Difference& d : c.differences) {
    json one{{"file", d.file}, {"dataset", d.dataset}, {"what", d.what}, {"a", d.a}, {"b", d.b}};
    if (d.recording >= 0) one["recording"] = d.recording;
    if (d.sample >= 0) one["sample"] = d.sample;
    if (d.column >= 0) one["column"] = d.column;
    differences.push_back(one);
  }
  for (const DatasetSummary& s : c.datasets)
    datasets.push_back({{"dataset", s.dataset},
                        {"values", s.values},
                        {"different", s.different},
                        {"largest", s.largest},
                        {"equal", s.equal}});
  return json{{"equal", c.differences.empty()},
              {"files", c.files},
              {"recordings", c.recordings},
              {"differences", differences},
              {"datasets", datasets}}
      .dump(2);
}

}  // namespace wrist
