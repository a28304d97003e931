// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "generators/assets_internal.h"
#include "generators/joint_map.h"
#include "generators/library.h"
#include "generators/sha256.h"
#include "generators/toml_internal.h"
#include "motions/clip.h"
#include "motions/edit.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::int64_t kMaxCount = 1'000'000'000;
constexpr double kMaxDuration = 3600;  // s

// The animations of a file with several; one without a name of any other, be it sound or not.
std::vector<std::string> animations_of(const fs::path& file) {
  try {
    const std::vector<std::string> names = clip_animations(file);
    if (names.size() > 1) return names;
  } catch (const Error&) {  // said when the clip is made
  }
  return {""};
}

// The file's name without extension, with its folder or extension where others are called alike.
std::string unique_name(const fs::path& file, std::set<std::string>& names) {
  const std::string folder = file.parent_path().filename().string() + "/";
  for (const std::string& name :
       {file.stem().string(), folder + file.stem().string(), folder + file.filename().string()})
    if (names.insert(name).second) return name;
  return file.string();
}

std::vector<ClipSource> read_clips(const TomlTable& motions) {
  const fs::path folder = motions.string("clips");
  if (folder.empty())
    motions.fail("clips", "a folder of clips, given with --set motions.clips=DIR");
  const TomlTable shows = motions.table("shows");
  const JointMap map =
      motions.has("joint_map") ? read_joint_map(motions.string("joint_map")) : JointMap{};
  std::vector<ClipSource> clips;
  std::set<std::string> names;
  for (const fs::path& file : find_clips(folder)) {
    const std::string hash = file_sha256(file), name = unique_name(file, names);
    for (const std::string& animation : animations_of(file)) {
      ClipSource clip{file, name, hash, "", animation, map};
      if (!animation.empty()) clip.name += ":" + animation;
      if (shows.has(clip.name)) clip.class_name = shows.string(clip.name);
      clips.push_back(clip);
    }
  }
  for (const std::string& key : shows.keys())
    shows.has(key);  // a clip that is not here is no error
  return clips;
}

void note_movements(Recipe& r, const MovementSpec& movement, const Assets& assets) {
  r.movements[movement.name] = movement.sha256;
  if (!movement.mirror.empty())
    r.movements[movement.mirror] = assets.movement(movement.mirror).sha256;
  for (const std::string& under : activities_of(movement))
    r.movements[under] = assets.movement(under).sha256;
}

void read_motions(Recipe& r, const TomlTable& t, const Assets& assets) {
  if (t.has("clips")) {
    r.clips = read_clips(t);
    if (t.has("gestures")) r.gestures = t.strings("gestures");
    for (const std::string& name : r.gestures) {
      const MovementSpec& gesture = library_class(assets, name);
      if (!gesture.event)
        t.fail("gestures",
               "gestures that can be laid over others (\"" + name + "\" is an activity)");
      note_movements(r, gesture, assets);
    }
  } else {
    r.classes = t.strings("classes");
    if (r.classes == std::vector<std::string>{"all"}) r.classes = library_classes(assets);
    for (const std::string& name : r.classes)
      note_movements(r, library_class(assets, name), assets);
  }
  r.tempo = t.range("tempo", Dimension::ratio, r.tempo);
  r.amplitude = t.range("amplitude", Dimension::ratio, r.amplitude);
  if (t.has("style"))
    for (const std::string& name : t.strings("style")) r.styles[name] = assets.style(name).sha256;
  r.warp = t.range("warp", Dimension::ratio, r.warp);
  if (r.warp[0] < 0 || r.warp[1] > kMostWarp) t.fail("warp", "0 to 0.5");
  r.fatigue = t.range("fatigue", Dimension::ratio, r.fatigue);
  if (r.fatigue[0] < 0 || r.fatigue[1] > 0.9) t.fail("fatigue", "0 to 0.9");
  const auto chain = t.range("chain", Dimension::ratio, {1, 1});
  r.chain = {static_cast<std::int64_t>(chain[0]), static_cast<std::int64_t>(chain[1])};
  if (chain[0] < 1 || chain[1] > 100 || chain[0] != std::floor(chain[0]) ||
      chain[1] != std::floor(chain[1]))
    t.fail("chain", "whole numbers from 1 to 100");
  r.transition_s = t.quantity("transition", Dimension::time, r.transition_s);
  if (r.transition_s < 0.3 || r.transition_s > 30) t.fail("transition", "0.3 to 30 s");
  if (r.tempo[0] < 0.25 || r.tempo[1] > 4) t.fail("tempo", "0.25 to 4");
  if (r.amplitude[0] < 0 || r.amplitude[1] > 4) t.fail("amplitude", "0 to 4");
}

