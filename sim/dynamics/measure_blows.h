// SPDX-License-Identifier: Apache-2.0
/// Makes a contact table: strikes the arm in the engine, once per striker, direction and posture.
///
///   posture held by the muscles -> impulse at the struck point -> Bullet -> series -> shapes
#pragma once

#include "sim/dynamics/contact_table.h"
#include "sim/dynamics/full_simulation.h"

namespace wrist {

/// The angles of a hand whose pads touch: of a pair of parts of the hand; rad.
struct BlowPose {
  BlowPair pair;
  Eigen::Array<double, kHinges, 1> fingers;  // only those of the digits are used
};

/// Everything a table is made of.
struct BlowPlan {
  std::vector<double> elbow, pronation;  // rad
  std::vector<double> shoulder_flexion;  // rad; one for each elbow
  std::vector<BlowPose> poses;
  FullOptions options;  // of the engine; contacts are off
};

/// One posture: kTableSamples x kBlowSeries, per N s. Throws as play_arm does.
Eigen::ArrayXXd measure_blow(const ArmModel& right_arm, const BlowPose& pose, double elbow,
                             double pronation, double shoulder_flexion, const FullOptions& options);

/// All of them, in as few shapes as leave at most `tolerance` of any series (root mean square over
/// its own). The arm is a right one. Uses up to `jobs` threads; the same table for any number.
ContactTable measure_contact_table(const ArmModel& right_arm, const BlowPlan& plan,
                                   double tolerance, int jobs);

}  // namespace wrist
