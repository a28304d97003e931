// SPDX-License-Identifier: Apache-2.0
#include "generators/movement_file.h"

#include <algorithm>
#include <cmath>

#include "generators/sha256.h"
#include "generators/toml_internal.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/held_object.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

Range scaled(const Range& range, double factor) {
  return {range.low * factor, range.high * factor};
}

Range to_range(const std::array<double, 2>& pair) { return {pair[0], pair[1]}; }

Range range_of(const TomlTable& t, const std::string& key, const Range& fallback) {
  return to_range(t.range(key, Dimension::ratio, {fallback.low, fallback.high}));
}

// A range whose numbers must lie within bounds.
Range bounded(const TomlTable& t, const std::string& key, const Range& fallback, double lowest,
              double highest) {
  const Range range = range_of(t, key, fallback);
  if (range.low < lowest || range.high > highest)
    t.fail(key, "numbers from " + std::to_string(lowest) + " to " + std::to_string(highest));
  return range;
}

std::vector<Axis> axes_of(const std::string& key) {
  if (const auto axis = find_axis(key)) return {*axis};
  const std::vector<Axis> fingers = {Axis::curl_index, Axis::curl_middle, Axis::curl_ring,
                                     Axis::curl_little};
  if (key == "curl") return fingers;
  if (key != "fist") return {};
  std::vector<Axis> all = {Axis::curl_thumb};
  all.insert(all.end(), fingers.begin(), fingers.end());
  return all;
}

std::vector<std::string> axis_names() {
  std::vector<std::string> names = {"curl", "fist"};
  for (Index a = 0; a < kAxes; ++a) names.push_back(to_string(static_cast<Axis>(a)));
  return names;
}

// What a number in the file is multiplied by: angles are in degrees there.
double unit_of(Axis axis) { return kind_of(axis) == AxisKind::angle ? kDegree : 1; }

// The greatest value that makes sense: a turn, twice a fist, a fall's length.
double largest_of(Axis axis) {
  switch (kind_of(axis)) {
    case AxisKind::angle:
      return 360;
    case AxisKind::share:
      return 2;
    case AxisKind::length:
      return 3;
  }
  return 0;
}

std::vector<Axis> checked_axes(const TomlTable& t, const std::string& key) {
  const std::vector<Axis> axes = axes_of(key);
  if (!axes.empty()) return axes;
  const auto hint = closest(key, axis_names());
  t.fail(key, "an axis of movement" + (hint ? "; did you mean " + *hint + "?" : std::string()));
}

AxisValue read_axis(const TomlTable& t, const std::string& key, bool relative) {
  const std::vector<Axis> axes = checked_axes(t, key);
  const double most = largest_of(axes[0]);
  return {key, axes, scaled(bounded(t, key, {0, 0}, -most, most), unit_of(axes[0])), relative};
}

void read_pose(PoseSpec& pose, const TomlTable& t, const std::string& key, bool relative) {
  if (!t.has(key)) return;
  const TomlTable table = t.table(key);
  for (const std::string& axis : table.keys()) pose.push_back(read_axis(table, axis, relative));
}

Body read_body(const TomlTable& t, const std::string& key) {
  const std::string name = t.string(key);
  std::vector<std::string> names;
  for (int b = 0; b < kBodies; ++b) {
    names.push_back(to_string(static_cast<Body>(b)));
    if (name == names.back()) return static_cast<Body>(b);
  }
  const auto hint = closest(name, names);
  t.fail(key, "a body of the arm" + (hint ? "; did you mean " + *hint + "?" : std::string()));
}

TouchSpec read_touch(const TomlTable& t) {
  TouchSpec touch;
  touch.striker = read_body(t, "striker");
  touch.other = t.string("other");
  touch.at = t.number("at", touch.at);
  if (touch.at < 0 || touch.at > 1) t.fail("at", "a share from 0 to 1");
  touch.speed = bounded(t, "speed", touch.speed, 0, 20);
  touch.mass = bounded(t, "mass", touch.mass, 0, 10);
  touch.hold_s = t.number("hold", touch.hold_s);
  return touch;
}

JoltSpec read_jolt(const TomlTable& t) {
  JoltSpec jolt;
  jolt.axis = checked_axes(t, t.string("axis", to_string(jolt.axis))).front();
  jolt.at = t.number("at", jolt.at);
  if (jolt.at < 0 || jolt.at > 1) t.fail("at", "a share from 0 to 1");
  jolt.frequency_hz = bounded(t, "hz", jolt.frequency_hz, 0.5, 40);
  const bool angle = kind_of(jolt.axis) == AxisKind::angle;
  const double most = angle ? 30000 : 300;  // deg/s2, m/s2
  jolt.accel = scaled(bounded(t, "accel", jolt.accel, -most, most), angle ? kDegree : 1);
  jolt.decay_s = bounded(t, "decay", jolt.decay_s, 0.005, 5);
  return jolt;
}