void read_devices(Recipe& r, const TomlTable& t, const Assets& assets) {
  r.watches = t.strings("watch");
  for (const std::string& name : r.watches) assets.watch(name);
  r.straps = t.strings("strap");
  for (const std::string& name : r.straps) assets.strap(name);
  r.units = t.integer_or("units", 1, 1, kMaxCount);
  if (t.has("side")) {
    r.sides.clear();
    for (const std::string& side : t.strings("side")) {
      if (side != "left" && side != "right")
        t.fail("side", "\"left\", \"right\" or both in a list");
      r.sides.push_back(side == "left" ? Side::left : Side::right);
    }
  }
}

void read_wear(Recipe& r, const TomlTable& t) {
  r.pressure = t.range("pressure", Dimension::pressure, r.pressure);
  r.distance_to_wrist = t.range("distance_to_wrist", Dimension::length, r.distance_to_wrist);
  r.roll = t.range("roll", Dimension::angle, r.roll);
  if (t.has("crown")) r.crowns = t.strings("crown");
  for (const std::string& crown : r.crowns)
    if (crown != "right" && crown != "left") t.fail("crown", "right or left");
  r.wetness = t.range("wetness", Dimension::ratio, r.wetness);
  if (r.pressure[0] < 100 || r.pressure[1] > 30000) t.fail("pressure", "0.1 to 30 kPa");
  if (r.distance_to_wrist[0] < 0.01 || r.distance_to_wrist[1] > 0.12)
    t.fail("distance_to_wrist", "10 to 120 mm");
  if (r.wetness[0] < 0.05 || r.wetness[1] > 4) t.fail("wetness", "0.05 to 4");
}

void read_environment(Recipe& r, const TomlTable& t) {
  r.illuminance_lux = t.range("illuminance_lux", Dimension::ratio, r.illuminance_lux);
  r.temperature = t.range("temperature", Dimension::temperature, r.temperature);
  r.worn_for = t.range("worn_for", Dimension::time, r.worn_for);
  if (r.temperature[0] < 233.15 || r.temperature[1] > 333.15)
    t.fail("temperature", "-40 to 60 degC");
  if (r.worn_for[0] < 0 || r.worn_for[1] > 1e6) t.fail("worn_for", "0 to 1000000 s");
}

// Every multiplier is asked for by name, so that a misspelt one is known by its neighbours.
void read_imu_effects(Recipe& r, const TomlTable& t) {
  for (const ImuEffectName& effect : kImuEffects) {
    if (!t.has(effect.name)) continue;
    const auto range = t.range(effect.name, Dimension::ratio, {1, 1});
    if (range[0] < 0 || range[1] > 1000) t.fail(effect.name, "multipliers from 0 to 1000");
    r.imu[effect.name] = range;
  }
}

void read_earth(Recipe& r, const TomlTable& t) {
  r.earth.magnitude = t.range("magnetic_field", Dimension::magnetic_field, r.earth.magnitude);
  r.earth.inclination = t.range("inclination", Dimension::angle, r.earth.inclination);
  r.earth.declination = t.range("declination", Dimension::angle, r.earth.declination);
  r.earth.north = t.range("north", Dimension::angle, r.earth.north);
  if (r.earth.magnitude[0] < 0 || r.earth.magnitude[1] > 1e-3)
    t.fail("magnetic_field", "0 to 1000 uT");
  if (std::abs(r.earth.inclination[0]) > kPi / 2 || std::abs(r.earth.inclination[1]) > kPi / 2)
    t.fail("inclination", "-90 to 90 deg");
}

void read_transport(Recipe& r, const TomlTable& t) {
  constexpr double kMost = 1000;
  const auto read = [&t](const char* key, std::array<double, 2>& range) {
    range = t.range(key, Dimension::ratio, range);
    if (range[0] < 0 || range[1] > kMost) t.fail(key, "a multiplier from 0 to 1000");
  };
  read("clock", r.transport.clock);
  read("skew", r.transport.skew);
  read("latency", r.transport.latency);
  read("jitter", r.transport.jitter);
  read("loss", r.transport.loss);
}

void read_physiology(Recipe& r, const TomlTable& t, const Assets& assets) {
  r.physiology = assets.population(r.population).physiology;
  r.own_rhythm = !t.keys().empty();
  read_rhythm(t, r.physiology);
}

void check_counts(Recipe& r, const TomlTable& t) {
  const auto watches = static_cast<std::int64_t>(r.watches.size());
  if (r.shards % watches != 0)
    t.fail("shards", "a multiple of the number of watches (" + std::to_string(watches) +
                         "), for a shard holds one watch");
  if (r.shards > r.recordings) t.fail("shards", "at most one per recording");
}

json pair(const std::array<double, 2>& range) { return json::array({range[0], range[1]}); }

// Only where the recipe says so: others keep their hash.
void add_rhythm(json& out, const Recipe& r) {
  if (!r.own_rhythm) return;
  out["physiology"] = {{"ectopic_people", r.physiology.ectopic_people},
                       {"ectopic_share", pair(r.physiology.ectopic_share)},
                       {"fibrillation_people", r.physiology.fibrillation_people},
                       {"tattooed_people", r.physiology.tattooed_people}};
}

}  // namespace

