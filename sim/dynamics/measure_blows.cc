// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/measure_blows.h"

#include <Eigen/SVD>
#include <cmath>

#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/body/arm_motion.h"
#include "sim/dynamics/strike_points.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kImpulse = 1e-5;    // N s; small, so that the answer is linear
constexpr Index kSettled = 40;       // samples before the blow
constexpr double kMotionRate = 240;  // Hz

JointMotion held(const ArmModel& arm, const BlowPose& pose, double elbow, double pronation,
                 double shoulder_flexion) {
  const double duration = (kSettled + kTableSamples + 8) / kTableRate + 0.02;
  JointMotion motion = rest_motion(arm, make_grid(duration, kMotionRate));
  const Quaterniond R_TU = shoulder_rotation(arm.side, shoulder_flexion, 0, 0);
  for (Index i = 0; i < motion.time.count; ++i) {
    set_quaternion(motion.R_TU, i, R_TU);
    for (Index h = hinge(Body::thumb_abduction); h < kHinges; ++h)
      motion.angles(i, h) = pose.fingers[h];
    motion.angles(i, hinge(Body::elbow)) = elbow;
    motion.angles(i, hinge(Body::forearm)) = pronation;
  }
  return motion;
}

struct Struck {
  Body body;
  Vector3d p_B, p_W;
  Quaterniond R_WB;
};

Struck struck_point(const ArmModel& arm, const std::array<Pose, kBodies>& poses, Body body,
                    std::size_t place) {
  const std::vector<StrikePoint> points = strike_points(arm, body);
  Vector3d p_B = Vector3d::Zero();
  for (const StrikePoint& point : points) p_B += point.p_B / static_cast<double>(points.size());
  if (place < points.size()) p_B = points[place].p_B;
  const Pose& X_WB = poses[static_cast<std::size_t>(body)];
  return {body, p_B, X_WB.p + X_WB.R * p_B, X_WB.R};
}

ExternalWrench wrench(const Struck& at, const Vector3d& force_W) {
  const Vector3d force_B = at.R_WB.conjugate() * force_W;
  return {at.body, force_B, at.p_B.cross(force_B)};
}

// What a blow did: the struck point's velocity in W, and the forearm's change, per N s.
struct Answer {
  Series3 velocity_W;  // of a pair, of parting
  Series3 force_F, alpha_F;
};

void move(Struck& s, const Vector3d& by_W) {
  s.p_W += by_W;
  s.p_B += s.R_WB.conjugate() * by_W;
}

Answer strike(const ArmModel& arm, const JointMotion& motion, FullOptions options,
              const std::vector<Struck>& at, const Vector3d& direction_W) {
  options.contacts = false;
  options.rate_hz = kTableRate;
  const Vector3d force = kImpulse * kTableRate * direction_W;
  options.push = {kSettled, {wrench(at[0], force)}};
  if (at.size() > 1) options.push.wrenches.push_back(wrench(at[1], -force));
  for (const Struck& s : at) options.follow.push_back({s.body, s.p_B});
  const PlayedArm played = play_arm(arm, motion, options);
  const auto part = [](const Series3& all, Index from) {
    return Series3(
        (all.middleRows(kSettled + from, kTableSamples).rowwise() - all.row(kSettled - 1)) /
        kImpulse);
  };
  Answer answer{part(played.velocities[0], 1), part(played.forearm.specific_force_B, 0),
                part(played.forearm.alpha_WB_B, 0)};
  if (at.size() > 1) answer.velocity_W -= part(played.velocities[1], 1);
  return answer;
}

