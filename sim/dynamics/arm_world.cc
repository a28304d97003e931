// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/arm_world.h"

#include <BulletCollision/BroadphaseCollision/btSimpleBroadphase.h>
#include <BulletCollision/CollisionDispatch/btCollisionDispatcher.h>
#include <BulletCollision/CollisionDispatch/btDefaultCollisionConfiguration.h>
#include <BulletDynamics/Featherstone/btMultiBodyConstraintSolver.h>

#include "sim/base/constants.h"
#include "sim/dynamics/bullet_hand.h"
#include "sim/dynamics/bullet_tree.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr int kPool = 64;  // manifolds and algorithms; the default pools take 7 MB per world

btDefaultCollisionConstructionInfo small_pools() {
  btDefaultCollisionConstructionInfo info;
  info.m_defaultMaxPersistentManifoldPoolSize = kPool;
  info.m_defaultMaxCollisionAlgorithmPoolSize = kPool;
  return info;
}

}  // namespace

struct ArmWorld::Engine {
  Engine(const ArmModel& model, const ContactSurface& surface, double h,
         std::span<const HeldObject> held_objects)
      : arm(model),
        step_s(h),
        configuration(small_pools()),
        dispatcher(&configuration),
        world(&dispatcher, &broadphase, &solver, &configuration),
        held(held_objects.begin(), held_objects.end()),
        tree(make_tree(model, held)),
        hand(arm, surface, *tree) {
    world.setGravity({0, 0, 0});  // gravity comes with the thorax's specific force
    world.addMultiBody(tree.get());
    hand.add_to(world);
  }
  ~Engine() {
    hand.remove_from(world);
    world.removeMultiBody(tree.get());
  }

  void move_thorax(const JointState& thorax);
  void push_base_acceleration(const JointState& thorax);
  void push(const ExternalWrench& wrench);
  void push(const JointVector& torques);
  void advance();
  void collect_contacts();

  const ArmModel arm;
  const double step_s;
  btDefaultCollisionConfiguration configuration;
  btCollisionDispatcher dispatcher;
  btSimpleBroadphase broadphase{kPool};
  btMultiBodyConstraintSolver solver;
  HandWorld world;
  const std::vector<HeldObject> held;
  std::unique_ptr<btMultiBody> tree;
  HandColliders hand;
  btAlignedObjectArray<btQuaternion> scratch_rotations;
  btAlignedObjectArray<btVector3> scratch_origins;
  btAlignedObjectArray<btScalar> scratch_numbers;
  btAlignedObjectArray<btVector3> scratch_vectors;
  btAlignedObjectArray<btMatrix3x3> scratch_matrices;
  std::vector<HandContact> contacts;
};

void ArmWorld::Engine::move_thorax(const JointState& t) {
  tree->setBasePos(to_bullet(t.X_WT.p));
  tree->setWorldToBaseRot(to_bullet(t.X_WT.R.conjugate()));
  tree->setBaseVel(to_bullet(t.v_WT));
  tree->setBaseOmega(to_bullet(Vector3d(t.X_WT.R * t.w_WT_T)));
  tree->forwardKinematics(scratch_rotations, scratch_origins);
  hand.follow_links();
}

// The articulated-body algorithm gives a prescribed base no acceleration. Every link is pushed back
// by what it would feel: with the spatial acceleration a - g - w x v, not the classical one.
void ArmWorld::Engine::push_base_acceleration(const JointState& t) {
  const Vector3d w = t.X_WT.R * t.w_WT_T;
  const btVector3 acceleration =
      to_bullet(Vector3d(t.a_WT + Vector3d(0, 0, kGravity) - w.cross(t.v_WT)));
  const btVector3 alpha = to_bullet(Vector3d(t.X_WT.R * t.alpha_WT_T));
  const btVector3 origin = tree->getBasePos();
  for (int i = 0; i < tree->getNumLinks(); ++i) {
    const btMultibodyLink& link = tree->getLink(i);
    if (link.m_mass == 0) continue;
    const btTransform& X = link.m_cachedWorldTransform;
    tree->addLinkForce(i, -link.m_mass * (acceleration + alpha.cross(X.getOrigin() - origin)));
    const btVector3 turned = link.m_inertiaLocal * (alpha * X.getBasis());
    tree->addLinkTorque(i, -(X.getBasis() * turned));
  }
}

void ArmWorld::Engine::push(const ExternalWrench& wrench) {
  const int i = static_cast<int>(wrench.body);
  const btMatrix3x3& R_WB = tree->getLink(i).m_cachedWorldTransform.getBasis();
  const Vector3d about_centre = wrench.moment_B - arm.body(wrench.body).p_BCm.cross(wrench.force_B);
  tree->addLinkForce(i, R_WB * to_bullet(wrench.force_B));
  tree->addLinkTorque(i, R_WB * to_bullet(about_centre));
}

