// SPDX-License-Identifier: Apache-2.0
#include "sim/body/arm_motion.h"

#include <algorithm>
#include <memory>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"
#include "sim/body/frame_block.h"
#include "sim/body/quaternion_spline.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

// A rotation by `angle` about a unit axis, without libm.
Matrix3d axis_rotation(const Vector3d& axis, double angle) {
  const portable::SinCos sc = portable::sincos(angle);
  const Vector3d t = (1 - sc.cos) * axis;
  const Vector3d s = sc.sin * axis;
  Matrix3d R;
  // clang-format off
  R << t.x() * axis.x() + sc.cos, t.x() * axis.y() - s.z(), t.x() * axis.z() + s.y(),
       t.x() * axis.y() + s.z(), t.y() * axis.y() + sc.cos, t.y() * axis.z() - s.x(),
       t.x() * axis.z() - s.y(), t.y() * axis.z() + s.x(), t.z() * axis.z() + sc.cos;
  // clang-format on
  return R;
}

// A moving frame: everything in its own axes but the pose.
struct Frame {
  Matrix3d R_WB;
  Vector3d p_WB, v, w, force, alpha;
};

// One outward step over a joint at r in the parent, turned by R_PC, with relative rates in the
// child.
Frame step(const Frame& parent, const Vector3d& r, const Matrix3d& R_PC, const Vector3d& w_rel,
           const Vector3d& alpha_rel) {
  Frame child;
  const Vector3d& w = parent.w;
  const Vector3d w_x_r = w.cross(r);
  const Vector3d w_P = R_PC.transpose() * w;
  child.R_WB = parent.R_WB * R_PC;
  child.p_WB = parent.p_WB + parent.R_WB * r;
  child.v = R_PC.transpose() * (parent.v + w_x_r);
  child.w = w_P + w_rel;
  child.force = R_PC.transpose() * (parent.force + parent.alpha.cross(r) + w.cross(w_x_r));
  child.alpha = R_PC.transpose() * parent.alpha + alpha_rel + w_P.cross(w_rel);
  return child;
}

Frame thorax_frame(const RotationRates& rates, const Vector3d& p, const Vector3d& v,
                   const Vector3d& a) {
  const Matrix3d R = rates.R.toRotationMatrix();
  return {R,          p, R.transpose() * v, rates.w, R.transpose() * (a + Vector3d(0, 0, kGravity)),
          rates.alpha};
}

// Over the hinge of `b`.
Frame hinge_step(const Frame& parent, const ArmBody& b, double q, double qd, double qdd) {
  return step(parent, b.p_PJ, b.R_PJ * axis_rotation(b.axis, q), b.axis * qd, b.axis * qdd);
}

std::vector<int> hinges_to(const ArmModel& arm, Body body) {
  std::vector<int> chain;
  for (int b = static_cast<int>(body); b > 0; b = arm.bodies[static_cast<std::size_t>(b)].parent)
    chain.insert(chain.begin(), b);
  return chain;
}

}  // namespace

RigidSeries body_motion(const ArmModel& arm, const JointSplines& splines, Body body,
                        const TimeGrid& grid, const Pose& X_BP) {
  const std::vector<int> chain = hinges_to(arm, body);
  const Index n = grid.count;
  RigidSeries motion{grid,          QuatSeries(n, 4), Series3(n, 3),
                     Series3(n, 3), Series3(n, 3),    Series3(n, 3)};
  // Value-initialised: lanes past the end of the last block hold numbers too.
  const auto frame = std::make_unique<FrameBlock>();
  const auto turn = std::make_unique<TurnBlock>();
  for (Index first = 0; first < grid.count; first += kFrameLanes) {
    const TimeGrid block{grid.time(first), grid.rate_hz, std::min(kFrameLanes, grid.count - first)};
    const SplineSamples root = sample(splines.spline, block, 0, kHingeChannel);
    load_rotation(*turn, root, kThoraxChannel);
    load_root(*frame, *turn, root, kRootChannel);
    load_rotation(*turn, root, kShoulderChannel);
    step_outward(*frame, arm.body(Body::upper_arm).p_PJ, *turn);
    for (const int b : chain) {
      const ArmBody& link = arm.bodies[static_cast<std::size_t>(b)];
      load_hinge(*turn, Eigen::Quaterniond(link.R_PJ), link.axis,
                 sample(splines.spline, block, kHingeChannel + b - 1, 1));
      step_outward(*frame, link.p_PJ, *turn);
    }
    load_fixed(*turn, X_BP.R);
    step_outward(*frame, X_BP.p, *turn);
    store(*frame, motion, first, block.count);
  }
  return motion;
}

std::array<BodyState, kBodies> body_states(const ArmModel& arm, const JointState& joints,
                                           Body last) {
  const Frame thorax = thorax_frame({joints.X_WT.R, joints.w_WT_T, joints.alpha_WT_T},
                                    joints.X_WT.p, joints.v_WT, joints.a_WT);
  std::array<Frame, kBodies> frames;
  std::array<BodyState, kBodies> states;
  for (std::size_t b = 0; b <= static_cast<std::size_t>(last); ++b) {
    const ArmBody& body = arm.bodies[b];
    const Index h = static_cast<Index>(b) - 1;
    frames[b] = b == 0 ? step(thorax, body.p_PJ, joints.R_TU.toRotationMatrix(), joints.w_TU_U,
                              joints.alpha_TU_U)
                       : hinge_step(frames[static_cast<std::size_t>(body.parent)], body,
                                    joints.q[h], joints.qd[h], joints.qdd[h]);
    const Frame& f = frames[b];
    states[b] = {{Eigen::Quaterniond(f.R_WB), f.p_WB}, f.v, f.w, f.force, f.alpha};
  }
  return states;
}

std::array<Pose, kBodies> body_poses(const ArmModel& arm, const Pose& X_WT,
                                     const Eigen::Quaterniond& R_TU,
                                     const Eigen::Array<double, kHinges, 1>& q) {
  std::array<Pose, kBodies> poses;
  for (std::size_t b = 0; b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[b];
    const Pose& parent = b == 0 ? X_WT : poses[static_cast<std::size_t>(body.parent)];
    const Eigen::Quaterniond turn =
        b == 0 ? R_TU
               : Eigen::Quaterniond(body.R_PJ *
                                    axis_rotation(body.axis, q[static_cast<Index>(b) - 1]));
    poses[b] = parent * Pose{turn, body.p_PJ};
  }
  return poses;
}

}  // namespace wrist
