// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_force.h"

#include <algorithm>
#include <cmath>

#include "sim/base/spline.h"
#include "sim/body/arm_motion.h"
#include "sim/dynamics/arm_world.h"
#include "sim/dynamics/strike_points.h"
#include "sim/dynamics/world_contacts.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kLongest = 0.15;  // s; of a touch that is followed; a longer one is a slow push
constexpr double kBefore = 0.02;   // s; looked at before the touch
constexpr double kCreep = 0.005;   // m/s; below it pads begin to stick [assumed]
constexpr double kYields = 0.006;  // m; how far a place stands back and still touches in a blow: as
                                   // deep as a palm goes into a table at 1-2 m/s [assumed]

// Where a pad stands in the hand.
Vector3d pad_in_hand(const std::array<Pose, kBodies>& poses, const StrikePoint& pad) {
  const Pose X_HB = inverse(poses[static_cast<std::size_t>(Body::hand)]) *
                    poses[static_cast<std::size_t>(pad.body)];
  return X_HB.R * pad.p_B + X_HB.p;
}

// Striker's pad minus struck pad in the hand of the right arm, at the motion's samples.
Series3 pads_apart(const ArmModel& arm, const JointMotion& motion, const Contact& contact,
                   Index first, Index count) {
  const StrikePoint a = strike_points(arm, contact.striker).front();
  const StrikePoint b = strike_points(arm, contact.struck).front();
  Series3 apart(count, 3);
  for (Index i = 0; i < count; ++i) {
    const auto poses = body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(),
                                  motion.angles.row(first + i).transpose());
    Vector3d between = pad_in_hand(poses, a) - pad_in_hand(poses, b);
    between.y() *= arm.mirror();
    apart.row(i) = between.transpose().array();
  }
  return apart;
}

// Friction over normal force where the striker slides with `sliding` (m/s) over what it touches.
Eigen::Array2d friction_of(const Eigen::Vector2d& sliding) {
  const double speed = sliding.norm();
  return -ContactSurface{}.friction * sliding.array() / std::max(speed, kCreep);
}

// How far pads are in each other and slide, from the touch until they have parted.
void plan_pads(ContactPlan& plan, const ArmModel& arm, const JointMotion& motion) {
  const TimeGrid& time = motion.time;
  const Contact& contact = plan.contact;
  plan.depth = Series::Zero(1);
  plan.friction = Eigen::ArrayXXd::Zero(1, 2);
  const double end = std::min({contact.release_s, contact.time_s + kLongest, time.end()}) + kBefore;
  const auto at = [&time](double t) {
    return std::clamp<Index>(static_cast<Index>((t - time.start_s) * time.rate_hz), 0,
                             time.count - 1);
  };
  Index first = at(contact.time_s - kBefore);
  const Index last = std::min(std::max(at(end) + 2, first + 6), time.count - 1);
  first = std::min(first, std::max<Index>(0, last - 6));
  const TimeGrid knots{time.time(first), time.rate_hz, last - first + 1};
  const double from = std::max(contact.time_s, knots.start_s);
  const auto count = static_cast<Index>((std::min(end, knots.end()) - from) * kPlanRate);
  if (knots.count < 6 || count < 2) return;
  const Spline path = fit_spline(knots, pads_apart(arm, motion, contact, first, knots.count), 0);
  const SplineSamples pads = sample(path, {from, kPlanRate, count}, 0, 3);
  const double touching = strike_points(arm, contact.striker).front().radius +
                          strike_points(arm, contact.struck).front().radius;
  plan.depth = touching - pads.value.square().rowwise().sum().sqrt();
  plan.friction = Eigen::ArrayXXd(count, 2);
  for (Index i = 0; i < count; ++i) {
    const Eigen::Matrix3d axes = pair_axes(pads.value.row(i).transpose().matrix());
    const Vector3d velocity = axes.transpose() * pads.first.row(i).transpose().matrix();
    plan.friction.row(i) = friction_of(velocity.tail<2>()).transpose();
  }
}

PairStiffness times(const PairStiffness& pair, double factor) {
  return {factor * pair.stiffness, factor * pair.damping};
}

// Planned depth and its rate, step by step.
class Plan {
 public:
  explicit Plan(const ContactPlan& plan)
      : plan_(plan), surface_(plan.contact, moving(plan.surface), 0, 0) {}

