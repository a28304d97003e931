// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/set_spec.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/sha256.h"
#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostEpisodes = 1000, kMostShots = 1000;

struct SideFile {
  std::string name;
  fs::path recipe;
};

// "walking.wear.wetness=2" belongs to the side "walking".
std::string side_of(const std::string& assignment) {
  const std::size_t dot = assignment.find('.'), equals = assignment.find('=');
  return dot < equals ? assignment.substr(0, dot) : "";
}

class Overrides {
 public:
  explicit Overrides(const std::vector<std::string>& all) : all_(all) {}
  std::vector<std::string> of_side(const std::string& name) const {
    std::vector<std::string> own;
    for (const std::string& assignment : all_)
      if (side_of(assignment) == name) own.push_back(assignment.substr(name.size() + 1));
    return own;
  }
  std::vector<std::string> of_set(const std::vector<SideFile>& sides) const {
    std::vector<std::string> own;
    for (const std::string& assignment : all_)
      if (std::none_of(sides.begin(), sides.end(),
                       [&](const SideFile& s) { return s.name == side_of(assignment); }))
        own.push_back(assignment);
    return own;
  }

 private:
  const std::vector<std::string>& all_;
};

SideSpec read_side(const SideFile& side, std::uint64_t seed, const Overrides& overrides,
                   const Assets& assets) {
  const std::uint64_t own = (Rng(seed) / "side" / side.name).key() >> 1;  // TOML's are signed
  std::vector<std::string> all{"seed=" + std::to_string(own)};
  for (const std::string& assignment : overrides.of_side(side.name)) all.push_back(assignment);
  return {side.name, read_recipe(side.recipe, all, assets)};
}

std::vector<SideFile> read_files(const TomlTable& t, const fs::path& folder) {
  std::vector<SideFile> files;
  const TomlTable sides = t.table("sides");
  for (const char* name : {"train", "validation", "plain"})
    if (std::string(name) != "validation" || sides.has(name))
      files.push_back({name, folder / sides.string(name)});
  const TomlTable contexts = t.table("contexts");
  for (const std::string& name : contexts.keys()) {
    if (std::any_of(files.begin(), files.end(), [&](const SideFile& f) { return f.name == name; }))
      contexts.fail(name, "a name that no side has");
    files.push_back({name, folder / contexts.string(name)});
  }
  return files;
}

FewShotSpec read_few_shot(const TomlTable& t, std::uint64_t seed) {
  FewShotSpec spec;
  spec.seed = seed;
  if (t.has("shots")) {
    spec.shots.clear();
    for (const double k : t.numbers("shots")) {
      if (k != std::floor(k) || k < 1 || k > kMostShots)
        t.fail("shots", "whole numbers from 1 to 1000");
      spec.shots.push_back(static_cast<int>(k));
    }
    std::sort(spec.shots.begin(), spec.shots.end());
    spec.shots.erase(std::unique(spec.shots.begin(), spec.shots.end()), spec.shots.end());
  }
  spec.episodes = static_cast<int>(t.integer_or("episodes", spec.episodes, 1, kMostEpisodes));
  spec.queries = static_cast<int>(t.integer_or("queries", spec.queries, 1, kMostEpisodes));
  return spec;
}

ClientsSpec read_clients(const TomlTable& t, std::uint64_t seed) {
  ClientsSpec s;
  s.seed = seed;
  s.class_concentration = t.number("class_concentration", s.class_concentration);
  s.strap_concentration = t.number("strap_concentration", s.strap_concentration);
  s.watch_concentration = t.number("watch_concentration", s.watch_concentration);
  s.amount_spread = t.number("amount_spread", s.amount_spread);
  s.share = t.number("share", s.share);
  return s;
}

}  // namespace

SetSpec read_set_spec(const fs::path& file, const std::vector<std::string>& overrides,
                      const Assets& assets) {
  toml::table parsed = parse_toml_file(file);
  const Overrides all(overrides);
  // Which sides there are says whose an override is.
  const std::vector<SideFile> files =
      read_files(TomlTable(parsed, file.string()), file.parent_path());
  for (const std::string& assignment : all.of_set(files)) override_toml(parsed, assignment);
  const TomlTable t(parsed, file.string());
  SetSpec spec;
  spec.title = t.string("title");
  spec.seed = static_cast<std::uint64_t>(t.integer("seed", 0, INT64_MAX));
  for (const SideFile& side : read_files(t, file.parent_path())) {
    SideSpec read = read_side(side, spec.seed, all, assets);
    if (side.name == "train")
      spec.train = std::move(read);
    else
      (side.name == "validation" ? spec.validation : spec.test).push_back(std::move(read));
  }
  spec.folds = {static_cast<int>(t.table("folds").integer_or("count", 5, 3, 100)), spec.seed};
  spec.few_shot = read_few_shot(t.table("few_shot"), spec.seed);
  spec.clients = read_clients(t.table("clients"), spec.seed);
  if (t.has("disjoint_by")) {
    spec.disjoint_by = t.strings("disjoint_by");
    for (const std::string& what : spec.disjoint_by)
      if (what != "strap" && what != "watch") t.fail("disjoint_by", "\"strap\", \"watch\" or both");
  }
  t.finish();
  return spec;
}

std::string set_sha256(const SetSpec& s) {
  nlohmann::json all{{"title", s.title},
                     {"seed", s.seed},
                     {"folds", s.folds.count},
                     {"shots", s.few_shot.shots},
                     {"episodes", s.few_shot.episodes},
                     {"queries", s.few_shot.queries},
                     {"disjoint_by", s.disjoint_by},
                     {"clients",
                      {s.clients.class_concentration, s.clients.strap_concentration,
                       s.clients.watch_concentration, s.clients.amount_spread, s.clients.share}}};
  all["train"] = recipe_sha256(s.train.recipe);
  for (const SideSpec& side : s.validation) all[side.name] = recipe_sha256(side.recipe);
  for (const SideSpec& side : s.test) all[side.name] = recipe_sha256(side.recipe);
  return sha256(all.dump());
}

}  // namespace wrist::evaluation
