// SPDX-License-Identifier: Apache-2.0
// The resolved recipe as one writes it: read again, it is the same recipe.
#include <nlohmann/json.hpp>

#include "generators/recipe_parameters.h"
#include "generators/sensor_parameters.h"

namespace wrist {
namespace {

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

// Key = value lines of one table.
class Lines {
 public:
  void add(const std::string& key, const std::string& value) {
    text_ += key + std::string(key.size() < kColumn ? kColumn - key.size() : 0, ' ') + " = " +
             value + "\n";
  }
  void add_parameters(const Recipe& r, const std::string& table) {
    for (const Parameter& p : recipe_parameters())
      if (table == p.table) add(p.key, to_toml(r.*p.law, p.limits.dimension));
  }
  // Nothing if there are no lines.
  std::string under(const std::string& table) const {
    return text_.empty() || table.empty() ? text_ : "\n[" + table + "]\n" + text_;
  }

 private:
  static constexpr std::size_t kColumn = 18;
  std::string text_;
};

std::string head(const Recipe& r) {
  Lines lines;
  lines.add("title", quoted(r.title));
  lines.add("license", quoted(r.license));
  if (!r.history.empty()) lines.add("history", quoted(r.history));
  lines.add("seed", std::to_string(r.seed));
  lines.add("recordings", std::to_string(r.recordings));
  lines.add("shards", std::to_string(r.shards));
  lines.add("fidelity", quoted(to_string(r.fidelity)));
  lines.add_parameters(r, "");
  return lines.under("");
}

std::string people(const Recipe& r) {
  Lines lines;
  lines.add("population", quoted(r.population));
  lines.add("count", std::to_string(r.subjects));
  const PeopleSpec& p = r.people;
  if (p.female) lines.add("female", shortest(*p.female));
  if (p.age_years) lines.add("age", to_toml(*p.age_years, Dimension::ratio));
  if (p.heart_rate_rest_bpm)
    lines.add("heart_rate", to_toml(*p.heart_rate_rest_bpm, Dimension::ratio));
  if (!p.skin.names.empty()) lines.add("skin", to_toml(p.skin));
  return lines.under("subjects");
}

std::string rhythm(const Recipe& r) {
  if (!r.own_rhythm) return "";
  const PhysiologySpec& p = r.physiology;
  Lines lines;
  lines.add("ectopic_people", shortest(p.ectopic_people));
  lines.add("ectopic_share",
            to_toml(Law{UniformLaw{p.ectopic_share[0], p.ectopic_share[1]}}, Dimension::ratio));
  lines.add("fibrillation_people", shortest(p.fibrillation_people));
  lines.add("tattooed_people", shortest(p.tattooed_people));
  return lines.under("physiology");
}

std::string shows(const Recipe& r) {
  Lines lines;
  for (const ClipSource& clip : r.clips)
    if (!clip.class_name.empty()) lines.add(quoted(clip.name), quoted(clip.class_name));
  return lines.under("motions.shows");
}

std::string motions(const Recipe& r) {
  Lines lines;
  if (!r.clips.empty()) {
    lines.add("clips", quoted(r.clip_folder));
    if (!r.joint_map.empty()) lines.add("joint_map", quoted(r.joint_map));
    if (!r.gestures.empty()) lines.add("gestures", to_toml(Mix{r.gestures, {}}));
  } else if (!r.timeline) {
    lines.add("classes", to_toml(r.classes));
    if (r.rare) lines.add("rare", shortest(*r.rare));
    if (!r.over.names.empty()) lines.add("over", to_toml(r.over));
    if (r.under) lines.add("under", to_toml(*r.under, Dimension::ratio));
  }
  if (!r.styles.empty()) lines.add("style", to_toml(r.style));
  for (const Parameter& p : recipe_parameters()) {
    const std::string key = p.key;
    if (std::string("motions") == p.table && !(r.timeline && key == "chain"))
      lines.add(key, to_toml(r.*p.law, p.limits.dimension));
  }
  return lines.under("motions") + shows(r);
}

std::string timeline(const Recipe& r) {
  if (!r.timeline) return "";
  const TimelineSpec& t = *r.timeline;
  Lines lines;
  Mix events;
  for (const auto& [name, rate] : t.events) {
    events.names.push_back(name);
    events.weights.push_back(rate);
  }
  lines.add("activities", to_toml(t.activities));
  lines.add("stretch", to_toml(t.stretch, Dimension::time));
  if (!events.names.empty()) lines.add("events", to_toml(events));
  lines.add("spacing", quoted(shortest(t.spacing_s) + " s"));
  lines.add("recordings_per_day", std::to_string(t.recordings_per_day));
  return lines.under("timeline");
}

std::string devices(const Recipe& r) {
  Lines lines;
  lines.add("watch", to_toml(r.watches));
  lines.add("strap", to_toml(r.straps));
  lines.add("units", std::to_string(r.units));
  lines.add("side", to_toml(r.sides));
  return lines.under("devices");
}

std::string surroundings(const Recipe& r) {
  Lines wear, environment, imu, sensor, tails, transport, splits;
  wear.add_parameters(r, "wear");
  wear.add("crown", to_toml(r.crowns));
  environment.add_parameters(r, "environment");
  for (const auto& [name, law] : r.imu) imu.add(name, to_toml(law, Dimension::ratio));
  for (const SensorParameter& p : sensor_parameters())
    if (const auto law = r.sensor.find(p.key); law != r.sensor.end())
      sensor.add(p.key, to_toml(law->second, p.limits.dimension));
  if (r.tails) tails.add("beyond", shortest(*r.tails));
  transport.add_parameters(r, "transport");
  splits.add("validation", shortest(r.validation_share));
  splits.add("test", shortest(r.test_share));
  return wear.under("wear") + environment.under("environment") + imu.under("imu") +
         sensor.under("sensor") + tails.under("tails") + transport.under("transport") +
         splits.under("splits");
}

}  // namespace

std::string to_toml(const Recipe& r) {
  return head(r) + people(r) + rhythm(r) + motions(r) + timeline(r) + devices(r) + surroundings(r);
}

}  // namespace wrist