template <typename Item, typename Read>
void read_list(std::vector<Item>& list, const TomlTable& t, const std::string& key,
               const Read& read) {
  if (!t.has(key)) return;
  for (const TomlTable& item : t.tables(key)) list.push_back(read(item));
}

StrokeShape read_shape(const TomlTable& t) {
  const std::string name = t.string("stroke", "minimum_jerk");
  if (name == "minimum_jerk") return StrokeShape::minimum_jerk;
  if (name == "lognormal") return StrokeShape::lognormal;
  if (name == "strike") return StrokeShape::strike;
  t.fail("stroke", "minimum_jerk, lognormal or strike");
}

PhaseSpec read_phase(const TomlTable& t) {
  PhaseSpec phase;
  phase.name = t.string("name");
  phase.duration_s = bounded(t, "duration", {0.3, 0.3}, 0.02, 600);
  read_pose(phase.to, t, "to", false);
  read_pose(phase.to, t, "by", true);
  phase.shape = read_shape(t);
  phase.overlap = t.number("overlap", 0);
  if (phase.overlap < 0 || phase.overlap > 0.8) t.fail("overlap", "a share from 0 to 0.8");
  phase.loop = t.string("loop", "");
  read_list(phase.touches, t, "touch", read_touch);
  read_list(phase.jolts, t, "jolt", read_jolt);
  return phase;
}

SwingSpec read_swing(const TomlTable& axes, const std::string& key) {
  SwingSpec swing{key, checked_axes(axes, key), {0, 0}, 0, 1};
  const double unit = unit_of(swing.axes[0]), most = largest_of(swing.axes[0]);
  if (!axes.node(key).is_table()) {
    swing.amplitude = scaled(bounded(axes, key, {0, 0}, -most, most), unit);
    return swing;
  }
  const TomlTable t = axes.table(key);
  swing.amplitude = scaled(bounded(t, "size", {0, 0}, -most, most), unit);
  swing.phase = t.number("phase", 0);
  swing.harmonic = t.number("harmonic", 1);
  return swing;
}

RhythmSpec read_rhythm(const TomlTable& t) {
  RhythmSpec rhythm;
  rhythm.name = t.string("name");
  if (t.has("during")) rhythm.during = t.strings("during");
  rhythm.hz = bounded(t, "hz", {1, 1}, 0.02, 40);
  if (t.has("hz_end")) rhythm.hz_end = bounded(t, "hz_end", {1, 1}, 0.02, 40);
  rhythm.drift = t.number("drift", rhythm.drift);
  rhythm.size_cv = t.number("size_cv", rhythm.size_cv);
  if (t.has("axes")) {
    const TomlTable axes = t.table("axes");
    for (const std::string& key : axes.keys()) rhythm.swings.push_back(read_swing(axes, key));
  }
  read_list(rhythm.touches, t, "touch", read_touch);
  read_list(rhythm.jolts, t, "jolt", read_jolt);
  return rhythm;
}

NoiseSpec read_noise(const TomlTable& t) {
  NoiseSpec noise;
  noise.name = t.string("name");
  if (t.has("during")) noise.during = t.strings("during");
  noise.hz = bounded(t, "hz", noise.hz, 0, 40);
  noise.bandwidth_hz = bounded(t, "bandwidth", noise.bandwidth_hz, 0.05, 20);
  read_pose(noise.rms, t, "rms", false);
  return noise;
}

LoopSpec read_loop(const TomlTable& t) {
  const Range count = bounded(t, "count", {1, 1}, 1, 1000);
  if (std::floor(count.low) != count.low || std::floor(count.high) != count.high)
    t.fail("count", "whole numbers");
  return {t.string("name"), count};
}

