// SPDX-License-Identifier: Apache-2.0
#include "motions/clean.h"

#include <algorithm>
#include <cmath>

#include "motions/rotation_series.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr Index kFewestFrames = 12;
// A blend-in lasts until the body moves no faster than this times the clip's 99th percentile.
constexpr double kSettledFactor = 1.2;
constexpr double kLeastJump =
    0.05;  // rad per frame, all joints together; the blend-ins known make 0.7
constexpr double kNyquistShare = 0.35;

// How fast the body's joints turn from each frame to the next, together: rad per frame.
Series turning_speed(const MotionClip& clip) {
  const Index steps = clip.time.count - 1;
  Series squares = Series::Zero(steps);
  for (const ClipJoint& joint : clip.joints) {
    const Series cosine =
        (joint.R_PJ.topRows(steps) * joint.R_PJ.bottomRows(steps)).rowwise().sum();
    squares += (2 * cosine.abs().min(1).acos()).square();
  }
  return squares.sqrt();
}

double percentile99(Series values) {
  double* begin = values.data();
  double* at = begin + (values.size() - 1) * 99 / 100;
  std::nth_element(begin, at, begin + values.size());
  return *at;
}

// Frames at the start that are not the person's motion.
Index artefact_frames(const MotionClip& clip, const CleanSpec& spec) {
  const Index looked_at = spec.max_dropped;
  if (looked_at <= 0 || clip.time.count < looked_at + kFewestFrames) return 0;
  const Series speed = turning_speed(clip);
  const double usual = percentile99(speed.tail(speed.size() - looked_at));
  const double fastest_usual = std::max(spec.start_speed_factor * usual, kLeastJump);
  if (speed.head(looked_at).maxCoeff() < fastest_usual) return 0;
  Index blended = looked_at;
  while (speed[blended - 1] < fastest_usual) --blended;
  while (blended < looked_at && speed[blended] > kSettledFactor * usual) ++blended;
  // The exporter's filter rings for half as long again: 8 frames in all in the CMU clips, where a
  // drop of 7 leaves accelerations at the start five times those of the rest, and of 8 none.
  return std::min(looked_at, blended + (blended + 1) / 2);
}

void drop_first(MotionClip& clip, Index frames) {
  const Index kept = clip.time.count - frames;
  for (ClipJoint& joint : clip.joints) joint.R_PJ = joint.R_PJ.bottomRows(kept).eval();
  clip.root = clip.root.bottomRows(kept).eval();
  clip.time.start_s = 0;
  clip.time.count = kept;
}

}  // namespace

MotionClip clean(MotionClip clip, const CleanSpec& spec) {
  const Index dropped = artefact_frames(clip, spec);
  require(clip.time.count - dropped >= kFewestFrames, ErrorKind::bad_data,
          clip.name + ": expected at least " + std::to_string(kFewestFrames) +
              " frames of motion, found " + std::to_string(clip.time.count - dropped));
  if (dropped > 0) {
    drop_first(clip, dropped);
    clip.notes.push_back("dropped the first " + std::to_string(dropped) +
                         " frames: a rest pose blended into the motion");
  }
  for (ClipJoint& joint : clip.joints) make_continuous(joint.R_PJ);
  return clip;
}

double smoothing_limit(double rate_hz, double cutoff_hz) {
  return std::min(cutoff_hz, kNyquistShare * rate_hz / 2);
}

}  // namespace wrist
