// SPDX-License-Identifier: Apache-2.0
/// Lays a recorded hand onto an arm's fingers.
///
///   HandRecording -> per frame: damped least squares within joint ranges -> angles at its stamps
///   -> monotone cubic onto a uniform grid -> smoothing spline -> FingerFit -> hand_motion
///   one frame, a pose -> the same fit -> taken and let go of -> FingerFit -> hand_motion
///
/// The residuals of a frame, each over its spread: directions of the 15 phalanges in the hand's
/// frame; thumb tip to index tip as a vector, loosely, and as a distance, tightly; every angle from
/// the rest cascade, very loosely (abduction of a fist is not seen otherwise).
/// Size: `scale` is the measured reach over ours, reach being thumb base to index knuckle plus the
/// links of both digits; lengths are compared at the measured size, ours times `scale`.
/// Smoothing gain 1 / (1 + (f / cutoff)^6), no delay: 0.995 at 5 Hz, one half at 12 Hz.
#pragma once

#include "motions/hand_pose.h"
#include "sim/body/joint_motion.h"

namespace wrist {

struct FingerFitSpec {
  double rate_hz = 240;           // of the grid; as parametric motion
  double cutoff_hz = 12;          // of the smoothing; at most 0.35 of the recording's Nyquist rate
  double direction_sd = 0.17;     // rad; of a phalanx [assumed]
  double tip_vector_sd = 0.010;   // m; measured size [assumed]
  double tip_distance_sd = 5e-4;  // m; measured size [assumed]
  double rest_sd = 0.8;           // rad; from the rest cascade [assumed]
  double touch_margin = 0.0015;   // m; pads nearer than touching plus this touch: a tracker's
                                  // accuracy in motion is about 1 mm (Weichert et al. 2013; from
                                  // memory)
};

/// How a pose becomes a movement: rest, take it, hold it, let go, again. All [assumed]: everyday
/// hands close in a third to half a second.
struct PoseTiming {
  double rest_s = 0.7, take_s = 0.35, hold_s = 0.6, let_go_s = 0.45;  // s
  double least_s = 8.5;  // s; as often as it takes: 8 s, and what a recording's ends take
};

struct FingerFit {
  TimeGrid time;           // from 0, within the recording
  Eigen::ArrayXXd angles;  // rad, N x kHinges; the arm's own columns are zero
  double scale = 1;        // measured reach over ours
  double cutoff_hz = 0;    // used
  std::vector<std::string> notes;
};

/// Measured reach over ours.
double reach_scale(const HandRecording& hand, const ArmModel& arm);

/// Distance between our tips of thumb and index, m, at our size.
double tip_distance(const ArmModel& arm, const Eigen::Array<double, kHinges, 1>& angles,
                    TipPoint tip);

/// The fit at the recording's own frames, not smoothed. Shape: hand.count() x kHinges. A recording
/// of one frame, a pose, will do. Throws Error(usage) if the hand is not of the arm's side.
Eigen::ArrayXXd fit_frames(const HandRecording& hand, const ArmModel& arm,
                           const FingerFitSpec& spec);

/// Fitted, resampled, smoothed. Notes say how well the tip distance is followed. Throws
/// Error(bad_data) for fewer than 12 frames or less than 0.1 s.
FingerFit fit_fingers(const HandRecording& hand, const ArmModel& arm, const FingerFitSpec& spec);

/// A pose taken from the rest cascade and let go of again with strokes of minimum jerk, as often as
/// `timing` says, at rest at both ends. Throws Error(usage) for more frames than one.
FingerFit perform_pose(const HandRecording& pose, const ArmModel& arm, const FingerFitSpec& spec,
                       const PoseTiming& timing = {});

/// The recording on an arm at rest with the elbow at 90 deg and the forearm held: the palm turns as
/// recorded where forearm and wrist can follow, its mean heading ahead, else it is held facing
/// down. Where thumb and index pads come to touch, contacts are added. A hand of the other side is
/// mirrored; a pose of one frame is performed. No labels.
JointMotion hand_motion(const HandRecording& hand, const ArmModel& arm, const FingerFitSpec& spec,
                        std::vector<std::string>* notes = nullptr);

}  // namespace wrist
