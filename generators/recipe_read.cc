// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "generators/assets_internal.h"
#include "generators/recipe.h"
#include "generators/recipe_include.h"
#include "generators/recipe_motions.h"
#include "generators/recipe_parameters.h"
#include "generators/sensor_parameters.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxCount = 1'000'000'000;
const Mix kSkinTypes{{"I", "II", "III", "IV", "V", "VI"}, {}};

// Names that stand for themselves, of a few.
Mix read_words(const TomlTable& t, const std::string& key, const Mix& known, const Mix& fallback) {
  if (!t.has(key)) return fallback;
  const Mix mix = read_mix(t, key);
  std::string list;
  for (const std::string& name : known.names) list += (list.empty() ? "" : ", ") + name;
  for (const std::string& name : mix.names)
    if (!known.has(name)) t.fail(key, "one or more of " + list + " (\"" + name + "\" is none)");
  return mix;
}

void read_people(Recipe& r, const TomlTable& t, const Assets& assets) {
  r.population = t.string("population", r.population);
  const PopulationSpec& population = assets.population(r.population);
  r.factors = complete(population);
  r.physiology = population.physiology;
  r.subjects = t.integer("count", 1, kMaxCount);
  if (t.has("female")) {
    r.people.female = t.quantity("female", Dimension::ratio);
    if (*r.people.female < 0 || *r.people.female > 1) t.fail("female", "a share, 0 to 1");
  }
  if (t.has("age")) r.people.age_years = read_law(t, "age", age_limits(), {});
  if (t.has("heart_rate"))
    r.people.heart_rate_rest_bpm = read_law(t, "heart_rate", heart_rate_limits(), {});
  r.people.skin = read_words(t, "skin", kSkinTypes, {});
}

void read_devices(Recipe& r, const TomlTable& t, const Assets& assets) {
  r.watches = read_mix(t, "watch");
  for (const std::string& name : r.watches.names) assets.watch(name);
  r.straps = read_mix(t, "strap");
  for (const std::string& name : r.straps.names) assets.strap(name);
  r.units = t.integer_or("units", 1, 1, kMaxCount);
  r.sides = read_words(t, "side", {{"left", "right"}, {}}, r.sides);
}

// Every multiplier is asked for by name, so that a misspelt one is known by its neighbours.
void read_imu_effects(Recipe& r, const TomlTable& t) {
  for (const ImuEffectName& effect : kImuEffects)
    if (t.has(effect.name)) r.imu[effect.name] = read_law(t, effect.name, imu_limits(), {});
}

// Every law then draws from its ends alone.
void read_tails(Recipe& r, const TomlTable& t) {
  if (!t.has("beyond")) return;
  r.tails = t.quantity("beyond", Dimension::ratio);
  if (*r.tails < 0.5 || *r.tails > 1) t.fail("beyond", "a quantile, 0.5 to 1");
}

void read_splits(Recipe& r, const TomlTable& t) {
  r.validation_share = t.quantity("validation", Dimension::ratio, 0);
  r.test_share = t.quantity("test", Dimension::ratio, 0);
  if (r.validation_share < 0 || r.test_share < 0 || r.validation_share + r.test_share > 1)
    t.fail("test", "shares of the subjects that add up to at most 1");
  r.split_limits = split_limits(r.seed, r.subjects, r.test_share, r.validation_share);
}

// Shards go to the watch that is furthest behind its weight, at every shard (Webster's method).
std::vector<std::uint32_t> watches_by_weight(const Mix& watches, std::int64_t shards) {
  std::vector<std::uint32_t> of_shard;
  std::vector<double> given(watches.names.size(), 0);
  for (std::int64_t shard = 0; shard < shards; ++shard) {
    std::size_t next = 0;
    for (std::size_t w = 1; w < given.size(); ++w)
      if (watches.weights[w] * (2 * given[next] + 1) > watches.weights[next] * (2 * given[w] + 1))
        next = w;
    ++given[next];
    of_shard.push_back(static_cast<std::uint32_t>(next));
  }
  return of_shard;
}

// A recording of 600 s takes 1.1 GB to make (measured, `worn`); longer days come in parts. What one
// person wears on one day must be one watch.
void check_days(const Recipe& r, const TomlTable& t) {
  constexpr double kLongest = 600;  // s
  if (!r.timeline) return;
  if (highest(r.duration) > kLongest)
    t.fail("duration",
           "at most 600 s beside [timeline]; timeline.recordings_per_day makes longer days");
  if (r.timeline->recordings_per_day == 1) return;
  if (lowest(r.duration) != highest(r.duration))
    t.fail("duration", "one duration, for a day is cut into recordings of the same length");
  if (r.watches.names.size() > 1 && r.subjects % r.shards != 0)
    t.fail("shards", "a divisor of the number of people (" + std::to_string(r.subjects) +
                         "), so that every recording of a day is of the same watch");
}

void read_counts(Recipe& r, const TomlTable& t) {
  constexpr std::int64_t kMostWeighted = 1'000'000;
  const std::int64_t watches = std::ssize(r.watches.names);
  const bool weighted = !r.watches.weights.empty();
  r.recordings = t.integer_or("recordings", recordings_once(r), 1, kMaxCount);
  r.shards = t.integer_or("shards", watches, 1, weighted ? kMostWeighted : kMaxCount);
  if (!weighted && r.shards % watches != 0)
    t.fail("shards", "a multiple of the number of watches (" + std::to_string(watches) +
                         "), for a shard holds one watch");
  if (r.shards > r.recordings) t.fail("shards", "at most one per recording");
  if (!weighted) return;
  r.watch_of_shard = watches_by_weight(r.watches, r.shards);
  for (std::uint32_t w = 0; w < r.watches.names.size(); ++w)
    if (r.watches.weights[w] > 0 &&
        std::count(r.watch_of_shard.begin(), r.watch_of_shard.end(), w) == 0)
      t.fail("shards", "enough shards for the weights of the watches: one holds one watch, and \"" +
                           r.watches.names[w] + "\" got none");
}

}  // namespace

Recipe read_recipe(const fs::path& file, const std::vector<std::string>& overrides,
                   const Assets& assets) {
  toml::table parsed = parse_with_includes(file);
  for (const std::string& assignment : overrides) override_toml(parsed, assignment);
  const TomlTable t(parsed, file.string());
  Recipe r;
  r.title = t.string("title");
  r.license = t.string("license", r.license);
  r.history = t.string("history", "");
  r.seed = static_cast<std::uint64_t>(t.integer("seed", 0, INT64_MAX));
  if (!t.has("duration")) t.quantity("duration", Dimension::time);  // says what is missing
  read_parameters(r, t, "");
  r.fidelity = parse_fidelity(t.string("fidelity", "worn"));
  read_people(r, t.table("subjects"), assets);
  const TomlTable physiology = t.table("physiology");
  r.own_rhythm = !physiology.keys().empty();
  read_rhythm(physiology, r.physiology);
  read_motions(r, t, assets);
  read_devices(r, t.table("devices"), assets);
  const TomlTable wear = t.table("wear");
  read_parameters(r, wear, "wear");
  r.crowns = read_words(wear, "crown", {{"right", "left"}, {}}, r.crowns);
  read_parameters(r, t.table("environment"), "environment");
  read_parameters(r, t.table("transport"), "transport");
  read_imu_effects(r, t.table("imu"));
  read_sensor(r, t.table("sensor"));
  read_tails(r, t.table("tails"));
  read_counts(r, t);
  read_splits(r, t.table("splits"));
  check_days(r, t);
  t.finish();
  return r;
}

}  // namespace wrist
