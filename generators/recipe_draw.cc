// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "generators/library.h"
#include "generators/recipe.h"
#include "motions/edit.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

// Which split a subject belongs to: subjects in a drawn order, the first to test, the next to
// validation.
std::string split_of(const Recipe& r, std::uint64_t subject) {
  const Rng rng = Rng(r.seed) / "split";
  const double mine = (rng / subject).uniform();
  std::int64_t before = 0;
  for (std::int64_t s = 0; s < r.subjects; ++s)
    before += (rng / static_cast<std::uint64_t>(s)).uniform() < mine;
  const double place = (static_cast<double>(before) + 0.5) / static_cast<double>(r.subjects);
  if (place < r.test_share) return "test";
  return place < r.test_share + r.validation_share ? "validation" : "train";
}

double draw(const std::array<double, 2>& range, const Rng& rng) {
  return range[0] + (range[1] - range[0]) * rng.uniform();
}

template <typename T>
const T& choose(const std::vector<T>& list, const Rng& rng) {
  return list[rng.below(list.size())];
}

// Which activity carries a class this time, and what is laid over it.
MotionPart draw_part(const Assets& assets, const std::string& name, const Rng& rng) {
  const MovementSpec& movement = library_class(assets, name);
  return {choose(activities_of(movement), rng / "activity"), movement.event ? name : "", 0};
}

// What follows the first activity: classes of the recipe by chance, in about equal shares of time.
void draw_chain(MotionParams& motion, const Recipe& r, const Assets& assets, const Rng& rng) {
  const auto more = static_cast<std::uint64_t>(r.chain[1] - r.chain[0] + 1);
  const std::int64_t parts = r.chain[0] + static_cast<std::int64_t>((rng / "parts").below(more));
  const double share = r.duration_s / static_cast<double>(parts);
  for (std::int64_t k = 1; k < parts; ++k) {
    const Rng one = rng / static_cast<std::uint64_t>(k);
    MotionPart part = draw_part(assets, choose(r.classes, one / "class"), one);
    part.start_s = share * (static_cast<double>(k) + 0.3 * ((one / "start").uniform() - 0.5));
    motion.then.push_back(part);
  }
  motion.transition_s = r.transition_s;
}

// On top of tempo and amplitude. Streams of its own, so that a recipe without styles is as it was.
void draw_style(MotionParams& motion, const Recipe& r, const Assets& assets, const Rng& rng) {
  motion.warp = draw(r.warp, rng / "warp");
  if (r.styles.empty()) return;
  const auto chosen = std::next(
      r.styles.begin(), static_cast<std::ptrdiff_t>((rng / "which").below(r.styles.size())));
  const StyleSpec& style = assets.style(chosen->first);
  motion.style = chosen->first;
  motion.tempo *= draw(style.tempo, rng / "tempo");
  motion.amplitude *= draw(style.amplitude, rng / "amplitude");
  motion.warp = std::min(kMostWarp, motion.warp + draw(style.warp, rng / "more_warp"));
  motion.lean = draw(style.lean, rng / "lean");
  motion.elbow = draw(style.elbow, rng / "elbow");
  motion.restless = draw(style.restless, rng / "restless");
}

void draw_motion(Scenario& s, const Recipe& r, const Assets& assets, std::uint64_t round,
                 const Rng& rng) {
  s.motion.tempo = draw(r.tempo, rng / "tempo");
  s.motion.amplitude = draw(r.amplitude, rng / "amplitude");
  draw_style(s.motion, r, assets, rng / "style");
  if (!r.clips.empty()) {
    const ClipSource& clip = r.clips[round % r.clips.size()];
    s.motion.clip = clip.name;
    s.motion.clip_class = s.class_name = clip.class_name;
    if (r.gestures.empty()) return;
    s.motion.gesture = r.gestures[round / r.clips.size() % r.gestures.size()];
    s.class_name = s.motion.gesture;
    return;
  }
  s.class_name = r.classes[round % r.classes.size()];
  const MotionPart first = draw_part(assets, s.class_name, rng);
  s.motion.activity = first.activity;
  s.motion.gesture = first.gesture;
  s.motion.fatigue = draw(r.fatigue, rng / "fatigue");
  draw_chain(s.motion, r, assets, rng / "chain");
}

ImuEffects draw_effects(const Recipe& r, const Rng& rng) {
  ImuEffects effects;
  for (const ImuEffectName& effect : kImuEffects)
    if (const auto range = r.imu.find(effect.name); range != r.imu.end())
      effects.*effect.value = draw(range->second, rng / effect.name);
  return effects;
}

EarthField draw_earth(const Recipe& r, const Rng& rng) {
  return {draw(r.earth.magnitude, rng / "magnitude"),
          draw(r.earth.inclination, rng / "inclination"),
          draw(r.earth.declination, rng / "declination"), draw(r.earth.north, rng / "north")};
}

