// SPDX-License-Identifier: Apache-2.0
#include "sim/body/joint_motion.h"

#include <array>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/quaternion_spline.h"

namespace wrist {
namespace {

constexpr double kShoulderHeight = 0.82;  // over stature; acromion height, ANSUR II
// Rest cascade of the fingers and of the thumb: abduction and the three flexions, rad.
constexpr std::array<double, 4> kFingerRest = {0, 20 * kDegree, 32 * kDegree, 15 * kDegree};
constexpr std::array<double, 4> kThumbRest = {12 * kDegree, 8 * kDegree, 18 * kDegree,
                                              15 * kDegree};

void check_unit(const QuatSeries& q, const char* name) {
  const Series norms = q.square().rowwise().sum();
  require((norms - 1).abs().maxCoeff() < 2e-3, ErrorKind::bad_data,
          std::string(name) + ": expected unit quaternions");
}

// First channel of a group, and of the one after the last.
Index first_channel(Index group) {
  constexpr std::array<Index, kHingeGroup> kFirst = {kRootChannel, kThoraxChannel,
                                                     kShoulderChannel};
  return group < kHingeGroup ? kFirst[static_cast<std::size_t>(group)]
                             : kHingeChannel + group - kHingeGroup;
}

// Each group with its own cutoff; the knots are the same.
Spline fit_by_group(const TimeGrid& time, const Eigen::ArrayXXd& channels, const Series& cutoffs) {
  Spline whole;
  for (Index group = 0; group < kJointGroups; ++group) {
    const Index first = first_channel(group), count = first_channel(group + 1) - first;
    Spline part = fit_spline(time, channels.middleCols(first, count), cutoffs[group]);
    whole.knots = part.knots;
    for (auto& pieces : part.pieces) whole.pieces.push_back(std::move(pieces));
  }
  return whole;
}

}  // namespace

JointMotion rest_motion(const ArmModel& arm, const TimeGrid& time) {
  JointMotion motion;
  motion.time = time;
  motion.clip = "rest";
  motion.p_WT = Series3::Zero(time.count, 3);
  motion.p_WT.col(2) = kShoulderHeight * arm.subject.measure(Measure::stature);
  motion.R_WT = QuatSeries::Zero(time.count, 4);
  motion.R_WT.col(0).setOnes();
  const Eigen::Quaterniond hanging = hanging_shoulder(arm.side);
  motion.R_TU = QuatSeries(time.count, 4);
  motion.R_TU.rowwise() =
      Eigen::Array4d(hanging.w(), hanging.x(), hanging.y(), hanging.z()).transpose();
  motion.angles = Eigen::ArrayXXd::Zero(time.count, kHinges);
  for (int digit = 0; digit < kDigits; ++digit)
    for (int joint = 0; joint < 4; ++joint)
      motion.angles.col(hinge(digit_body(digit, joint))) =
          (digit == 0 ? kThumbRest : kFingerRest)[static_cast<std::size_t>(joint)];
  return motion;
}

JointSplines fit_splines(const JointMotion& motion) {
  check_unit(motion.R_WT, "thorax rotation");
  check_unit(motion.R_TU, "shoulder rotation");
  Eigen::ArrayXXd channels(motion.time.count, kHingeChannel + kHinges);
  channels << motion.p_WT, motion.R_WT, motion.R_TU, motion.angles;
  if (motion.cutoffs_hz.size() == 0) return {fit_spline(motion.time, channels, motion.cutoff_hz)};
  return {fit_by_group(motion.time, channels, motion.cutoffs_hz)};
}

std::vector<JointState> joint_states(const JointSplines& splines, const TimeGrid& grid) {
  const SplineSamples s = sample(splines.spline, grid, 0, kHingeChannel + kHinges);
  std::vector<JointState> states(static_cast<std::size_t>(grid.count));
  for (Index i = 0; i < grid.count; ++i) {
    JointState& state = states[static_cast<std::size_t>(i)];
    const RotationRates thorax = rotation_rates(s, kThoraxChannel, i);
    const RotationRates shoulder = rotation_rates(s, kShoulderChannel, i);
    state.X_WT = {thorax.R, s.value.block<1, 3>(i, kRootChannel).matrix().transpose()};
    state.v_WT = s.first.block<1, 3>(i, kRootChannel).matrix().transpose();
    state.a_WT = s.second.block<1, 3>(i, kRootChannel).matrix().transpose();
    state.w_WT_T = thorax.w;
    state.alpha_WT_T = thorax.alpha;
    state.R_TU = shoulder.R;
    state.w_TU_U = shoulder.w;
    state.alpha_TU_U = shoulder.alpha;
    state.q = s.value.block<1, kHinges>(i, kHingeChannel).transpose();
    state.qd = s.first.block<1, kHinges>(i, kHingeChannel).transpose();
    state.qdd = s.second.block<1, kHinges>(i, kHingeChannel).transpose();
  }
  return states;
}

}  // namespace wrist
