// SPDX-License-Identifier: Apache-2.0
#include "motions/movement.h"

#include <algorithm>

#include "motions/movement_touch.h"
#include "motions/movement_tracks.h"
#include "motions/stroke.h"
#include "sim/dynamics/held_object.h"

namespace wrist {
namespace {

constexpr double kContactHold = 0.02;  // s; least time in touch

std::string label_of(const MovementSpec& spec) {
  return spec.label.empty() ? spec.name : spec.label;
}

// What the movement starts from: standing at ease, and what its pose says.
Eigen::Array<double, 1, kAxes> first_pose(const MovementSpec& spec, const Drawer& draw) {
  Eigen::Array<double, 1, kAxes> row = rest_axes();
  for (const AxisValue& entry : spec.pose) {
    const double value = draw.size(entry.value, "pose/" + entry.key);
    for (const Axis axis : entry.axes) {
      if (!entry.relative) row[column(axis)] = 0;
      row[column(axis)] += value;
    }
  }
  return row;
}

// Onset and end of one time it is done: of the labelled phases.
Label instance_label(const Instance& instance, int number) {
  const MovementSpec& spec = instance.spec;
  Label label{1e300, -1e300, label_of(spec)};
  for (const Span& span : instance.spans) {
    if (span.instance != number) continue;
    const std::string& name = span.phase->name;
    if (spec.labelled[0].empty() || name == spec.labelled[0])
      label.start_s = std::min(label.start_s, span.start_s);
    if (spec.labelled[1].empty() || name == spec.labelled[1])
      label.end_s = std::max(label.end_s, span.end_s());
  }
  return label;
}

void add_phase_events(Performance& p, const Instance& instance) {
  for (const Span& span : instance.spans)
    p.events.push_back(
        {span.start_s, span.end_s(), instance.spec.name + ":" + span.phase->name, "motion", 1});
}

void plan_touches(Performance& p, const Instance& instance) {
  for (std::size_t k = 0; k < instance.spans.size(); ++k) {
    const Span& span = instance.spans[k];
    for (std::size_t n = 0; n < span.phase->touches.size(); ++n) {
      const TouchSpec& touch = span.phase->touches[n];
      const std::string key = span.phase->name + "/touch" + std::to_string(n);
      const double at = span.start_s + touch.at * span.stroke_s();
      p.touches.push_back({touch, at, at + std::max(touch.hold_s, kContactHold), span.start_s,
                           span.start_s + span.stroke_s(),
                           instance.draw.repeated(touch.speed, key + "/speed", span.key),
                           instance.draw.habitual(touch.mass, key + "/mass")});
    }
  }
}

// One event from each time the hand takes the thing until it lets go.
void add_holding(Performance& p, const Instance& instance) {
  const MovementSpec& spec = instance.spec;
  if (spec.held.empty()) return;
  for (const auto& [start, end] : instance.when(spec.held_during))
    p.events.push_back(holding(spec.held, start, end));
}

void add_parts(Performance& p, const Instance& instance, bool and_return) {
  add_strokes(p, instance, and_return);
  add_rhythms(p, instance);
  add_noises(p, instance);
  add_phase_jolts(p, instance);
  plan_touches(p, instance);
  add_phase_events(p, instance);
  add_holding(p, instance);
}

// One after the other with pauses, until the time is over.
void fill(Instance& instance, const TimeGrid& time) {
  if (instance.spec.phases.empty()) return;
  double t = time.start_s;
  for (int k = 0; t < time.end(); ++k) {
    const Rng one = instance.draw.once() / "pause" / static_cast<std::uint64_t>(k);
    const Range& pause = instance.spec.pause_s;
    t += (pause.low + (pause.high - pause.low) * one.uniform()) * (k == 0 ? one.normal() > 0 : 1);
    const auto spans =
        timetable(instance.spec, instance.draw, k, t, instance.style.tempo * instance.freshness(t));
    instance.spans.insert(instance.spans.end(), spans.begin(), spans.end());
    t = std::max(spans.back().end_s(), t + 1e-3);
  }
}

}  // namespace

Performance perform_activity(const MovementSpec& spec, const ArmModel& arm, const TimeGrid& time,
                             const MovementStyle& style, const Rng& habit, const Rng& once) {
  Instance instance{spec,         style,      Drawer(spec, habit, once), {},
                    time.start_s, time.end(), {time.start_s, time.end()}};
  Performance p;
  p.tracks = {time, Eigen::ArrayXXd(time.count, kAxes)};
  p.tracks.values.rowwise() = first_pose(spec, instance.draw);
  p.advance =
      Series::Constant(time.count, instance.draw.size(spec.advance, "advance") * style.tempo);
  p.press = instance.draw.habitual(spec.press, "press");
  fill(instance, time);
  add_parts(p, instance, false);
  add_restlessness(p, arm, spec.restless, style.restless, once / "restless");

  if (spec.labelled[0].empty()) p.labels.push_back({time.start_s, time.end(), label_of(spec)});
  const int instances = instance.spans.empty() ? 0 : instance.spans.back().instance + 1;
  for (int k = 0; k < instances; ++k) {
    const Label label = instance_label(instance, k);
    if (!spec.labelled[0].empty()) p.labels.push_back(label);
    p.events.push_back({label.start_s, label.end_s, label.class_name, "motion", 1});
  }
  return p;
}

std::optional<double> lay_event(Performance& p, const MovementSpec& spec, double start_s,
                                double latest_s, const MovementStyle& style, const Rng& habit,
                                const Rng& once) {
  const TimeGrid& time = p.tracks.time;
  Instance instance{spec,    style,   Drawer(spec, habit, once), {},
                    start_s, start_s, {time.start_s, time.end()}};
  instance.spans =
      timetable(spec, instance.draw, 0, start_s, style.tempo * instance.freshness(start_s));
  const double back = instance.draw.duration(spec.return_s, "return") / style.tempo;
  instance.end_s = instance.spans.back().end_s() + back;
  if (instance.end_s > latest_s) return std::nullopt;
  p.press = instance.draw.habitual(spec.press, "press");
  add_parts(p, instance, true);
  const Label label = instance_label(instance, 0);
  p.labels.push_back({start_s, instance.end_s, ""});  // the ways there and back are no rest
  p.labels.push_back(label);
  p.events.push_back({label.start_s, label.end_s, label.class_name, "motion", 1});
  return instance.end_s;
}

Performance join(Performance first, const Performance& second, double start_s, double duration_s) {
  const TimeGrid& time = first.tracks.time;
  for (Index i = 0; i < time.count; ++i) {
    const double w = minimum_jerk((time.time(i) - start_s) / duration_s);
    first.tracks.values.row(i) += w * (second.tracks.values.row(i) - first.tracks.values.row(i));
    first.advance[i] += w * (second.advance[i] - first.advance[i]);
  }
  const double middle = start_s + duration_s / 2;
  // Before the middle of the transition what the first says counts, after it the second.
  const auto merge = [middle](auto& into, const auto& from, const auto& begin) {
    std::erase_if(into, [&](auto& item) { return begin(item) >= middle; });
    for (auto item : from)
      if (begin(item) >= middle) into.push_back(item);
  };
  for (Label& label : first.labels) label.end_s = std::min(label.end_s, middle);
  std::erase_if(first.labels, [](const Label& label) { return label.end_s <= label.start_s; });
  for (Label label : second.labels) {
    label.start_s = std::max(label.start_s, middle);
    if (label.end_s > label.start_s) first.labels.push_back(label);
  }
  // What is under way breaks off with its label; what is held is put away, the next thing taken.
  for (Event& e : first.events) e.end_s = std::min(e.end_s, middle);
  merge(first.events, second.events, [](const Event& e) { return e.start_s; });
  for (Event e : second.events)
    if (e.start_s < middle && e.end_s > middle)
      e.start_s = middle, first.events.push_back(e);
  merge(first.touches, second.touches, [](const PlannedTouch& t) { return t.time_s; });
  return first;
}

JointMotion finish(const Performance& p, const ArmModel& arm, const std::string& name) {
  JointMotion motion = assemble(arm, p.tracks, p.press, p.advance);
  motion.clip = name;
  motion.labels = p.labels;
  motion.events = p.events;
  add_contacts(motion, arm, p.touches);
  return motion;
}

}  // namespace wrist