void check_phase(const TomlTable& t, const MovementSpec& spec, const std::string& key,
                 const std::string& name) {
  std::vector<std::string> names;
  for (const PhaseSpec& phase : spec.phases) names.push_back(phase.name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  const auto hint = closest(name, names);
  t.fail(key,
         "a phase of this movement" + (hint ? "; did you mean " + *hint + "?" : std::string()));
}

void check_references(const TomlTable& t, const MovementSpec& spec) {
  for (const RhythmSpec& rhythm : spec.rhythms)
    for (const std::string& name : rhythm.during) check_phase(t, spec, "rhythm", name);
  for (const NoiseSpec& noise : spec.noises)
    for (const std::string& name : noise.during) check_phase(t, spec, "noise", name);
  for (const std::string& name : spec.labelled)
    if (!name.empty()) check_phase(t, spec, "labelled", name);
  for (const PhaseSpec& phase : spec.phases) {
    const auto same = [&phase](const LoopSpec& loop) { return loop.name == phase.loop; };
    if (!phase.loop.empty() && std::none_of(spec.loops.begin(), spec.loops.end(), same))
      t.fail("phase", "a [[loop]] named \"" + phase.loop + "\"");
  }
  if (spec.event && spec.phases.empty()) t.fail("kind", "an event to have at least one [[phase]]");
}

void read_held(MovementSpec& spec, const TomlTable& t) {
  spec.held = t.string("held", "");
  if (!spec.held.empty() && std::ranges::find(held_names(), spec.held) == held_names().end()) {
    const auto hint = closest(spec.held, held_names());
    std::string known;
    for (const std::string& name : held_names()) known += (known.empty() ? "" : ", ") + name;
    t.fail("held", "one of " + known + (hint ? "; did you mean " + *hint + "?" : std::string()));
  }
  if (!t.has("held_during")) return;
  if (spec.held.empty()) t.fail("held_during", "held = \"...\" beside it, which says what");
  spec.held_during = t.strings("held_during");
  for (const std::string& name : spec.held_during) check_phase(t, spec, "held_during", name);
}

void read_kind(MovementSpec& spec, const TomlTable& t) {
  const std::string kind = t.string("kind");
  if (kind != "event" && kind != "activity") t.fail("kind", "event or activity");
  spec.event = kind == "event";
  if (spec.event) {
    spec.over = t.strings("over");
    spec.return_s = bounded(t, "return", spec.return_s, 0.05, 10);
  }
  spec.pause_s = bounded(t, "pause", spec.event ? spec.pause_s : Range{0, 0}, 0, 60);
}

}  // namespace

MovementSpec read_movement(const fs::path& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  MovementSpec spec;
  spec.file = file.string();
  spec.sha256 = file_sha256(file);
  spec.name = t.string("name");
  if (spec.name != file.stem().string()) t.fail("name", "the name of the file");
  spec.definition = t.string("definition");
  spec.parent = t.string("parent");
  spec.prompts = t.strings("prompts");
  spec.sources = t.strings("sources");
  spec.label = t.string("label", "");
  spec.rare = t.boolean("rare", false);
  spec.mirror = t.string("mirror", "");
  read_kind(spec, t);
  read_pose(spec.pose, t, "pose", false);
  read_list(spec.phases, t, "phase", read_phase);
  read_list(spec.loops, t, "loop", read_loop);
  read_list(spec.rhythms, t, "rhythm", read_rhythm);
  read_list(spec.noises, t, "noise", read_noise);
  if (t.has("labelled")) {
    const std::vector<std::string> names = t.strings("labelled");
    if (names.size() != 2) t.fail("labelled", "the first and the last phase that carry the label");
    spec.labelled = {names[0], names[1]};
  }
  read_held(spec, t);
  spec.restless = t.number("restless", spec.restless / kDegree) * kDegree;
  spec.advance = bounded(t, "advance", {0, 0}, -12, 12);
  spec.press = scaled(bounded(t, "press", {3, 6}, 0, 12), 1e-3);
  spec.duration_cv = t.number("duration_cv", spec.duration_cv);
  spec.size_cv = t.number("size_cv", spec.size_cv);
  check_references(t, spec);
  t.finish();
  return spec;
}

std::map<std::string, MovementSpec> read_movements(const fs::path& folder) {
  require(fs::is_directory(folder), ErrorKind::usage,
          folder.string() + ": expected a folder of movements");
  std::map<std::string, MovementSpec> all;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".toml") {
      MovementSpec spec = read_movement(entry.path());
      all.emplace(spec.name, std::move(spec));
    }
  for (const auto& [name, spec] : all) {
    require(
        spec.mirror.empty() || all.contains(spec.mirror), ErrorKind::usage,
        spec.file + ": mirror: expected a movement of the library, found \"" + spec.mirror + "\"");
    for (const std::string& under : spec.over)
      require(all.contains(under) && !all.at(under).event, ErrorKind::usage,
              spec.file + ": over: expected activities of the library, found \"" + under + "\"");
  }
  return all;
}

}  // namespace wrist
