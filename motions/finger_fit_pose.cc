// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdio>

#include "motions/finger_fit.h"
#include "motions/stroke.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

// Takes and lets go, `times` over.
std::vector<Stroke> pose_strokes(const PoseTiming& t, double cycle, int times) {
  std::vector<Stroke> list;
  for (int k = 0; k < times; ++k) {
    const double take = k * cycle + t.rest_s;
    list.push_back({take, t.take_s, 1});
    list.push_back({take + t.take_s + t.hold_s, t.let_go_s, -1});
  }
  return list;
}

std::string said(const PoseTiming& t, int times) {
  char text[160];
  std::snprintf(text, sizeof text,
                "a pose: taken %d times from rest in %.2f s, held for %.2f s, let go of in %.2f s",
                times, t.take_s, t.hold_s, t.let_go_s);
  return text;
}

}  // namespace

FingerFit perform_pose(const HandRecording& pose, const ArmModel& arm, const FingerFitSpec& spec,
                       const PoseTiming& timing) {
  require(pose.count() == 1, ErrorKind::usage,
          pose.name + ": expected a pose of one frame, found " + std::to_string(pose.count()));
  const Eigen::ArrayXXd taken = fit_frames(pose, arm, spec);
  const double cycle = timing.rest_s + timing.take_s + timing.hold_s + timing.let_go_s;
  const int times = static_cast<int>(std::ceil((timing.least_s - timing.rest_s) / cycle));
  FingerFit fit;
  fit.time = {0, spec.rate_hz,
              static_cast<Index>((times * cycle + timing.rest_s) * spec.rate_hz) + 1};
  fit.scale = reach_scale(pose, arm);
  fit.cutoff_hz = spec.cutoff_hz;
  const Series share = strokes(fit.time, pose_strokes(timing, cycle, times));
  const Index fingers = kHinges - hinge(digit_body(0, 0));
  const Eigen::ArrayXXd rest = rest_motion(arm, {0, 1, 1}).angles.rightCols(fingers);
  fit.angles = Eigen::ArrayXXd::Zero(fit.time.count, kHinges);
  fit.angles.rightCols(fingers) =
      rest.replicate(fit.time.count, 1) +
      (share.matrix() * (taken.rightCols(fingers) - rest).matrix()).array();
  fit.notes = pose.notes;
  fit.notes.push_back(said(timing, times));
  return fit;
}

}  // namespace wrist
