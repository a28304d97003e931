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

constexpr double kLongest = 0.15;   // s; of a touch that is followed; a longer one is a slow push
constexpr double kBefore = 0.02;    // s; looked at before the touch
constexpr double kYields = 0.006;   // m; how far a place stands back and still touches in a blow

// Where the pad of `digit_end` stands in the hand.
Vector3d pad_in_hand(const std::array<Pose, kBodies>& poses, const StrikePoint& pad) {
  const Pose X_HB = inverse(poses[static_cast<std::size_t>(Body::hand)]) *
                    poses[static_cast<std::size_t>(pad.body)];
  return X_HB.R * pad.p_B + X_HB.p;
}

// How far two pads would be in each other, as the motion has it, at its own samples.
Series pad_depth(const ArmModel& arm, const JointMotion& motion, const Contact& contact,
                 Index first, Index count) {
  const StrikePoint a = strike_points(arm, contact.striker).front();
  const StrikePoint b = strike_points(arm, contact.struck).front();
  Series depth(count);
  for (Index i = 0; i < count; ++i) {
    const auto poses = body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(),
                                  motion.angles.row(first + i).transpose());
    depth[i] = a.radius + b.radius - (pad_in_hand(poses, a) - pad_in_hand(poses, b)).norm();
  }
  return depth;
}

// The same at kPlanRate, from the touch until the parts have parted.
Series planned_depth(const ArmModel& arm, const JointMotion& motion, const Contact& contact) {
  const TimeGrid& time = motion.time;
  const double end = std::min({contact.release_s, contact.time_s + kLongest, time.end()}) + kBefore;
  const auto at = [&time](double t) {
    return std::clamp<Index>(static_cast<Index>((t - time.start_s) * time.rate_hz), 0,
                             time.count - 1);
  };
  Index first = at(contact.time_s - kBefore), last = std::max(at(end) + 2, first + 6);
  last = std::min(last, time.count - 1);
  first = std::min(first, std::max<Index>(0, last - 6));
  const Index count = last - first + 1;
  if (count < 6) return Series::Zero(1);
  const TimeGrid knots{time.time(first), time.rate_hz, count};
  const Series depth = pad_depth(arm, motion, contact, first, count);
  const double from = std::max(contact.time_s, knots.start_s);
  const auto samples = static_cast<Index>((std::min(end, knots.end()) - from) * kPlanRate);
  if (samples < 2) return Series::Zero(1);
  return sample(fit_spline(knots, depth, 0), {from, kPlanRate, samples}, 0, 1).value;
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

}  // namespace

ContactPlan plan_contact(const ArmModel& arm, const JointMotion& motion, const Contact& contact) {
  ContactPlan plan;
  plan.contact = contact;
  plan.pair = {contact.striker, {}};
  if (contact.other.empty()) {
    const ContactSurface pads;
    plan.pair.struck = contact.struck;
    plan.stiffness = {pads.stiffness, pads.damping};
    plan.shares = {1};
    plan.depth = planned_depth(arm, motion, contact);
    return plan;
  }
  plan.surface = surface_named(contact.other);
  const int part = body_named(contact.other);
  if (part >= 0) plan.surface = {flesh_of(static_cast<Body>(part)), 0.6, 0, 0, true};
  if (contact.yielding_mass > 0) plan.surface.mass = contact.yielding_mass;
  plan.on_watch = acts_on_watch(contact);
  plan.shares =
      place_shares(arm, contact.striker, contact.direction_H.normalized(), kYields);
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

Series contact_force(const ContactPlan& plan, const Series& point, double rate_hz, double first_s) {
  const double h = 1 / rate_hz;
  const double longest =
      std::min(plan.contact.release_s - plan.contact.time_s, kLongest) + kLongest / 2;
  const auto most = static_cast<Index>(longest * rate_hz);
  Series force = Series::Zero(most);
  Plan planned(plan);
  // A surface comes from before the touch; the first step only tells its rate.
  planned.move(first_s - h, h);
  double yielded = 0;
  for (Index n = 0; n < most; ++n) {
    planned.move(first_s + h * static_cast<double>(n), h);
    double rate = 0;  // of the struck point, away from what strikes it
    if (plan.on_watch) {
      rate = force.head(n).sum() * h / plan.case_mass;
    } else {
      const Index reach = std::min(n, point.size());
      if (reach > 0)
        rate = h * (force.segment(n - reach, reach) * point.head(reach).reverse()).sum();
    }
    yielded += h * rate;
    const double depth = planned.depth() - yielded, closing = planned.rate() - rate;
    // The engine's pads are damped from the first touch on, the world's surfaces grow into it.
    force[n] = plan.pair.struck
                   ? (depth > 0 ? std::max(0., plan.stiffness.stiffness * depth +
                                                   plan.stiffness.damping * closing)
                                : 0)
                   : pressing_force(plan.stiffness, depth, closing);
    planned.yield(force[n], h);
  }
  return force;
}

}  // namespace wrist
