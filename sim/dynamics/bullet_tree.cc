// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/bullet_tree.h"

#include <mutex>

#include "sim/base/error.h"

extern btScalar gContactBreakingThreshold;

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kMaxRate = 1e4;              // rad/s; Bullet's own limit of 100 is met by a flick
constexpr double kBreakingThreshold = 0.001;  // m; Bullet's own 0.02 is wider than a finger

// Bullet's links have their frame at the centre of mass; ours at the joint.
void add_link(btMultiBody& tree, const ArmModel& arm, int b) {
  const ArmBody& body = arm.bodies[static_cast<std::size_t>(b)];
  const Vector3d diagonal = body.inertia.diagonal();
  require((body.inertia - Eigen::Matrix3d(diagonal.asDiagonal())).norm() <= 1e-12,
          ErrorKind::internal,
          to_string(static_cast<Body>(b)) + ": expected an inertia along the body's axes");
  const Vector3d p_PCm =
      body.parent < 0 ? Vector3d::Zero() : arm.bodies[static_cast<std::size_t>(body.parent)].p_BCm;
  const btVector3 inertia = to_bullet(diagonal), pivot = to_bullet(Vector3d(body.p_PJ - p_PCm));
  const btVector3 centre = to_bullet(body.p_BCm);
  const btQuaternion R_BP = to_bullet(Eigen::Quaterniond(body.R_PJ).conjugate());
  if (b == 0)
    tree.setupSpherical(b, body.mass, inertia, body.parent, R_BP, pivot, centre, true);
  else
    tree.setupRevolute(b, body.mass, inertia, body.parent, R_BP, to_bullet(body.axis), pivot,
                       centre, true);
}

// A fixed link behind those of the arm. Its frame is the object's: at its centre of mass, along its
// principal axes.
void add_held(btMultiBody& tree, const ArmModel& arm, int link, const HeldObject& held) {
  const btQuaternion R_OH = to_bullet(held.X_HO.R.conjugate());
  const Vector3d p_CmO = held.X_HO.p - arm.body(Body::hand).p_BCm;
  tree.setupFixed(link, held.mass, to_bullet(held.inertia), static_cast<int>(Body::hand), R_OH,
                  to_bullet(p_CmO), {0, 0, 0});
}

}  // namespace

void set_breaking_threshold() {
  static std::once_flag once;
  std::call_once(once, [] { gContactBreakingThreshold = kBreakingThreshold; });
}

std::unique_ptr<btMultiBody> make_tree(const ArmModel& arm, std::span<const HeldObject> held) {
  const int links = kBodies + static_cast<int>(held.size());
  auto tree = std::make_unique<btMultiBody>(links, 1., btVector3(1, 1, 1), true, false);
  for (int b = 0; b < kBodies; ++b) add_link(*tree, arm, b);
  for (int link = kBodies; link < links; ++link)
    add_held(*tree, arm, link, held[static_cast<std::size_t>(link - kBodies)]);
  tree->finalizeMultiDof();
  tree->setLinearDamping(0);  // the defaults of 0.04 drag on absolute velocity
  tree->setAngularDamping(0);
  tree->setMaxCoordinateVelocity(kMaxRate);
  tree->setCanSleep(false);
  tree->setHasSelfCollision(true);
  return tree;
}

}  // namespace wrist