void ArmWorld::Engine::push(const JointVector& torques) {
  for (int axis = 0; axis < 3; ++axis)
    tree->addJointTorqueMultiDof(0, axis, torques.shoulder[axis]);
  for (int h = 0; h < kHinges; ++h) tree->addJointTorque(h + 1, torques.hinges[h]);
}

// Bullet looks for contacts only while some may be near.
void ArmWorld::Engine::advance() {
  if (hand.may_touch() || dispatcher.getNumManifolds() > 0)
    world.step_rates(step_s);
  else
    tree->computeAccelerationsArticulatedBodyAlgorithmMultiDof(
        step_s, scratch_numbers, scratch_vectors, scratch_matrices, false, false, false);
  tree->stepPositionsMultiDof(step_s);
  tree->clearForcesAndTorques();
}

void ArmWorld::Engine::collect_contacts() {
  contacts.clear();
  for (int m = 0; m < dispatcher.getNumManifolds(); ++m) {
    const btPersistentManifold& manifold = *dispatcher.getManifoldByIndexInternal(m);
    const auto body = [](const btCollisionObject* o) {
      return static_cast<Body>(btMultiBodyLinkCollider::upcast(o)->m_link);
    };
    const Body a = body(manifold.getBody0()), b = body(manifold.getBody1());
    HandContact contact{std::max(a, b), std::min(a, b), 0, 0, {}, {}};  // thumb and palm come first
    for (int p = 0; p < manifold.getNumContacts(); ++p) {
      const btManifoldPoint& point = manifold.getContactPoint(p);
      contact.force += point.getAppliedImpulse() / step_s;
      if (p > 0 && -point.getDistance() <= contact.depth) continue;
      contact.depth = -point.getDistance();
      const btVector3 &place = point.m_positionWorldOnB, &normal = point.m_normalWorldOnB;
      contact.p_W = {place.x(), place.y(), place.z()};
      contact.normal_W = (a > b ? 1 : -1) * Vector3d(normal.x(), normal.y(), normal.z());
    }
    if (contact.force > 0) contacts.push_back(contact);
  }
}

ArmWorld::ArmWorld(const ArmModel& arm, const ContactSurface& surface, double step_s,
                   std::span<const HeldObject> held) {
  set_breaking_threshold();
  engine_ = std::make_unique<Engine>(arm, surface, step_s, held);
}

ArmWorld::~ArmWorld() = default;

void ArmWorld::carry(std::size_t i, double share) {
  btMultibodyLink& link = engine_->tree->getLink(kBodies + static_cast<int>(i));
  const HeldObject& held = engine_->held.at(i);
  link.m_mass = share * held.mass;
  link.m_inertiaLocal = to_bullet(Vector3d(share * held.inertia));
}

void ArmWorld::set_joints(const JointState& joints) {
  btMultiBody& tree = *engine_->tree;
  const Eigen::Quaterniond& q = joints.R_TU;
  const double shoulder[4] = {q.x(), q.y(), q.z(), q.w()};
  tree.setJointPosMultiDof(0, shoulder);
  tree.setJointVelMultiDof(0, joints.w_TU_U.data());
  for (int h = 0; h < kHinges; ++h) {
    tree.setJointPos(h + 1, joints.q[h]);
    tree.setJointVel(h + 1, joints.qd[h]);
  }
}

void ArmWorld::forgive_overlap() {
  Engine& e = *engine_;
  e.tree->forwardKinematics(e.scratch_rotations, e.scratch_origins);
  e.hand.follow_links();
  e.hand.forgive_overlap();
}

void ArmWorld::get_joints(JointState& joints) const {
  const btMultiBody& tree = *engine_->tree;
  const btScalar* q = tree.getJointPosMultiDof(0);
  joints.R_TU = Eigen::Quaterniond(q[3], q[0], q[1], q[2]);
  joints.w_TU_U = Eigen::Map<const Vector3d>(tree.getJointVelMultiDof(0));
  for (int h = 0; h < kHinges; ++h) {
    joints.q[h] = tree.getJointPos(h + 1);
    joints.qd[h] = tree.getJointVel(h + 1);
  }
}

void ArmWorld::step(const JointState& thorax, const JointVector& torques,
                    std::span<const ExternalWrench> on_bodies) {
  engine_->move_thorax(thorax);
  engine_->push_base_acceleration(thorax);
  for (const ExternalWrench& wrench : on_bodies) engine_->push(wrench);
  engine_->push(torques);
  engine_->advance();
  engine_->collect_contacts();
}

const std::vector<HandContact>& ArmWorld::contacts() const { return engine_->contacts; }

}  // namespace wrist
