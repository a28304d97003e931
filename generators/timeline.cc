// SPDX-License-Identifier: Apache-2.0
#include "generators/timeline.h"

#include <algorithm>

#include "sim/base/portable_math.h"

namespace wrist {
namespace {

std::vector<MotionPart> draw_parts(const TimelineSpec& spec, double duration_s, double transition_s,
                                   const Rng& rng) {
  std::vector<MotionPart> parts;
  double t = 0;
  for (std::uint64_t k = 0; parts.empty() || t < duration_s - 2 * transition_s; ++k) {
    const std::string& activity = pick(spec.activities, rng / "activity" / k);
    // The same again: it goes on.
    if (parts.empty() || parts.back().activity != activity) parts.push_back({activity, "", t});
    t += draw(spec.stretch, rng / "stretch" / k);
  }
  return parts;
}

std::vector<LaidGesture> draw_events(const TimelineSpec& spec, double duration_s, const Rng& rng) {
  std::vector<LaidGesture> events;
  std::vector<std::string> names;
  std::vector<double> rates;
  double rate = 0;  // 1/s
  for (const auto& [name, hourly] : spec.events) {
    names.push_back(name);
    rates.push_back(hourly);
    rate += hourly / 3600;
  }
  if (rate <= 0) return events;
  const double spacing = spec.spacing_s, rest = 1 / rate - spacing;
  const auto wait = [&](const Rng& one) {
    return spacing - rest * portable::log((one / "wait").uniform());
  };
  // The first as if the process had been going on for ever.
  const Rng first = rng / "first";
  double t = (first / "within").uniform() < rate * spacing ? spacing * (first / "at").uniform()
                                                           : wait(first);
  for (std::uint64_t k = 0; t < duration_s; ++k) {
    const Rng one = rng / k;
    events.push_back({names[pick(rates, names.size(), one / "which")], t});
    t += wait(one);
  }
  return events;
}

}  // namespace

Timeline draw_timeline(const TimelineSpec& spec, double duration_s, double transition_s,
                       const Rng& rng) {
  return {draw_parts(spec, duration_s, transition_s, rng),
          draw_events(spec, duration_s, rng / "events")};
}

Timeline cut(const Timeline& timeline, double from_s, double to_s) {
  Timeline piece;
  for (const MotionPart& part : timeline.parts) {
    if (part.start_s >= to_s) break;
    if (part.start_s <= from_s) piece.parts.clear();
    piece.parts.push_back({part.activity, part.gesture, std::max(0.0, part.start_s - from_s)});
  }
  for (const LaidGesture& event : timeline.events)
    if (event.start_s >= from_s && event.start_s < to_s)
      piece.events.push_back({event.gesture, event.start_s - from_s});
  return piece;
}

}  // namespace wrist
