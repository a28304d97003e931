// SPDX-License-Identifier: Apache-2.0
/// What happens when in a day-like recording.
///
///   TimelineSpec -> draw_timeline -> Timeline of a day -> cut -> Timeline of one recording
///
/// Gestures begin at random: the time from one start to the next is the spacing and an exponential
/// rest (a Poisson process with a dead time, in equilibrium from the first second on), so that the
/// rates asked for are the rates on average. What is not over at the end of a recording is left
/// out.
#pragma once

#include "generators/recipe.h"

namespace wrist {

struct Timeline {
  std::vector<MotionPart> parts;    // activities; the first starts at 0
  std::vector<LaidGesture> events;  // rising
};

/// `transition_s`: from one activity to the next; none begins too late to be reached.
Timeline draw_timeline(const TimelineSpec& spec, double duration_s, double transition_s,
                       const Rng& rng);

/// What of it happens from `from_s` to `to_s`, on a clock that starts then.
Timeline cut(const Timeline& timeline, double from_s, double to_s);

}  // namespace wrist
