// SPDX-License-Identifier: Apache-2.0
#include "generators/perform.h"

#include <algorithm>

#include "motions/activity.h"
#include "motions/clean.h"
#include "motions/gesture.h"
#include "motions/retarget.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist {
namespace {

constexpr double kMargin = 0.05;       // s; of motion beyond the recording's end
constexpr double kGesturePause = 0.8;  // s; at least this long between gestures

double between(const Rng& rng, double lowest, double highest) {
  return lowest + (highest - lowest) * rng.uniform();
}

// Rows [first, first + count) of a motion, its first row moved to `start_s`.
JointMotion crop(const JointMotion& motion, Index first, Index count, double start_s) {
  JointMotion part = motion;
  part.time = {start_s, motion.time.rate_hz, count};
  part.p_WT = motion.p_WT.middleRows(first, count);
  part.R_WT = motion.R_WT.middleRows(first, count);
  part.R_TU = motion.R_TU.middleRows(first, count);
  part.angles = motion.angles.middleRows(first, count);
  return part;
}

JointMotion perform_clip(const Scenario& s, const ArmModel& arm, const ClipLibrary& clips) {
  JointMotion motion = retarget(clips.clip(s.motion.clip), arm, CleanSpec{});
  motion.time.rate_hz *= s.motion.tempo;  // a faster pace is the same samples on a faster clock
  const Index wanted =
      static_cast<Index>((kLead + s.duration_s + kMargin) * motion.time.rate_hz) + 1;
  motion = crop(motion, 0, std::min(motion.time.count, wanted), -kLead);
  motion.labels.clear();
  if (!s.class_name.empty()) motion.labels = {{0, motion.time.end(), s.class_name}};
  return motion;
}

// Gestures one after the other with pauses between, as many as fit.
void lay_gestures(JointMotion& motion, const ArmModel& arm, double duration_s, const Rng& rng) {
  const DoublePinchStyle habit = draw_double_pinch(rng / "habit");
  double t = between(rng / "first", 0.5, 1.5);
  for (std::uint64_t k = 0;; ++k) {
    const Rng one = rng / "gesture" / k;
    DoublePinchStyle style = draw_double_pinch(one);
    style.close_s = habit.close_s;  // pace is a person's own, rhythm and press vary
    style.open_s = habit.open_s;
    if (t + 2 * style.close_s + style.interval_s + style.open_s > duration_s) return;
    t = lay_double_pinch(motion, arm, t, style) + between(one / "pause", kGesturePause, 2.5);
  }
}

JointMotion perform_library(const Scenario& s, const ArmModel& arm, const Rng& rng) {
  const TimeGrid time{-kLead, kActivityRate,
                      static_cast<Index>((kLead + s.duration_s + kMargin) * kActivityRate) + 1};
  JointMotion motion = perform_activity(s.motion.activity, arm, time,
                                        {s.motion.tempo, s.motion.amplitude}, rng / "activity");
  if (!s.motion.gesture.empty()) {
    lay_gestures(motion, arm, s.duration_s, rng / "gestures");
    motion.clip += "+" + s.motion.gesture;
  }
  return motion;
}

}  // namespace

ClipLibrary::ClipLibrary(const std::vector<ClipSource>& sources, int jobs) {
  for (const ClipSource& source : sources) clips_[source.name] = std::string("not read");
  parallel_for(static_cast<std::int64_t>(sources.size()), jobs, [&](std::int64_t i) {
    const ClipSource& source = sources[static_cast<std::size_t>(i)];
    auto& entry = clips_.at(source.name);
    try {
      entry = clean(import_bvh(source.file), CleanSpec{});
    } catch (const Error& error) {
      entry = std::string(error.what());
    }
  });
}

const MotionClip& ClipLibrary::clip(const std::string& name) const {
  const auto found = clips_.find(name);
  require(found != clips_.end(), ErrorKind::usage, "unknown clip \"" + name + "\"");
  if (const std::string* error = std::get_if<std::string>(&found->second))
    throw Error(ErrorKind::bad_data, *error);
  return std::get<MotionClip>(found->second);
}

double recorded_duration(const Scenario& s, const JointMotion& motion) {
  return std::min(s.duration_s, motion.time.end() - kMargin);
}

JointMotion perform(const Scenario& s, const ArmModel& arm, const ClipLibrary& clips,
                    const Rng& rng) {
  JointMotion motion =
      s.motion.clip.empty() ? perform_library(s, arm, rng) : perform_clip(s, arm, clips);
  const double end = recorded_duration(s, motion);
  require(end >= 0.5, ErrorKind::bad_data,
          motion.clip + ": expected at least 0.5 s of motion, found " + std::to_string(end) + " s");
  for (Label& label : motion.labels) {
    label.start_s = std::clamp(label.start_s, 0.0, end);
    label.end_s = std::clamp(label.end_s, 0.0, end);
  }
  return motion;
}

}  // namespace wrist
