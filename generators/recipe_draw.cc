// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "generators/law_tails.h"
#include "generators/library.h"
#include "generators/recipe.h"
#include "generators/recipe_outline.h"
#include "generators/recipe_parameters.h"
#include "generators/sensor_parameters.h"
#include "generators/timeline.h"
#include "motions/edit.h"

namespace wrist {
namespace {

// The value of a law; of a recipe with [tails] from its ends, and the scenario says from where.
double take(Scenario& s, const Recipe& r, const std::string& name, const Law& law, const Rng& rng) {
  if (!r.tails || lowest(law) == highest(law)) return draw(law, rng);
  const double p = tail_probability(*r.tails, rng);
  s.quantiles[name] = p;
  return quantile(law, p);
}

// Within a class's range of multipliers.
double between(const std::array<double, 2>& range, const Rng& rng) {
  return range[0] + (range[1] - range[0]) * rng.uniform();
}

// Which activity carries a class this time, and what is laid over it.
MotionPart draw_part(const Recipe& r, const Assets& assets, const std::string& name,
                     const Rng& rng) {
  const MovementSpec& movement = library_class(assets, name);
  if (!movement.event) return {movement.name, "", 0};
  return {pick(carriers(movement, r.over), rng / "activity"), name, 0};
}

// What follows the first activity: classes of the recipe by chance, in about equal shares of time.
void draw_chain(Scenario& s, const Recipe& r, const Assets& assets, const Rng& rng) {
  const std::int64_t parts = draw_whole(r.chain, rng / "parts");
  const double share = s.duration_s / static_cast<double>(parts);
  for (std::int64_t k = 1; k < parts; ++k) {
    const Rng one = rng / static_cast<std::uint64_t>(k);
    MotionPart part = draw_part(r, assets, chance_class(r, one), one);
    part.start_s = share * (static_cast<double>(k) + 0.3 * ((one / "start").uniform() - 0.5));
    s.motion.then.push_back(part);
  }
}

// On top of tempo and amplitude. Streams of its own, so that a recipe without styles is as it was.
void draw_style(Scenario& s, const Recipe& r, const Assets& assets, const Rng& rng) {
  MotionParams& motion = s.motion;
  motion.warp = take(s, r, "motions.warp", r.warp, rng / "warp");
  if (r.styles.empty()) return;
  motion.style = pick(r.style, rng / "which");
  const StyleSpec& style = assets.style(motion.style);
  motion.tempo *= between(style.tempo, rng / "tempo");
  motion.amplitude *= between(style.amplitude, rng / "amplitude");
  motion.warp = std::min(kMostWarp, motion.warp + between(style.warp, rng / "more_warp"));
  motion.lean = between(style.lean, rng / "lean");
  motion.elbow = between(style.elbow, rng / "elbow");
  motion.restless = between(style.restless, rng / "restless");
}

void draw_day(Scenario& s, const Recipe& r, const Rng& rng) {
  const std::int64_t recordings = r.timeline->recordings_per_day;
  const double day_s = s.duration_s * static_cast<double>(recordings);
  Timeline line = draw_timeline(*r.timeline, day_s, s.motion.transition_s, rng);
  if (s.day) {
    const double from = s.duration_s * static_cast<double>(s.day->sequence);
    line = cut(line, from, from + s.duration_s);
  }
  s.motion.activity = line.parts[0].activity;
  s.motion.then.assign(line.parts.begin() + 1, line.parts.end());
  s.motion.events = line.events;
}

void draw_motion(Scenario& s, const Recipe& r, const Assets& assets, const Rng& rng) {
  s.class_name = recording_class(r, s.index);
  s.motion.tempo = take(s, r, "motions.tempo", r.tempo, rng / "tempo");
  s.motion.amplitude = take(s, r, "motions.amplitude", r.amplitude, rng / "amplitude");
  draw_style(s, r, assets, rng / "style");
  if (!r.clips.empty()) {
    const ClipSource& clip = r.clips[s.index % r.clips.size()];
    s.motion.clip = clip.name;
    s.motion.clip_class = clip.class_name;
    if (!r.gestures.empty()) s.motion.gesture = s.class_name;
    return;
  }
  s.motion.fatigue = take(s, r, "motions.fatigue", r.fatigue, rng / "fatigue");
  s.motion.transition_s = take(s, r, "motions.transition", r.transition, rng / "transition");
  if (r.timeline) return draw_day(s, r, rng / "timeline");
  const MotionPart first = draw_part(r, assets, s.class_name, rng);
  s.motion.activity = first.activity;
  s.motion.gesture = first.gesture;
  if (r.under) s.motion.under = take(s, r, "motions.under", *r.under, rng / "under");
  draw_chain(s, r, assets, rng / "chain");
}

ImuEffects draw_effects(Scenario& s, const Recipe& r, const Rng& rng) {
  ImuEffects effects;
  for (const ImuEffectName& effect : kImuEffects)
    if (const auto range = r.imu.find(effect.name); range != r.imu.end())
      effects.*effect.value =
          take(s, r, std::string("imu.") + effect.name, range->second, rng / effect.name);
  return effects;
}

EarthField draw_earth(Scenario& s, const Recipe& r, const Rng& rng) {
  const auto one = [&](const char* key, const char* stream, const Law& law) {
    return take(s, r, std::string("environment.") + key, law, rng / stream);
  };
  return {one("magnetic_field", "magnitude", r.magnetic_field),
          one("inclination", "inclination", r.inclination),
          one("declination", "declination", r.declination), one("north", "north", r.north)};
}

TransportParams draw_transport(Scenario& s, const Recipe& r, const Rng& rng) {
  const auto one = [&](const char* key, const Law& law) {
    return take(s, r, std::string("transport.") + key, law, rng / key);
  };
  return {one("clock", r.clock), one("skew", r.skew), one("latency", r.latency),
          one("jitter", r.jitter), one("loss", r.loss)};
}

SensorSettings draw_sensor(Scenario& s, const Recipe& r, const Rng& rng) {
  SensorSettings settings;
  for (const SensorParameter& p : sensor_parameters())
    if (const auto law = r.sensor.find(p.key); law != r.sensor.end())
      settings.*p.value = take(s, r, std::string("sensor.") + p.key, law->second, rng / p.key);
  return settings;
}

// What the recipe says about people is drawn first, and then all the population has left to draw.
SubjectParams draw_person(const Recipe& r, const Assets& assets, const Rng& person) {
  PopulationSpec population = assets.population(r.population);
  population.physiology = r.physiology;
  const auto fix = [&person](std::array<double, 2>& range, const std::optional<Law>& law,
                             const char* name) {
    if (law) range[0] = range[1] = draw(*law, person / "recipe" / name);
  };
  fix(population.physiology.age_years, r.people.age_years, "age");
  fix(population.physiology.heart_rate_rest_bpm, r.people.heart_rate_rest_bpm, "heart_rate");
  population.female_share = r.people.female.value_or(population.female_share);
  if (const Mix& skin = r.people.skin; !skin.names.empty()) {
    static const std::array<std::string, 6> kTypes = {"I", "II", "III", "IV", "V", "VI"};
    const std::string& type = pick(skin, person / "recipe" / "skin");
    auto& levels = population.physiology.melanosome_levels;
    levels.fill(levels[static_cast<std::size_t>(std::find(kTypes.begin(), kTypes.end(), type) -
                                                kTypes.begin())]);
  }
  return draw_subject(population, r.factors, person);
}

void draw_subject(Scenario& s, const Recipe& r, const Assets& assets) {
  const std::uint64_t subject = subject_of(r, s.index);
  const Rng person = Rng(r.seed) / "subject" / subject;
  s.subject_id = subject_id(subject);
  s.subject = draw_person(r, assets, person);
  s.habit_seed = (person / "habit").key();
  s.tendons = draw_tendons(person / "tendons");
  s.tissue = draw_tissue_modes(person / "contact");
  s.split = to_string(split_of(r.seed, r.split_limits, subject));
}

void draw_device(Scenario& s, const Recipe& r) {
  const std::uint64_t unit = subject_of(r, s.index) % static_cast<std::uint64_t>(r.units);
  s.watch = watch_of(r, s.index);
  s.device_id = s.watch + "/" + std::to_string(unit);
  s.device_seed = (Rng(r.seed) / "device" / s.watch / unit).key();
}

void draw_wear(Scenario& s, const Recipe& r, const Rng& rng) {
  s.side = pick(r.sides, rng / "side") == "left" ? Side::left : Side::right;
  s.strap = pick(r.straps, rng / "strap");
  s.wear.pressure = take(s, r, "wear.pressure", r.pressure, rng / "pressure");
  s.wear.distance_to_wrist =
      take(s, r, "wear.distance_to_wrist", r.distance_to_wrist, rng / "distance");
  s.wear.roll = take(s, r, "wear.roll", r.roll, rng / "roll");
  s.wear.crown_left = pick(r.crowns, rng / "crown") == "left";
  s.wear.wetness = take(s, r, "wear.wetness", r.wetness, rng / "wetness");
  s.placement_id = placement_id(s.side, s.wear.pressure);
}

// The day a recording is cut from, if there is one.
std::optional<DayPart> day_of(const Recipe& r, std::uint64_t index) {
  if (!r.timeline || r.timeline->recordings_per_day == 1) return std::nullopt;
  const auto subjects = static_cast<std::uint64_t>(r.subjects),
             parts = static_cast<std::uint64_t>(r.timeline->recordings_per_day);
  const std::uint64_t round = index / subjects, day = round / parts;
  const Rng rng = Rng(r.seed) / "day" / subject_of(r, index) / day;
  return DayPart{day, round % parts, rng.key()};
}

}  // namespace

Scenario draw_scenario(const Recipe& r, const Assets& assets, std::uint64_t index) {
  const Rng own = Rng(r.seed) / "recording" / index;
  Scenario s;
  s.index = index;
  s.seed = (own / "run").key();
  s.fidelity = r.fidelity;
  s.duration_s = recording_duration(r, index);
  s.day = day_of(r, index);
  const Rng rng = s.day ? Rng(s.day->seed) : own;  // one day: drawn the same for every part of it
  draw_subject(s, r, assets);
  draw_motion(s, r, assets, rng / "motion");
  draw_device(s, r);
  draw_wear(s, r, rng);
  s.illuminance_lux = take(s, r, "environment.illuminance_lux", r.illuminance_lux, rng / "light");
  const double temperature =
      take(s, r, "environment.temperature", r.temperature, rng / "temperature");
  const double worn_for = take(s, r, "environment.worn_for", r.worn_for, rng / "worn_for");
  s.warm_up = draw_warm_up(temperature, worn_for, rng / "warm_up");
  if (s.day) s.warm_up.worn_s += s.duration_s * static_cast<double>(s.day->sequence);
  s.imu = draw_effects(s, r, rng / "imu_effects");
  s.earth = draw_earth(s, r, rng / "earth");
  s.transport = draw_transport(s, r, rng / "transport");
  s.sensor = draw_sensor(s, r, rng / "sensor");
  return s;
}

}  // namespace wrist
