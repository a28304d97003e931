// SPDX-License-Identifier: Apache-2.0
// The resolved recipe as JSON. Keys that are newer than the first recipes stand only where a recipe
// uses them: others keep their hash.
#include <nlohmann/json.hpp>

#include "generators/joint_map.h"
#include "generators/recipe_parameters.h"
#include "generators/sensor_parameters.h"
#include "generators/sha256.h"

namespace wrist {
namespace {

using nlohmann::json;

json value_of(const Law& law) { return json::parse(to_json(law)); }
json value_of(const Mix& mix) { return json::parse(to_json(mix)); }

// These were numbers and pairs of whole numbers before laws came.
json value_of(const Parameter& p, const Law& law) {
  const std::string key = p.json;
  const UniformLaw* u = std::get_if<UniformLaw>(&law);
  if (u && key == "chain")
    return {static_cast<std::int64_t>(u->lowest), static_cast<std::int64_t>(u->highest)};
  if (u && u->lowest == u->highest && (key == "duration_s" || key == "transition_s"))
    return u->lowest;
  return value_of(law);
}

json clips_json(const Recipe& r) {
  json clips = json::array();
  for (const ClipSource& c : r.clips)
    clips.push_back({{"name", c.name}, {"sha256", c.sha256}, {"class", c.class_name}});
  if (!r.clips.empty() && !r.clips[0].map.empty())
    for (json& clip : clips) clip["joint_map"] = json::parse(to_json(r.clips[0].map));
  return clips;
}

void add_motions(json& out, const Recipe& r) {
  out["classes"] = value_of(r.classes);
  out["clips"] = clips_json(r);
  out["gestures"] = r.gestures;
  out["styles"] = r.styles;
  out["movements"] = r.movements;
  if (!r.style.weights.empty()) out["style"] = value_of(r.style);
  if (r.rare) out["rare"] = *r.rare;
  if (!r.over.names.empty()) out["over"] = value_of(r.over);
  if (r.under) out["under"] = value_of(*r.under);
}

void add_rhythm(json& out, const Recipe& r) {
  if (!r.own_rhythm) return;
  const auto& share = r.physiology.ectopic_share;
  out["physiology"] = {{"ectopic_people", r.physiology.ectopic_people},
                       {"ectopic_share", {share[0], share[1]}},
                       {"fibrillation_people", r.physiology.fibrillation_people},
                       {"tattooed_people", r.physiology.tattooed_people}};
}

void add_people(json& out, const PeopleSpec& people) {
  if (people.female) out["female"] = *people.female;
  if (people.age_years) out["age_years"] = value_of(*people.age_years);
  if (people.heart_rate_rest_bpm)
    out["heart_rate_rest_bpm"] = value_of(*people.heart_rate_rest_bpm);
  if (!people.skin.names.empty()) out["skin"] = value_of(people.skin);
}

json timeline_json(const TimelineSpec& line) {
  return {{"activities", value_of(line.activities)},
          {"stretch_s", value_of(line.stretch)},
          {"events_per_hour", line.events},
          {"spacing_s", line.spacing_s},
          {"recordings_per_day", line.recordings_per_day}};
}

}  // namespace

std::string to_json(const Recipe& r) {
  json out{{"title", r.title},
           {"license", r.license},
           {"history", r.history},
           {"seed", r.seed},
           {"recordings", r.recordings},
           {"shards", r.shards},
           {"fidelity", to_string(r.fidelity)},
           {"subjects", {{"population", r.population}, {"count", r.subjects}}},
           {"devices",
            {{"watch", value_of(r.watches)},
             {"strap", value_of(r.straps)},
             {"units", r.units},
             {"side", value_of(r.sides)}}},
           {"wear", {{"crown", value_of(r.crowns)}}},
           {"imu", json::object()},
           {"splits", {{"validation", r.validation_share}, {"test", r.test_share}}}};
  for (const Parameter& p : recipe_parameters()) {
    json& table = *p.table ? out[p.table] : out;
    table[p.json] = value_of(p, r.*p.law);
  }
  for (const auto& [name, law] : r.imu) out["imu"][name] = value_of(law);
  for (const SensorParameter& p : sensor_parameters())
    if (const auto law = r.sensor.find(p.key); law != r.sensor.end())
      out["sensor"][p.json] = value_of(law->second);
  if (r.tails) out["tails"] = {{"beyond", *r.tails}};
  add_motions(out["motions"], r);
  add_people(out["subjects"], r.people);
  add_rhythm(out, r);
  if (r.timeline) out["timeline"] = timeline_json(*r.timeline);
  return out.dump();
}

std::string recipe_sha256(const Recipe& recipe) { return sha256(to_json(recipe)); }

}  // namespace wrist
