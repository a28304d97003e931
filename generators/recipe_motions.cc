// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe_motions.h"

#include <algorithm>

#include "generators/library.h"
#include "generators/recipe_parameters.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kMostPerHour = 3600;
constexpr std::int64_t kMostRecordingsPerDay = 1000;

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

void note_movements(Recipe& r, const MovementSpec& movement, const Assets& assets) {
  r.movements[movement.name] = movement.sha256;
  if (!movement.mirror.empty())
    r.movements[movement.mirror] = assets.movement(movement.mirror).sha256;
  for (const std::string& under : activities_of(movement))
    r.movements[under] = assets.movement(under).sha256;
}

void read_gestures(Recipe& r, const TomlTable& t, const Assets& assets) {
  if (t.has("gestures")) r.gestures = t.strings("gestures");
  for (const std::string& name : r.gestures) {
    const MovementSpec& gesture = library_class(assets, name);
    if (!gesture.event)
      t.fail("gestures", "gestures that can be laid over others (\"" + name + "\" is an activity)");
    note_movements(r, gesture, assets);
  }
}

// Those of a mix that are, or are not, marked rare.
Mix part_of(const Mix& mix, bool rare, const Assets& assets) {
  Mix part;
  for (std::size_t i = 0; i < mix.names.size(); ++i) {
    if (library_class(assets, mix.names[i]).rare != rare) continue;
    part.names.push_back(mix.names[i]);
    if (!mix.weights.empty()) part.weights.push_back(mix.weights[i]);
  }
  if (std::all_of(part.weights.begin(), part.weights.end(), [](double w) { return w == 0; }))
    part.weights.clear();
  return part;
}

void read_rare(Recipe& r, const TomlTable& t, const Assets& assets) {
  if (!t.has("rare")) return;
  r.rare = t.quantity("rare", Dimension::ratio);
  if (*r.rare < 0 || *r.rare > 1) t.fail("rare", "a share of the recordings, 0 to 1");
  r.rare_classes = part_of(r.classes, true, assets);
  r.usual_classes = part_of(r.classes, false, assets);
  if (*r.rare > 0 && r.rare_classes.names.empty())
    t.fail("rare", "0, for none of the classes is marked rare");
  if (*r.rare < 1 && r.usual_classes.names.empty())
    t.fail("rare", "1, for all of the classes are marked rare");
}

void read_classes(Recipe& r, const TomlTable& t, const Assets& assets) {
  r.classes = read_mix(t, "classes");
  if (r.classes.names == std::vector<std::string>{"all"}) r.classes = {library_classes(assets), {}};
  for (const std::string& name : r.classes.names)
    note_movements(r, library_class(assets, name), assets);
  read_rare(r, t, assets);
}

void read_styles(Recipe& r, const TomlTable& t, const Assets& assets) {
  if (!t.has("style")) return;
  const Mix mix = read_mix(t, "style");
  for (const std::string& name : mix.names) r.styles[name] = assets.style(name).sha256;
  r.style = mix;
  if (!mix.weights.empty()) return;
  r.style.names.clear();
  for (const auto& [name, hash] : r.styles) r.style.names.push_back(name);
}

// "6 /h", "0.1 /min", or a number per hour.
double per_hour(const TomlTable& t, const std::string& key) {
  if (t.node(key).is_number()) return t.number(key);
  const std::string text = t.string(key);
  for (const auto& [unit, factor] : {std::pair{"/h", 1.0}, {"/min", 60.0}})
    if (text.ends_with(unit)) {
      std::string number = text.substr(0, text.size() - std::string(unit).size());
      while (!number.empty() && number.back() == ' ') number.pop_back();
      try {
        return factor * parse_quantity(number, Dimension::ratio);
      } catch (const Error&) {  // said below
      }
    }
  t.fail(key, "a rate such as \"6 /h\", \"0.1 /min\" or 6, per hour");
}

