// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_hand_time.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "motions/finger_fit.h"

namespace wrist {
namespace {

constexpr double kResampled = 60;    // Hz [assumed]
constexpr Index kFewestFrames = 12;  // as fit_fingers wants
constexpr double kFastest = 0.2;     // s; a hand's quickest stroke [assumed]
constexpr double kLongEnough = 4;    // s; shorter ones are played there and back [assumed]

std::string seconds(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g s", x);
  return text;
}

// The same movement in `duration_s`, every joint turned straight from frame to frame.
MotionClip resampled(const MotionClip& clip, double duration_s) {
  MotionClip out = clip;
  const auto count = static_cast<Index>(std::lround(duration_s * kResampled)) + 1;
  out.time = {0, kResampled, count};
  out.root.resize(count, 3);
  for (ClipJoint& joint : out.joints) joint.R_PJ.resize(count, 4);
  for (Index i = 0; i < count; ++i) {
    const double at = static_cast<double>(i) * static_cast<double>(clip.time.count - 1) /
                      static_cast<double>(count - 1);
    const Index k = std::min(static_cast<Index>(at), clip.time.count - 2);
    const double share = at - static_cast<double>(k);
    out.root.row(i) = (1 - share) * clip.root.row(k) + share * clip.root.row(k + 1);
    for (std::size_t j = 0; j < out.joints.size(); ++j) {
      const QuatSeries& R = clip.joints[j].R_PJ;
      set_quaternion(out.joints[j].R_PJ, i,
                     quaternion(R, k).slerp(share, quaternion(R, k + 1)).normalized());
    }
  }
  return out;
}

}  // namespace

MotionClip slow_enough(const MotionClip& clip) {
  const double duration = static_cast<double>(clip.time.count - 1) / clip.time.rate_hz;
  if (duration >= kFastest && clip.time.count >= kFewestFrames) return clip;
  MotionClip out = resampled(clip, std::max(duration, kFastest));
  if (duration < kFastest)
    out.notes.push_back(seconds(duration) + " is faster than a hand: slowed to " +
                        seconds(kFastest));
  if (clip.time.count < kFewestFrames)
    out.notes.push_back(std::to_string(clip.time.count) + " frames: resampled to 60 Hz");
  return out;
}

HandRecording there_and_back(HandRecording once) {
  const Index n = once.count();
  if (once.time_s[n - 1] >= kLongEnough) return once;
  const PoseTiming timing;
  const double duration = once.time_s[n - 1], cycle = timing.rest_s + timing.hold_s + 2 * duration;
  const auto times = static_cast<Index>(std::ceil((timing.least_s - timing.rest_s) / cycle));
  HandRecording hand = make_hand_recording(once.name, once.side, 2 * n * times + 2);
  hand.tip = once.tip;
  hand.notes = once.notes;
  Index row = 0;
  const auto add = [&](double time, Index frame) {
    hand.time_s[row] = time;
    hand.joints.row(row) = once.joints.row(frame);
    hand.R_LH.row(row) = once.R_LH.row(frame);
    hand.p_LH.row(row++) = once.p_LH.row(frame);
  };
  add(0, 0);
  for (Index k = 0; k < times; ++k) {
    const double start = static_cast<double>(k) * cycle + timing.rest_s,
                 back = start + duration + timing.hold_s;
    for (Index i = 0; i < n; ++i) add(start + once.time_s[i], i);
    for (Index i = n; i-- > 0;) add(back + duration - once.time_s[i], i);
  }
  add(static_cast<double>(times) * cycle + timing.rest_s, 0);
  hand.notes.push_back(seconds(duration) + " long: played there and back " + std::to_string(times) +
                       " times, with holds between");
  return hand;
}

}  // namespace wrist
