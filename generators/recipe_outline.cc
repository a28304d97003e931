// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe_outline.h"

#include <algorithm>

#include "generators/library.h"
#include "sim/base/error.h"

namespace wrist {

const std::string& chance_class(const Recipe& r, const Rng& rng) {
  if (!r.rare) return pick(r.classes, rng / "class");
  const bool rare = (rng / "rare").uniform() < *r.rare;
  return pick(rare ? r.rare_classes : r.usual_classes, rng / "class");
}

std::string subject_id(std::uint64_t subject) {
  const std::string number = std::to_string(subject);
  return "person-" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

std::uint64_t subject_of(const Recipe& r, std::uint64_t index) {
  return index % static_cast<std::uint64_t>(r.subjects);
}

const std::string& watch_of_shard(const Recipe& r, std::int64_t shard) {
  const auto at = static_cast<std::size_t>(shard);
  return r.watches
      .names[r.watch_of_shard.empty() ? at % r.watches.names.size() : r.watch_of_shard[at]];
}

const std::string& watch_of(const Recipe& r, std::uint64_t index) {
  return watch_of_shard(r, static_cast<std::int64_t>(index % static_cast<std::uint64_t>(r.shards)));
}

const std::string& recording_class(const Recipe& r, std::uint64_t index) {
  static const std::string kNone;
  if (r.timeline) return kNone;
  // Clips go round first, so that every clip is recorded once before any is recorded twice.
  if (!r.clips.empty())
    return r.gestures.empty() ? r.clips[index % r.clips.size()].class_name
                              : r.gestures[index / r.clips.size() % r.gestures.size()];
  if (r.rare || !r.classes.weights.empty())
    return chance_class(r, Rng(r.seed) / "recording" / index / "motion");
  return r.classes.names[index / static_cast<std::uint64_t>(r.subjects) % r.classes.names.size()];
}

double recording_duration(const Recipe& r, std::uint64_t index) {
  return draw(r.duration, Rng(r.seed) / "recording" / index / "duration");
}

std::vector<std::string> device_ids(const Recipe& r) {
  std::vector<std::string> ids;
  for (const std::string& watch : r.watches.names)
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

std::vector<std::string> recipe_activities(const Recipe& r, const Assets& assets) {
  if (r.timeline) return r.timeline->activities.names;
  std::vector<std::string> names;
  for (const std::string& name : r.classes.names)
    for (const std::string& activity : activities_of(library_class(assets, name)))
      names.push_back(activity);
  return names;
}

std::vector<ClassInfo> recipe_classes(const Recipe& r, const Assets& assets) {
  std::vector<std::string> names = r.classes.names;
  for (const ClipSource& clip : r.clips)
    if (!clip.class_name.empty()) names.push_back(clip.class_name);
  names.insert(names.end(), r.gestures.begin(), r.gestures.end());
  // What gestures are laid over is labelled too.
  for (const std::string& under : recipe_activities(r, assets)) {
    const MovementSpec& activity = assets.movement(under);
    names.push_back(activity.label.empty() ? activity.name : activity.label);
  }
  if (r.timeline)
    for (const auto& [name, rate] : r.timeline->events) names.push_back(name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<ClassInfo> classes;
  for (const std::string& name : names) {
    const auto card = assets.classes.find(name);
    require(card != assets.classes.end(), ErrorKind::usage,
            "class \"" + name + "\" has no card in " + (assets.folder / "classes").string());
    classes.push_back(card->second);
  }
  // A matrix has no holes: a class of one's own without a card leaves it out.
  if (std::any_of(classes.begin(), classes.end(),
                  [](const ClassInfo& c) { return c.attributes.empty(); }))
    for (ClassInfo& c : classes) c.attributes.clear();
  return classes;
}

std::vector<std::uint64_t> shard_indices(const Recipe& r, std::int64_t shard) {
  std::vector<std::uint64_t> indices;
  for (std::int64_t i = shard; i < r.recordings; i += r.shards)
    indices.push_back(static_cast<std::uint64_t>(i));
  return indices;
}

}  // namespace wrist
