// SPDX-License-Identifier: Apache-2.0
#include "generators/fixture.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/dataset_commit.h"
#include "generators/export/events_json.h"
#include "generators/export/export.h"
#include "generators/flag_masks.h"
#include "generators/golden.h"
#include "generators/run.h"
#include "generators/sha256.h"
#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Lies beside the recipes, see compare_tolerance.h.
constexpr const char* kTolerance = "tolerance";

FixtureInfo find_fixture(const Assets& assets, const std::string& name) {
  std::vector<std::string> names;
  for (const FixtureInfo& info : list_fixtures(assets)) {
    if (info.name == name) return info;
    names.push_back(info.name);
  }
  const auto hint = closest(name, names);
  std::string text = "there is no fixture \"" + name + "\"";
  text += hint ? "; did you mean " + *hint + "?" : "; there are";
  if (!hint)
    for (const std::string& other : names) text += " " + other;
  throw Error(ErrorKind::usage, text);
}

std::vector<std::string> overrides_of(const FixtureOptions& o) {
  std::vector<std::string> all = o.overrides;
  if (o.seed) all.push_back("seed=" + std::to_string(*o.seed));
  return all;
}

// For a shell, which takes everything between two quotes as it is.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

std::string remake_command(const std::string& name, const FixtureOptions& o) {
  std::string text = "wristsim fixture " + name + " --out DIR";
  if (o.seed) text += " --seed " + std::to_string(*o.seed);
  for (const std::string& assignment : o.overrides) text += " --set " + quoted(assignment);
  return text;
}

// An older shard of the same recipe, maybe by another version, is made anew; another recipe's is
// left for run() to refuse.
bool may_replace(const fs::path& shard, const Recipe& recipe, bool force) {
  return force ||
         (fs::exists(shard) && inspect_shard(shard).recipe_sha256 == recipe_sha256(recipe));
}

fs::path make_shard(const Recipe& recipe, const Assets& assets, const FixtureOptions& o) {
  const fs::path file = o.out / shard_name(0, 1);
  const RunReport report =
      run(recipe, assets, {o.out, o.jobs, may_replace(file, recipe, o.force), {}, o.stop});
  require_all_made(report, o.out.string());
  fs::remove(o.out / "run-report.json");  // the manifest says all of it
  return file;
}

std::map<std::string, std::int64_t> count_flags(const Shard& shard) {
  std::map<std::string, std::int64_t> counts;
  if (!shard.has("/imu/flags")) return counts;
  const Attributes attributes = shard.attributes("/imu/flags");
  const Bytes flags = shard.bytes("/imu/flags", 0, shard.shape("/imu/flags").rows);
  std::istringstream names(attribute<std::string>(attributes, "flag_meanings"));
  for (std::string name; names >> name;) {
    const auto mask = static_cast<std::byte>(flag_mask(attributes, name));
    counts[name] = std::count_if(flags.begin(), flags.end(),
                                 [mask](std::byte b) { return (b & mask) != std::byte{}; });
  }
  return counts;
}

// Whole gestures and activities, not their phases.
std::map<std::string, std::int64_t> count_events(const ShardTables& t) {
  std::map<std::string, std::int64_t> counts;
  for (const ClassInfo& info : t.classes) counts[info.name] = 0;
  for (const ShardTables::EventRow& e : t.events) {
    if (e.class_id < 0 || e.source < 0) continue;
    const auto known = counts.find(t.event_names[static_cast<std::size_t>(e.class_id)]);
    const bool performed = t.event_sources[static_cast<std::size_t>(e.source)] == "motion";
    if (known != counts.end() && performed) ++known->second;
  }
  return counts;
}

Fixture::Expected count_expected(const Shard& shard) {
  Fixture::Expected e;
  e.recordings = std::ssize(shard.tables().sequences);
  for (const std::string group : {"imu", "optical", "magnetometer"})
    if (shard.has("/" + group)) e.samples[group] = shard.shape("/" + group + "/t").rows;
  e.events = count_events(shard.tables());
  e.flags = count_flags(shard);
  return e;
}

std::vector<Fixture::File> list_files(const fs::path& folder,
                                      const std::vector<std::string>& names) {
  std::vector<Fixture::File> files;
  for (const std::string& name : names)
    files.push_back({name, file_sha256(folder / name), fs::file_size(folder / name)});
  return files;
}

// What is easier to read than a shard; names of all files, the shard's too, from `folder`.
std::vector<std::string> write_beside(const Shard& shard, const fs::path& folder) {
  write_events_json(shard, folder);
  std::vector<std::string> names = {shard.file().filename().string(), "events.json"};
  const exports::ExportSpec logs{shard.file(), "sensorlog", folder / "sensorlog", {}, 0, true};
  for (const fs::path& file : exports::export_dataset(logs, [] { return false; }).files)
    names.push_back("sensorlog/" + file.filename().string());
  return names;
}

}  // namespace

std::vector<FixtureInfo> list_fixtures(const Assets& assets) {
  const fs::path folder = assets.folder / "fixtures";
  require(fs::is_directory(folder), ErrorKind::usage,
          folder.string() + ": there is no such folder");
  std::vector<FixtureInfo> all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& file = entry.path();
    if (file.extension() != ".toml" || file.stem() == kTolerance) continue;
    const toml::table parsed = parse_toml_file(file);
    all.push_back({file.stem().string(), TomlTable(parsed, file.string()).string("title"), file});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return all;
}

Fixture make_fixture(const Assets& assets, const std::string& name, const FixtureOptions& options) {
  const FixtureInfo info = find_fixture(assets, name);
  const Recipe recipe = read_recipe(info.recipe, overrides_of(options), assets);
  require(recipe.shards == 1, ErrorKind::usage,
          info.recipe.string() + ": shards: expected 1 for a fixture, found " +
              std::to_string(recipe.shards));
  const Shard shard(make_shard(recipe, assets, options));
  Fixture f;
  f.name = name;
  f.title = recipe.title;
  f.remake = remake_command(name, options);
  f.generator_version = version();
  f.generator_commit = commit();
  f.recipe_json = to_json(recipe);
  f.recipe_sha256 = recipe_sha256(recipe);
  f.content_sha256 = content_sha256(shard.file());
  f.counts_sha256 = golden(shard).sha256;
  f.seed = recipe.seed;
  f.files = list_files(options.out, write_beside(shard, options.out));
  f.expected = count_expected(shard);
  write_text_file(options.out / "manifest.json", to_json(f) + "\n");
  return f;
}

std::string to_json(const Fixture& f) {
  json files = json::array();
  for (const Fixture::File& file : f.files)
    files.push_back({{"name", file.name}, {"sha256", file.sha256}, {"bytes", file.bytes}});
  const Fixture::Expected& e = f.expected;
  return json{{"fixture", f.name},
              {"title", f.title},
              {"remake", f.remake},
              {"generator_version", f.generator_version},
              {"generator_commit", f.generator_commit},
              {"seed", f.seed},
              {"recipe", json::parse(f.recipe_json)},
              {"recipe_sha256", f.recipe_sha256},
              {"content_sha256", f.content_sha256},
              {"counts_sha256", f.counts_sha256},
              {"files", files},
              {"expected",
               {{"recordings", e.recordings},
                {"samples", e.samples},
                {"events", e.events},
                {"flags", e.flags}}}}
      .dump(2);
}

}  // namespace wrist
