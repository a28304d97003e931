// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget.h"

#include <cmath>

#include "motions/residual.h"
#include "motions/retarget_angles.h"
#include "motions/retarget_fingers.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

constexpr double kLimitMargin = 4 * kDegree;
constexpr double kLeastHeight =
    0.5;  // shoulder height over stature, below which a clip has no legs

void lay_angle(JointMotion& motion, const ArmModel& arm, Body body, const Series& angle,
               std::vector<std::string>& notes) {
  const ArmBody& limits = arm.body(body);
  Index outside = 0;
  for (Index i = 0; i < angle.size(); ++i) {
    outside += angle[i] < limits.lower || angle[i] > limits.upper;
    motion.angles(i, hinge(body)) = soft_limit(angle[i], limits.lower, limits.upper, kLimitMargin);
  }
  if (outside > 0)
    notes.push_back("the " + to_string(body) + " angle is outside its range in " +
                    std::to_string(outside) + " of " + std::to_string(angle.size()) + " frames, " +
                    std::to_string(std::lround(angle.minCoeff() / kDegree)) + " to " +
                    std::to_string(std::lround(angle.maxCoeff() / kDegree)) +
                    " deg: held at the limit");
}

// Starts above the world's origin, on the floor the clip's lowest joint touches.
void lay_thorax(JointMotion& motion, const ArmFrames& frames, double scale, double stature) {
  const double standing = motion.p_WT(0, 2);
  motion.p_WT = scale * frames.middle_W;
  motion.p_WT.leftCols<2>().rowwise() -= motion.p_WT.row(0).leftCols<2>().eval();
  if (scale * frames.height < kLeastHeight * stature)
    motion.p_WT.col(2) += standing - motion.p_WT.col(2).mean();
  motion.R_WT = frames.R_WT;
}

void lay_shoulder(JointMotion& motion, const QuatSeries& R_WU) {
  for (Index i = 0; i < motion.time.count; ++i) {
    Eigen::Quaterniond R_TU = quaternion(motion.R_WT, i).conjugate() * quaternion(R_WU, i);
    if (i > 0 && R_TU.dot(quaternion(motion.R_TU, i - 1)) < 0) R_TU.coeffs() *= -1;
    set_quaternion(motion.R_TU, i, R_TU.normalized());
  }
}

}  // namespace

JointMotion retarget(const MotionClip& clip, const ArmModel& arm, const CleanSpec& spec,
                     std::vector<std::string>* notes) {
  std::vector<std::string> said;
  const ArmJoints joints = find_arm(clip, arm.side);
  const ArmFrames frames = arm_frames(clip, joints, arm.side, said);
  const ArmAngles angles = arm_angles(frames, arm.side, clip.time.rate_hz, said);

  JointMotion motion = rest_motion(arm, clip.time);
  const double scale = clip_scale(clip, joints, arm);
  lay_thorax(motion, frames, scale, arm.subject.measure(Measure::stature));
  lay_shoulder(motion, angles.R_WU);
  lay_angle(motion, arm, Body::elbow, angles.elbow, said);
  lay_angle(motion, arm, Body::forearm, angles.pronation, said);
  lay_angle(motion, arm, Body::wrist_deviation, angles.deviation, said);
  lay_angle(motion, arm, Body::hand, angles.wrist_flexion, said);
  lay_fingers(motion, clip, joints, frames, arm, scale, said);
  motion.cutoffs_hz = joint_cutoffs(motion, spec);
  said.push_back(cutoff_note(motion.cutoffs_hz));
  motion.clip = clip.name;
  if (notes != nullptr) notes->insert(notes->end(), said.begin(), said.end());
  return motion;
}

}  // namespace wrist
