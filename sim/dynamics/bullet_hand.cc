// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/bullet_hand.h"

#include <algorithm>
#include <cmath>

#include "sim/dynamics/bullet_tree.h"
#include "sim/dynamics/strike_points.h"

namespace wrist {
namespace {

constexpr int kThumb = 64, kTip = 128, kMiddle = 256,
              kPalm = 512;  // above Bullet's own filter bits
// m; wider than any hand closes in a step, the breaking threshold and the margin of a shape's box.
constexpr double kNear = 0.006;

double half_length(const ArmBody& b) {
  return std::max(0.1 * b.radius, b.length - b.p_BCm.x() - b.radius);
}

// Distance between the segments a +- u and b +- v: Ericson 2005, Real-Time Collision
// Detection, 5.1.9.
double segment_distance(const btVector3& a, const btVector3& u, const btVector3& b,
                        const btVector3& v) {
  const btVector3 d = a - b;
  const double uu = u.length2(), vv = v.length2(), uv = u.dot(v), ud = u.dot(d), vd = v.dot(d);
  const double det = uu * vv - uv * uv;
  const auto clamp = [](double x) { return std::clamp(x, -1., 1.); };
  double s = det > 1e-9 * uu * vv ? clamp((uv * vd - ud * vv) / det) : 0;
  const double t = clamp((uv * s + vd) / vv);
  s = clamp((uv * t - ud) / uu);
  return (d + s * u - t * v).length();
}

// The slab between the pads of the palm, in its link's frame.
std::unique_ptr<btCollisionShape> palm_shape(const ArmModel& arm) {
  std::vector<btVector3> centres;
  std::vector<btScalar> radii;
  for (const StrikePoint& pad : strike_points(arm, Body::hand)) {
    centres.push_back(to_bullet(Eigen::Vector3d(pad.p_B - arm.body(Body::hand).p_BCm)));
    radii.push_back(pad.radius);
  }
  auto shape = std::make_unique<btMultiSphereShape>(centres.data(), radii.data(),
                                                    static_cast<int>(centres.size()));
  shape->setMargin(radii.front());  // its core is flat: deep contacts stay exact
  return shape;
}

}  // namespace

void HandWorld::step_rates(double h) {
  getDispatchInfo().m_timeStep = h;
  getSolverInfo().m_timeStep = h;
  // Bullet would keep the points of steps before, each with the whole stiffness of the pair.
  for (int m = 0; m < getDispatcher()->getNumManifolds(); ++m)
    getDispatcher()->getManifoldByIndexInternal(m)->clearManifold();
  performDiscreteCollisionDetection();
  calculateSimulationIslands();
  solveConstraints(getSolverInfo());
}

HandColliders::HandColliders(const ArmModel& arm, const ContactSurface& surface, btMultiBody& tree)
    : arm_(arm),
      surface_(surface),
      tree_(tree),
      palm_end_(strike_points(arm, Body::hand).back().p_B - arm.body(Body::hand).p_BCm) {
  if (surface.stiffness <= 0) return;
  const auto capsule = [&arm](Body body) {
    const ArmBody& b = arm.body(body);
    return std::make_unique<btCapsuleShapeX>(b.radius, 2 * half_length(b));
  };
  add(Body::thumb_distal, kThumb, kTip | kMiddle, capsule(Body::thumb_distal));
  for (int digit = 1; digit < kDigits; ++digit) {
    add(digit_body(digit, 3), kTip, kThumb | kPalm, capsule(digit_body(digit, 3)));
    add(digit_body(digit, 2), kMiddle, kThumb, capsule(digit_body(digit, 2)));
  }
  add(Body::hand, kPalm, kTip, palm_shape(arm));
}

void HandColliders::add(Body body, int group, int mask, std::unique_ptr<btCollisionShape> shape) {
  const int link = static_cast<int>(body);
  const ArmBody& b = arm_.body(body);
  auto collider = std::make_unique<btMultiBodyLinkCollider>(&tree_, link);
  collider->setCollisionShape(shape.get());
  collider->setActivationState(DISABLE_DEACTIVATION);
  // Stiffness combines in series, damping adds, friction multiplies.
  collider->setContactStiffnessAndDamping(2 * surface_.stiffness, surface_.damping / 2);
  collider->setFriction(std::sqrt(surface_.friction));
  tree_.getLink(link).m_collider = collider.get();
  shapes_.push_back(
      {body, group, mask, half_length(b), b.radius, std::move(shape), std::move(collider)});
}

void HandColliders::add_to(HandWorld& world) {
  world.getPairCache()->setOverlapFilterCallback(&filter_);
  for (Shape& s : shapes_) world.addCollisionObject(s.collider.get(), s.group, s.mask);
}

void HandColliders::remove_from(HandWorld& world) {
  for (Shape& s : shapes_) world.removeCollisionObject(s.collider.get());
}

void HandColliders::follow_links() {
  for (Shape& s : shapes_)
    s.collider->setWorldTransform(tree_.getLink(s.collider->m_link).m_cachedWorldTransform);
}

bool HandColliders::Filter::needBroadphaseCollision(btBroadphaseProxy* a,
                                                    btBroadphaseProxy* b) const {
  if (!(a->m_collisionFilterGroup & b->m_collisionFilterMask) ||
      !(b->m_collisionFilterGroup & a->m_collisionFilterMask))
    return false;
  const auto body = [](const btBroadphaseProxy* proxy) {
    const auto* object = static_cast<const btCollisionObject*>(proxy->m_clientObject);
    return static_cast<std::size_t>(btMultiBodyLinkCollider::upcast(object)->m_link);
  };
  return !forgiven[std::min(body(a), body(b))][std::max(body(a), body(b))];
}

// Between the surfaces, m. To the palm, over the plane of its slab or beyond its end: a lower
// bound.
double HandColliders::gap(const Shape& a, const Shape& b) const {
  const btTransform &X_a = a.collider->getWorldTransform(), &X_b = b.collider->getWorldTransform();
  const btVector3 along_b = b.half_length * X_b.getBasis().getColumn(0);
  const double radii = a.radius + b.radius;
  if (a.group == kThumb) {
    const btVector3 along_a = a.half_length * X_a.getBasis().getColumn(0);
    return segment_distance(X_a.getOrigin(), along_a, X_b.getOrigin(), along_b) - radii;
  }
  const btVector3 tip = X_a.invXform(X_b.getOrigin() + along_b);
  return std::max(std::abs(tip.z() - palm_end_.z()), tip.x() - palm_end_.x()) - radii;
}

// Thumb or palm first, then what it can meet.
template <class Visit>
void HandColliders::visit_pairs(Visit&& visit) const {
  for (const Shape& a : shapes_)
    if (a.group == kThumb || a.group == kPalm)
      for (const Shape& b : shapes_)
        if (a.mask & b.group) visit(a, b);
}

void HandColliders::forgive_overlap() {
  visit_pairs([this](const Shape& a, const Shape& b) {
    const auto [low, high] = std::minmax({a.body, b.body});
    const bool inside = gap(a, b) < 0;
    filter_.forgiven[static_cast<std::size_t>(low)][static_cast<std::size_t>(high)] = inside;
    forgiving_ = forgiving_ || inside;
  });
}

bool HandColliders::may_touch() {
  bool near = false;
  visit_pairs([this, &near](const Shape& a, const Shape& b) {
    const double apart = gap(a, b);
    near = near || apart < kNear;
    if (!forgiving_ || apart <= 0) return;
    const auto [low, high] = std::minmax({a.body, b.body});
    filter_.forgiven[static_cast<std::size_t>(low)][static_cast<std::size_t>(high)] = false;
  });
  return near;
}

}  // namespace wrist