// As few shapes as will do. The first sample of an answer is the blow itself: a shape of its own.
Eigen::MatrixXd shapes_of(const Eigen::MatrixXd& series, double tolerance) {
  Eigen::MatrixXd rest = series;
  rest.row(0).setZero();
  const Eigen::RowVectorXd size = rest.colwise().norm().cwiseMax(1e-12);
  rest.array().rowwise() /= size.array();
  const Eigen::BDCSVD<Eigen::MatrixXd> svd(rest * rest.transpose(), Eigen::ComputeThinU);
  Eigen::Index count = 1;
  for (; count < rest.rows(); ++count) {
    const auto U = svd.matrixU().leftCols(count);
    if ((rest - U * (U.transpose() * rest)).colwise().norm().maxCoeff() <= tolerance) break;
  }
  Eigen::MatrixXd shapes(rest.rows(), count + 1);
  shapes << Eigen::VectorXd::Unit(rest.rows(), 0), svd.matrixU().leftCols(count);
  return shapes;
}

}  // namespace

Eigen::ArrayXXd measure_blow(const ArmModel& arm, const BlowPose& pose, double elbow,
                             double pronation, double shoulder_flexion,
                             const FullOptions& options) {
  require(arm.side == Side::right, ErrorKind::usage, "contact table: expected a right arm");
  const JointMotion motion = held(arm, pose, elbow, pronation, shoulder_flexion);
  const auto poses = body_poses(arm, {Quaterniond(1, 0, 0, 0), motion.p_WT.row(0).transpose()},
                                quaternion(motion.R_TU, 0), motion.angles.row(0).transpose());
  std::vector<Struck> at = {struck_point(arm, poses, pose.pair.striker, pose.pair.place)};
  const Eigen::Matrix3d R_WH = poses[static_cast<std::size_t>(Body::hand)].R.toRotationMatrix();
  Eigen::Matrix3d axes = R_WH;
  if (pose.pair.struck) {
    at.push_back(struck_point(arm, poses, *pose.pair.struck, 0));
    axes = R_WH * pair_axes(R_WH.transpose() * (at[0].p_W - at[1].p_W));
    // Their skins touch, not their middles: what rubs them also turns them.
    move(at[0], -axes.col(0) * strike_points(arm, at[0].body).front().radius);
    move(at[1], axes.col(0) * strike_points(arm, at[1].body).front().radius);
  }
  Eigen::ArrayXXd series(kTableSamples, kBlowSeries);
  for (Index d = 0; d < 3; ++d) {
    const Answer a = strike(arm, motion, options, at, axes.col(d));
    series.middleCols(9 * d, 9) << (a.velocity_W.matrix() * axes).array(), a.force_F, a.alpha_F;
  }
  return series;
}

ContactTable measure_contact_table(const ArmModel& arm, const BlowPlan& plan, double tolerance,
                                   int jobs) {
  ContactTable table;
  table.elbow = plan.elbow;
  table.pronation = plan.pronation;
  table.mass = distal_mass(arm);
  table.length = arm.body(Body::forearm).length;
  const std::size_t postures = plan.elbow.size() * plan.pronation.size();
  std::vector<Eigen::ArrayXXd> all(plan.poses.size() * postures);
  parallel_for(static_cast<std::int64_t>(all.size()), jobs, [&](std::int64_t i) {
    const auto k = static_cast<std::size_t>(i);
    const std::size_t e = k % postures / plan.pronation.size(), p = k % plan.pronation.size();
    all[k] = measure_blow(arm, plan.poses[k / postures], plan.elbow[e], plan.pronation[p],
                          plan.shoulder_flexion[e], plan.options);
  });
  Index columns = 0;
  for (const Eigen::ArrayXXd& a : all) columns += a.cols();
  Eigen::MatrixXd series(kTableSamples, columns);
  Index at = 0;
  for (const Eigen::ArrayXXd& a : all) {
    series.middleCols(at, a.cols()) = a.matrix();
    at += a.cols();
  }
  const Eigen::MatrixXd shapes = shapes_of(series, tolerance);
  const Eigen::MatrixXd weights = (shapes.transpose() * series).transpose();
  table.shapes = shapes.array();
  at = 0;
  for (const BlowPose& pose : plan.poses) {
    const Index rows = static_cast<Index>(postures) * kBlowSeries;
    table.entries.push_back({pose.pair, weights.middleRows(at, rows).array()});
    at += rows;
  }
  return table;
}

}  // namespace wrist