void read_events(Recipe& r, TimelineSpec& line, const TomlTable& t, const Assets& assets) {
  const TomlTable events = t.table("events");
  double rate = 0;
  for (const std::string& name : events.keys()) {
    const MovementSpec& gesture = library_class(assets, name);
    if (!gesture.event)
      events.fail(name, "a gesture that can be laid over others, not an activity");
    note_movements(r, gesture, assets);
    line.events[name] = per_hour(events, name);
    if (line.events[name] < 0 || line.events[name] > kMostPerHour)
      events.fail(name, "0 to 3600 per hour");
    rate += line.events[name] / 3600;
  }
  line.spacing_s = t.quantity("spacing", Dimension::time, line.spacing_s);
  if (line.spacing_s < 0 || line.spacing_s > 3600) t.fail("spacing", "0 to 3600 s");
  if (rate * line.spacing_s >= 1)
    t.fail("spacing", "less than " + shortest(1 / rate) +
                          " s, which is how often there is an event on average");
}

void read_timeline(Recipe& r, const TomlTable& recipe, const Assets& assets) {
  const TomlTable t = recipe.table("timeline");
  TimelineSpec line;
  line.activities = read_mix(t, "activities");
  for (const std::string& name : line.activities.names) {
    const MovementSpec& activity = assets.movement(name);  // "sit" too, whose class is "rest"
    if (activity.event)
      t.fail("activities", "activities that fill the time (\"" + name + "\" is a gesture)");
    note_movements(r, activity, assets);
  }
  line.stretch = read_law(t, "stretch", stretch_limits(), line.stretch);
  if (lowest(line.stretch) < 2 * highest(r.transition))
    t.fail("stretch", "at least twice the time from one to the next, motions.transition");
  read_events(r, line, t, assets);
  line.recordings_per_day = t.integer_or("recordings_per_day", 1, 1, kMostRecordingsPerDay);
  r.timeline = line;
}

// Which activities gestures are laid over; every class must find one of them among its own.
void read_over(Recipe& r, const TomlTable& t, const Assets& assets) {
  if (t.has("under")) r.under = read_law(t, "under", under_limits(), {});
  if (!t.has("over")) return;
  r.over = read_mix(t, "over");
  for (const std::string& name : r.over.names)
    if (assets.movement(name).event)
      t.fail("over", "activities (\"" + name + "\" is a gesture, and gestures carry none)");
  for (const std::string& name : r.classes.names) {
    const MovementSpec& movement = library_class(assets, name);
    if (movement.event && carriers(movement, r.over).names.empty())
      t.fail("over", "an activity that can carry \"" + name + "\": " + listed(movement.over));
  }
}

// What the recordings are made of: one of three.
void read_source(Recipe& r, const TomlTable& recipe, const TomlTable& t, const Assets& assets) {
  if (recipe.has("timeline") || t.has("clips"))
    for (const char* other : {"over", "under"})
      if (t.has(other)) t.fail(other, "no such key beside [timeline] or clips");
  if (recipe.has("timeline")) {
    for (const char* other : {"clips", "classes", "gestures", "rare", "chain"})
      if (t.has(other)) t.fail(other, "no such key beside [timeline]");
    read_timeline(r, recipe, assets);
  } else if (t.has("clips")) {
    r.clips = read_clips(t);
    r.clip_folder = t.string("clips");
    r.joint_map = t.string("joint_map", "");
    read_gestures(r, t, assets);
  } else {
    read_classes(r, t, assets);
    read_over(r, t, assets);
  }
}

}  // namespace

void read_motions(Recipe& r, const TomlTable& recipe, const Assets& assets) {
  const TomlTable t = recipe.table("motions");
  read_parameters(r, t, "motions");
  check_whole(t, "chain", r.chain);
  read_source(r, recipe, t, assets);
  read_styles(r, t, assets);
}

std::int64_t recordings_once(const Recipe& r) {
  if (r.timeline) return r.subjects * r.timeline->recordings_per_day;
  if (r.clips.empty()) return r.subjects * std::ssize(r.classes.names);
  return std::ssize(r.clips) * std::max<std::int64_t>(1, std::ssize(r.gestures));
}

}  // namespace wrist