Recipe read_recipe(const fs::path& file, const std::vector<std::string>& overrides,
                   const Assets& assets) {
  toml::table parsed = parse_toml_file(file);
  for (const std::string& assignment : overrides) override_toml(parsed, assignment);
  const TomlTable t(parsed, file.string());
  Recipe r;
  r.title = t.string("title");
  r.license = t.string("license", r.license);
  r.history = t.string("history", "");
  r.seed = static_cast<std::uint64_t>(t.integer("seed", 0, INT64_MAX));
  r.duration_s = t.quantity("duration", Dimension::time);
  if (r.duration_s < 1 || r.duration_s > kMaxDuration) t.fail("duration", "1 to 3600 s");
  r.fidelity = parse_fidelity(t.string("fidelity", "worn"));
  const TomlTable subjects = t.table("subjects");
  r.population = subjects.string("population", r.population);
  assets.population(r.population);
  read_physiology(r, t.table("physiology"), assets);
  r.subjects = subjects.integer("count", 1, kMaxCount);
  read_motions(r, t.table("motions"), assets);
  read_devices(r, t.table("devices"), assets);
  read_wear(r, t.table("wear"));
  const TomlTable environment = t.table("environment");
  read_environment(r, environment);
  read_imu_effects(r, t.table("imu"));
  read_earth(r, environment);
  read_transport(r, t.table("transport"));
  const TomlTable splits = t.table("splits");
  r.validation_share = splits.quantity("validation", Dimension::ratio, 0);
  r.test_share = splits.quantity("test", Dimension::ratio, 0);
  if (r.validation_share < 0 || r.test_share < 0 || r.validation_share + r.test_share > 1)
    splits.fail("test", "shares of the subjects that add up to at most 1");
  // Without a number, every clip once with every gesture, or every class once by every person.
  const std::int64_t once =
      r.clips.empty() ? r.subjects * std::ssize(r.classes)
                      : std::ssize(r.clips) * std::max<std::int64_t>(1, std::ssize(r.gestures));
  r.recordings = t.integer_or("recordings", once, 1, kMaxCount);
  r.shards = t.integer_or("shards", static_cast<std::int64_t>(r.watches.size()), 1, kMaxCount);
  check_counts(r, t);
  t.finish();
  return r;
}

std::string to_json(const Recipe& r) {
  json clips = json::array();
  for (const ClipSource& c : r.clips)
    clips.push_back({{"name", c.name}, {"sha256", c.sha256}, {"class", c.class_name}});
  if (!r.clips.empty() && !r.clips[0].map.empty())
    for (json& clip : clips) clip["joint_map"] = json::parse(to_json(r.clips[0].map));
  json effects = json::object();
  for (const auto& [name, range] : r.imu) effects[name] = pair(range);
  json sides = json::array();
  for (const Side side : r.sides) sides.push_back(to_string(side));
  json out{
      {"title", r.title},
      {"license", r.license},
      {"history", r.history},
      {"seed", r.seed},
      {"recordings", r.recordings},
      {"shards", r.shards},
      {"duration_s", r.duration_s},
      {"fidelity", to_string(r.fidelity)},
      {"subjects", {{"population", r.population}, {"count", r.subjects}}},
      {"motions",
       {{"classes", r.classes},
        {"clips", clips},
        {"gestures", r.gestures},
        {"styles", r.styles},
        {"warp", pair(r.warp)},
        {"tempo", pair(r.tempo)},
        {"amplitude", pair(r.amplitude)},
        {"movements", r.movements},
        {"fatigue", pair(r.fatigue)},
        {"chain", r.chain},
        {"transition_s", r.transition_s}}},
      {"devices", {{"watch", r.watches}, {"strap", r.straps}, {"units", r.units}, {"side", sides}}},
      {"wear",
       {{"pressure_pa", pair(r.pressure)},
        {"distance_to_wrist_m", pair(r.distance_to_wrist)},
        {"roll_rad", pair(r.roll)},
        {"crown", r.crowns},
        {"wetness", pair(r.wetness)}}},
      {"environment",
       {{"illuminance_lux", pair(r.illuminance_lux)},
        {"temperature_k", pair(r.temperature)},
        {"worn_for_s", pair(r.worn_for)},
        {"magnetic_field_t", pair(r.earth.magnitude)},
        {"inclination_rad", pair(r.earth.inclination)},
        {"declination_rad", pair(r.earth.declination)},
        {"north_rad", pair(r.earth.north)}}},
      {"imu", effects},
      {"transport",
       {{"clock", pair(r.transport.clock)},
        {"skew", pair(r.transport.skew)},
        {"latency", pair(r.transport.latency)},
        {"jitter", pair(r.transport.jitter)},
        {"loss", pair(r.transport.loss)}}},
      {"splits", {{"validation", r.validation_share}, {"test", r.test_share}}}};
  add_rhythm(out, r);
  return out.dump();
}

std::string recipe_sha256(const Recipe& recipe) { return sha256(to_json(recipe)); }

}  // namespace wrist