TransportParams draw_transport(const Recipe& r, const Rng& rng) {
  return {draw(r.transport.clock, rng / "clock"), draw(r.transport.skew, rng / "skew"),
          draw(r.transport.latency, rng / "latency"), draw(r.transport.jitter, rng / "jitter"),
          draw(r.transport.loss, rng / "loss")};
}

}  // namespace

std::string subject_id(std::uint64_t subject) {
  const std::string number = std::to_string(subject);
  return "person-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

std::vector<std::string> device_ids(const Recipe& r) {
  std::vector<std::string> ids;
  for (const std::string& watch : r.watches)
    for (std::int64_t unit = 0; unit < r.units; ++unit)
      ids.push_back(watch + "/" + std::to_string(unit));
  return ids;
}

std::string placement_id(Side side, double pressure) {
  constexpr double kLoose = 2500, kTight = 7000;  // Pa
  return to_string(side) + (pressure < kLoose ? "-loose" : pressure > kTight ? "-tight" : "-snug");
}

std::vector<std::string> placement_ids() {
  return {"left-loose", "left-snug", "left-tight", "right-loose", "right-snug", "right-tight"};
}

Scenario draw_scenario(const Recipe& r, const Assets& assets, std::uint64_t index) {
  const Rng rng = Rng(r.seed) / "recording" / index;
  const auto subjects = static_cast<std::uint64_t>(r.subjects);
  const std::uint64_t subject = index % subjects, round = index / subjects;
  Scenario s;
  s.index = index;
  s.seed = (rng / "run").key();
  s.fidelity = r.fidelity;
  s.duration_s = r.duration_s;
  s.subject_id = subject_id(subject);
  const Rng person = Rng(r.seed) / "subject" / subject;
  PopulationSpec population = assets.population(r.population);
  population.physiology = r.physiology;
  s.subject = draw_subject(population, person);
  s.habit_seed = (person / "habit").key();
  s.tendons = draw_tendons(person / "tendons");
  s.tissue = draw_tissue_modes(person / "contact");
  s.split = split_of(r, subject);
  // Clips go round first, so that every clip is recorded once before any is recorded twice.
  draw_motion(s, r, assets, r.clips.empty() ? round : index, rng / "motion");
  s.side = choose(r.sides, rng / "side");
  const auto shard = index % static_cast<std::uint64_t>(r.shards);
  s.watch = r.watches[shard % r.watches.size()];
  const std::uint64_t unit = subject % static_cast<std::uint64_t>(r.units);
  s.device_id = s.watch + "/" + std::to_string(unit);
  s.device_seed = (Rng(r.seed) / "device" / s.watch / unit).key();
  s.strap = choose(r.straps, rng / "strap");
  s.wear.pressure = draw(r.pressure, rng / "pressure");
  s.wear.distance_to_wrist = draw(r.distance_to_wrist, rng / "distance");
  s.wear.roll = draw(r.roll, rng / "roll");
  s.wear.crown_left = choose(r.crowns, rng / "crown") == "left";
  s.wear.wetness = draw(r.wetness, rng / "wetness");
  s.placement_id = placement_id(s.side, s.wear.pressure);
  s.illuminance_lux = draw(r.illuminance_lux, rng / "light");
  s.warm_up = draw_warm_up(draw(r.temperature, rng / "temperature"),
                           draw(r.worn_for, rng / "worn_for"), rng / "warm_up");
  s.imu = draw_effects(r, rng / "imu_effects");
  s.earth = draw_earth(r, rng / "earth");
  s.transport = draw_transport(r, rng / "transport");
  return s;
}

std::vector<ClassInfo> recipe_classes(const Recipe& r, const Assets& assets) {
  std::vector<std::string> names = r.classes;
  for (const ClipSource& clip : r.clips)
    if (!clip.class_name.empty()) names.push_back(clip.class_name);
  names.insert(names.end(), r.gestures.begin(), r.gestures.end());
  // What gestures are laid over is labelled too.
  for (const std::string& name : r.classes)
    for (const std::string& under : activities_of(library_class(assets, name))) {
      const MovementSpec& activity = assets.movement(under);
      names.push_back(activity.label.empty() ? activity.name : activity.label);
    }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<ClassInfo> classes;
  for (const std::string& name : names) {
    const auto card = assets.classes.find(name);
    require(card != assets.classes.end(), ErrorKind::usage,
            "class \"" + name + "\" has no card in " + (assets.folder / "classes").string());
    classes.push_back(card->second);
  }
  return classes;
}

std::vector<std::uint64_t> shard_indices(const Recipe& r, std::int64_t shard) {
  std::vector<std::uint64_t> indices;
  for (std::int64_t i = shard; i < r.recordings; i += r.shards)
    indices.push_back(static_cast<std::uint64_t>(i));
  return indices;
}

}  // namespace wrist
