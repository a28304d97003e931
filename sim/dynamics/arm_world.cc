// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/arm_world.h"

#include <BulletCollision/BroadphaseCollision/btSimpleBroadphase.h>
#include <BulletCollision/CollisionDispatch/btCollisionDispatcher.h>
#include <BulletCollision/CollisionDispatch/btDefaultCollisionConfiguration.h>
#include <BulletCollision/CollisionShapes/btCapsuleShape.h>
#include <BulletDynamics/Featherstone/btMultiBodyConstraintSolver.h>
#include <BulletDynamics/Featherstone/btMultiBodyDynamicsWorld.h>
#include <BulletDynamics/Featherstone/btMultiBodyLinkCollider.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/dynamics/bullet_tree.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr int kPool = 64;  // manifolds and algorithms; the default pools take 7 MB per world
constexpr int kThumbGroup = 64, kFingerGroup = 128;  // above Bullet's own filter bits

btDefaultCollisionConstructionInfo small_pools() {
  btDefaultCollisionConstructionInfo info;
  info.m_defaultMaxPersistentManifoldPoolSize = kPool;
  info.m_defaultMaxCollisionAlgorithmPoolSize = kPool;
  return info;
}

}  // namespace

struct ArmWorld::Engine {
  Engine(const ArmModel& model, const ContactSurface& contact_surface, double h)
      : arm(model),
        surface(contact_surface),
        step_s(h),
        configuration(small_pools()),
        dispatcher(&configuration),
        world(&dispatcher, &broadphase, &solver, &configuration),
        tree(make_tree(model)) {
    world.setGravity({0, 0, 0});  // gravity comes with the thorax's specific force
    world.addMultiBody(tree.get());
  }
  ~Engine() {
    for (auto& collider : colliders) world.removeCollisionObject(collider.get());
    world.removeMultiBody(tree.get());
  }

  void add_tip(Body body, int group, int mask);
  void move_thorax(const JointState& thorax);
  void push_base_acceleration(const JointState& thorax);
  void push(const ExternalWrench& wrench);
  void push(const JointVector& torques);
  void collect_contacts();

  const ArmModel arm;
  const ContactSurface surface;
  const double step_s;
  btDefaultCollisionConfiguration configuration;
  btCollisionDispatcher dispatcher;
  btSimpleBroadphase broadphase{kPool};
  btMultiBodyConstraintSolver solver;
  btMultiBodyDynamicsWorld world;
  std::unique_ptr<btMultiBody> tree;
  std::vector<std::unique_ptr<btCapsuleShapeX>> shapes;
  std::vector<std::unique_ptr<btMultiBodyLinkCollider>> colliders;
  btAlignedObjectArray<btQuaternion> scratch_rotations;
  btAlignedObjectArray<btVector3> scratch_origins;
  std::vector<TipContact> contacts;
};

// A capsule from the joint to the tip. Its frame is the link's, at the middle of the phalanx.
void ArmWorld::Engine::add_tip(Body body, int group, int mask) {
  const ArmBody& b = arm.body(body);
  const double straight = std::max(0.2 * b.radius, 2 * (b.length - b.p_BCm.x() - b.radius));
  shapes.push_back(std::make_unique<btCapsuleShapeX>(b.radius, straight));
  const int link = static_cast<int>(body);
  auto collider = std::make_unique<btMultiBodyLinkCollider>(tree.get(), link);
  collider->setCollisionShape(shapes.back().get());
  collider->setActivationState(DISABLE_DEACTIVATION);
  // Stiffness combines in series, damping adds, friction multiplies.
  collider->setContactStiffnessAndDamping(2 * surface.stiffness, surface.damping / 2);
  collider->setFriction(std::sqrt(surface.friction));
  world.addCollisionObject(collider.get(), group, mask);
  tree->getLink(link).m_collider = collider.get();
  colliders.push_back(std::move(collider));
}

void ArmWorld::Engine::move_thorax(const JointState& t) {
  tree->setBasePos(to_bullet(t.X_WT.p));
  tree->setWorldToBaseRot(to_bullet(t.X_WT.R.conjugate()));
  tree->setBaseVel(to_bullet(t.v_WT));
  tree->setBaseOmega(to_bullet(Vector3d(t.X_WT.R * t.w_WT_T)));
  tree->forwardKinematics(scratch_rotations, scratch_origins);
  for (auto& collider : colliders)
    collider->setWorldTransform(tree->getLink(collider->m_link).m_cachedWorldTransform);
}

// The articulated-body algorithm gives a prescribed base no acceleration. Every link is pushed back
// by what it would feel: with the spatial acceleration a - g - w x v, not the classical one.
void ArmWorld::Engine::push_base_acceleration(const JointState& t) {
  const Vector3d w = t.X_WT.R * t.w_WT_T;
  const btVector3 acceleration =
      to_bullet(Vector3d(t.a_WT + Vector3d(0, 0, kGravity) - w.cross(t.v_WT)));
  const btVector3 alpha = to_bullet(Vector3d(t.X_WT.R * t.alpha_WT_T));
  const btVector3 origin = tree->getBasePos();
  for (int i = 0; i < kBodies; ++i) {
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

void ArmWorld::Engine::collect_contacts() {
  contacts.clear();
  for (int m = 0; m < dispatcher.getNumManifolds(); ++m) {
    const btPersistentManifold& manifold = *dispatcher.getManifoldByIndexInternal(m);
    TipContact contact;
    const auto link = [](const btCollisionObject* o) {
      return btMultiBodyLinkCollider::upcast(o)->m_link;
    };
    contact.finger =
        static_cast<Body>(std::max(link(manifold.getBody0()), link(manifold.getBody1())));
    for (int p = 0; p < manifold.getNumContacts(); ++p) {
      contact.force += manifold.getContactPoint(p).getAppliedImpulse() / step_s;
      contact.depth = std::max(contact.depth, -manifold.getContactPoint(p).getDistance());
    }
    if (contact.force > 0) contacts.push_back(contact);
  }
}

ArmWorld::ArmWorld(const ArmModel& arm, const ContactSurface& surface, double step_s) {
  set_breaking_threshold();
  engine_ = std::make_unique<Engine>(arm, surface, step_s);
  if (surface.stiffness <= 0) return;
  engine_->add_tip(Body::thumb_distal, kThumbGroup, kFingerGroup);
  for (int digit = 1; digit < kDigits; ++digit)
    engine_->add_tip(digit_body(digit, 3), kFingerGroup, kThumbGroup);
}

ArmWorld::~ArmWorld() = default;

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
                    const ExternalWrench& on_body) {
  engine_->move_thorax(thorax);
  engine_->push_base_acceleration(thorax);
  engine_->push(on_body);
  engine_->push(torques);
  engine_->world.stepSimulation(engine_->step_s, 0);
  engine_->collect_contacts();
}

const std::vector<TipContact>& ArmWorld::contacts() const { return engine_->contacts; }

}  // namespace wrist