  void move(double time_s, double h) {
    if (plan_.depth.size() == 0) {
      surface_.move(time_s, 0, h);
      depth_ = surface_.height(), rate_ = surface_.rate();
      return;
    }
    const double before = depth_;
    depth_ = own_depth(time_s - plan_.contact.time_s);
    rate_ = moved_ ? (depth_ - before) / h : plan_.contact.closing_speed;
    moved_ = true;
  }
  void yield(double force, double h) {
    if (plan_.depth.size() == 0) surface_.yield(force, h);
  }
  Eigen::Array<double, 1, 2> friction(double time_s) const {
    const auto k = static_cast<Index>(std::max(0., time_s - plan_.contact.time_s) * kPlanRate);
    return plan_.friction.row(std::min(k, plan_.friction.rows() - 1));
  }
  double depth() const { return depth_; }
  double rate() const { return rate_; }

 private:
  // Everything moves along with the plan here: how far it runs in is all that counts.
  static Surface moving(Surface surface) {
    surface.travels = true;
    return surface;
  }
  double own_depth(double since) const {
    const double place = std::max(0., since) * kPlanRate;
    const auto k = static_cast<Index>(place);
    if (k + 1 >= plan_.depth.size()) return -1;
    const double share = place - static_cast<double>(k);
    return (1 - share) * plan_.depth[k] + share * plan_.depth[k + 1];
  }

  const ContactPlan& plan_;
  MovingSurface surface_;
  bool moved_ = false;
  double depth_ = 0, rate_ = 0;
};

// The engine's pads are damped from the first touch on; the world's surfaces grow into it.
double pad_force(const PairStiffness& pair, double depth, double closing_speed) {
  return depth > 0 ? std::max(0., pair.stiffness * depth + pair.damping * closing_speed) : 0;
}

}  // namespace

ContactPlan plan_contact(const ArmModel& arm, const JointMotion& motion, const Contact& contact,
                         double case_mass) {
  ContactPlan plan;
  plan.case_mass = case_mass;
  plan.contact = contact;
  plan.pair = {contact.striker, {}};
  if (contact.other.empty()) {
    const ContactSurface pads;
    plan.pair.struck = contact.struck;
    plan.stiffness = {pads.stiffness, pads.damping};
    plan.shares = {1};
    plan_pads(plan, arm, motion);
    return plan;
  }
  const int part = body_named(contact.other);
  plan.surface = surface_named(part >= 0 ? "palm" : contact.other);  // this hand yields no mass
  if (part >= 0) plan.surface.material = flesh_of(static_cast<Body>(part));
  if (contact.yielding_mass > 0) plan.surface.mass = contact.yielding_mass;
  plan.on_watch = acts_on_watch(contact);
  plan.shares = place_shares(arm, contact.striker, contact.direction_H.normalized(), kYields);
  if (plan.on_watch) {
    plan.stiffness = {plan.surface.material.stiffness,
                      plan.surface.material.stiffness * plan.surface.material.loss_s};
    return plan;
  }
  // The place that stands out most has all of its springs in it, one that stands back less.
  const StrikePoint place = strike_points(arm, contact.striker).front();
  const double most = *std::max_element(plan.shares.begin(), plan.shares.end());
  plan.stiffness = times(in_series(place.flesh, plan.surface.material), 1 / most);
  return plan;
}

Eigen::ArrayX3d contact_force(const ContactPlan& plan, const std::array<Series, 3>& points,
                              double rate_hz, double first_s) {
  const double h = 1 / rate_hz;
  const double longest =
      std::min(plan.contact.release_s - plan.contact.time_s, kLongest) + kLongest / 2;
  const auto most = static_cast<Index>(longest * rate_hz);
  Eigen::ArrayX3d force = Eigen::ArrayX3d::Zero(most, 3);
  Plan planned(plan);
  // A surface comes from before the touch; the first step only tells its rate.
  planned.move(first_s - h, h);
  double yielded = 0;
  for (Index n = 0; n < most; ++n) {
    planned.move(first_s + h * static_cast<double>(n), h);
    // How fast the struck point goes away from what strikes it, by all forces so far.
    double rate = plan.on_watch ? force.col(0).head(n).sum() * h / plan.case_mass : 0;
    for (Index d = 0; d < (plan.on_watch ? 0 : plan.pair.struck ? 3 : 1); ++d) {
      const Series& point = points[static_cast<std::size_t>(d)];
      const Index reach = std::min(n, point.size());
      if (reach > 0)
        rate += h * (force.col(d).segment(n - reach, reach) * point.head(reach).reverse()).sum();
    }
    yielded += h * rate;
    const double depth = planned.depth() - yielded, closing = planned.rate() - rate;
    force(n, 0) = plan.pair.struck ? pad_force(plan.stiffness, depth, closing)
                                   : pressing_force(plan.stiffness, depth, closing);
    if (plan.pair.struck)
      force.row(n).tail<2>() = force(n, 0) * planned.friction(first_s + h * static_cast<double>(n));
    planned.yield(force(n, 0), h);
  }
  return force;
}

}  // namespace wrist
