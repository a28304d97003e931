// SPDX-License-Identifier: Apache-2.0
/// The hand's own surfaces in Bullet, and only those that can meet each other.
///
///   thumb pad x (fingertips, middle phalanges)     fingertips x palm (clench)
///
/// Neighbouring fingers lie against each other at rest and are not tested.
#pragma once

#include <BulletCollision/CollisionShapes/btCapsuleShape.h>
#include <BulletCollision/CollisionShapes/btMultiSphereShape.h>
#include <BulletDynamics/Featherstone/btMultiBody.h>
#include <BulletDynamics/Featherstone/btMultiBodyDynamicsWorld.h>
#include <BulletDynamics/Featherstone/btMultiBodyLinkCollider.h>

#include <array>
#include <memory>
#include <vector>

#include "sim/dynamics/arm_world.h"

namespace wrist {

/// Bullet's world for one multibody that neither sleeps nor is predicted, and whose pairs touch at
/// one point each.
class HandWorld : public btMultiBodyDynamicsWorld {
 public:
  using btMultiBodyDynamicsWorld::btMultiBodyDynamicsWorld;
  /// New rates from the forces on the tree and from its contacts.
  void step_rates(double h);
};

class HandColliders {
 public:
  HandColliders(const ArmModel& arm, const ContactSurface& surface, btMultiBody& tree);

  void add_to(HandWorld& world);
  void remove_from(HandWorld& world);
  /// Puts the shapes where the links are.
  void follow_links();
  /// Pairs that lie in each other now do not touch until they have been apart.
  void forgive_overlap();
  /// Whether some pair is, or will within the step be, less than a few millimetres apart.
  bool may_touch();

 private:
  struct Shape {
    Body body;
    int group, mask;
    double half_length, radius;  // m; of a capsule along the link
    std::unique_ptr<btCollisionShape> shape;
    std::unique_ptr<btMultiBodyLinkCollider> collider;
  };
  /// Bullet asks this before it makes a pair; a forgiven one stays unmade.
  struct Filter : btOverlapFilterCallback {
    bool needBroadphaseCollision(btBroadphaseProxy* a, btBroadphaseProxy* b) const override;
    std::array<std::array<bool, kBodies>, kBodies> forgiven{};
  };
  double gap(const Shape& a, const Shape& b) const;
  template <class Visit>
  void visit_pairs(Visit&& visit) const;
  void add(Body body, int group, int mask, std::unique_ptr<btCollisionShape> shape);

  const ArmModel& arm_;
  ContactSurface surface_;
  btMultiBody& tree_;
  Eigen::Vector3d palm_end_;  // m; a pad at the knuckles, in the link's frame
  std::vector<Shape> shapes_;
  Filter filter_;
  bool forgiving_ = false;
};

}  // namespace wrist
