// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_force.h"

#include <algorithm>
#include <cmath>

#include "sim/base/resample.h"
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
constexpr double kYieldTime = 0.0047;  // s; how far a place stands back and still touches, over the
                                       // speed of the blow: sqrt(0.45 kg / 2e4 N/m), two places of
                                       // a palm and the arm behind it
constexpr double kLeastYield = 1e-4;  // m; of the slowest touch [assumed]

// Where a pad stands in the hand.
Vector3d pad_in_hand(const std::array<Pose, kBodies>& poses, const StrikePoint& pad) {
  const Pose X_HB = inverse(poses[static_cast<std::size_t>(Body::hand)]) *
                    poses[static_cast<std::size_t>(pad.body)];
  return X_HB.R * pad.p_B + X_HB.p;
}

// Two pads of a hand over the samples of a motion.
struct Pads {
  StrikePoint striker, struck;
  std::vector<std::array<Pose, kBodies>> poses;
};

Pads pads_of(const ArmModel& arm, const JointMotion& motion, const Contact& contact,
             const TimeGrid& knots) {
  Pads pads{
      strike_points(arm, contact.striker).front(), strike_points(arm, contact.struck).front(), {}};
  const Index first = std::lround((knots.start_s - motion.time.start_s) * motion.time.rate_hz);
  for (Index i = 0; i < knots.count; ++i)
    pads.poses.push_back(body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(),
                                    motion.angles.row(first + i).transpose()));
  return pads;
}

// Striker's pad minus struck pad in the hand of the right arm.
Series3 pads_apart(const ArmModel& arm, const Pads& pads) {
  Series3 apart(std::ssize(pads.poses), 3);
  for (Index i = 0; i < apart.rows(); ++i) {
    const auto& poses = pads.poses[static_cast<std::size_t>(i)];
    apart.row(i) = (pad_in_hand(poses, pads.striker) - pad_in_hand(poses, pads.struck)).array();
  }
  apart.col(1) *= arm.mirror();
  return apart;
}

// m/s, N x 2: of skin on skin, across the line between the pads, where `apart` lies between them.
Eigen::ArrayXXd pads_sliding(const ArmModel& arm, const Pads& pads, const Series3& apart,
                             double rate_hz) {
  const auto between = [&](std::size_t at, const Eigen::Matrix3d& axes, std::size_t touch) {
    const Vector3d mirror(1, arm.mirror(), 1);
    const Vector3d n_H = axes.col(0).cwiseProduct(mirror);
    // The piece of skin that touches at `touch`, where it is at `at`.
    const auto skin = [&](StrikePoint pad, double side) {
      const Pose X_BH = inverse(inverse(pads.poses[touch][static_cast<std::size_t>(Body::hand)]) *
                                pads.poses[touch][static_cast<std::size_t>(pad.body)]);
      pad.p_B += X_BH.R * Vector3d(side * pad.radius * n_H);
      return pad_in_hand(pads.poses[at], pad);
    };
    return Vector3d((skin(pads.striker, -1) - skin(pads.struck, 1)).cwiseProduct(mirror));
  };
  Eigen::ArrayXXd sliding(apart.rows(), 2);
  for (Index i = 0; i < apart.rows(); ++i) {
    const auto at = static_cast<std::size_t>(i), last = pads.poses.size() - 1;
    const std::size_t before = at > 0 ? at - 1 : 0, after = std::min(at + 1, last);
    const Eigen::Matrix3d axes = pair_axes(apart.row(i).transpose().matrix());
    const Vector3d moved = between(after, axes, at) - between(before, axes, at);
    sliding.row(i) = (axes.rightCols(2).transpose() * moved).transpose().array() * rate_hz /
                     static_cast<double>(after - before);
  }
  return sliding;
}

// How far pads are in each other and slide, from the touch until they have parted.
void plan_pads(ContactPlan& plan, const ArmModel& arm, const JointMotion& motion) {
  const TimeGrid& time = motion.time;
  const Contact& contact = plan.contact;
  plan.depth = Series::Zero(1);
  plan.sliding = Eigen::ArrayXXd::Zero(1, 2);
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
  const Pads pads = pads_of(arm, motion, contact, knots);
  const Series3 apart = pads_apart(arm, pads);
  const TimeGrid clock{from, kPlanRate, count};
  const SplineSamples path = sample(fit_spline(knots, apart, 0), clock, 0, 3);
  plan.depth =
      pads.striker.radius + pads.struck.radius - path.value.square().rowwise().sum().sqrt();
  plan.sliding = resample(pads_sliding(arm, pads, apart, knots.rate_hz), knots, clock);
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
  Vector3d sliding(double time_s) const {
    if (plan_.sliding.rows() == 0) return Vector3d::Zero();
    const auto k = static_cast<Index>(std::max(0., time_s - plan_.contact.time_s) * kPlanRate);
    const auto s = plan_.sliding.row(std::min(k, plan_.sliding.rows() - 1));
    return {0, s[0], s[1]};
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

// How fast the forces so far drive the struck point away from what strikes it; of a pair, along its
// axes.
Vector3d driven(const std::vector<BlowKernel>& kernels, const Eigen::ArrayX3d& force, Index n,
                double h) {
  Vector3d rate = Vector3d::Zero();
  const Index reach = std::min(n, kernels.front().point.size());
  if (reach == 0) return rate;
  const auto past = [&](Index d) { return force.col(d).segment(n - reach, reach).matrix(); };
  if (kernels.size() == 1) {
    rate[0] = h * past(0).dot(kernels[0].point.head(reach).reverse().matrix());
    return rate;
  }
  for (Index d = 0; d < 3; ++d) {
    const Series3& parting = kernels[static_cast<std::size_t>(d)].parting;
    rate += h * parting.topRows(reach).colwise().reverse().matrix().transpose() * past(d);
  }
  return rate;
}

// Across the line between two pads: what stops them within a step, as far as friction carries it.
Eigen::Array2d friction(const std::vector<BlowKernel>& kernels, const Vector3d& velocity,
                        double normal, double h) {
  const Eigen::Array2d stop(-velocity[1] / (h * kernels[1].parting(0, 1)),
                            -velocity[2] / (h * kernels[2].parting(0, 2)));
  const double most = ContactSurface{}.friction * normal, size = stop.matrix().norm();
  return size > most ? Eigen::Array2d(stop * (most / size)) : stop;
}

// The engine's pads are damped from the first touch on (the world's surfaces grow into it), by what
// is left of the closing speed after a step of h against `give` (1/kg).
double pad_force(const PairStiffness& pair, double depth, double closing_speed, double h,
                 double give) {
  if (depth <= 0) return 0;
  const double damping = pair.damping + h * pair.stiffness;
  return std::max(0., pair.stiffness * depth + damping * closing_speed) / (1 + h * give * damping);
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
  plan.shares = place_shares(arm, contact.striker, contact.direction_H.normalized(),
                             std::max(kLeastYield, kYieldTime * contact.closing_speed));
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

Eigen::ArrayX3d contact_force(const ContactPlan& plan, const std::vector<BlowKernel>& kernels,
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
    const double time_s = first_s + h * static_cast<double>(n);
    planned.move(time_s, h);
    const Vector3d rate = plan.on_watch
                              ? Vector3d(force.col(0).head(n).sum() * h / plan.case_mass, 0, 0)
                              : driven(kernels, force, n, h);
    yielded += h * rate[0];
    const double depth = planned.depth() - yielded, closing = planned.rate() - rate[0];
    force(n, 0) = plan.pair.struck
                      ? pad_force(plan.stiffness, depth, closing, h, kernels[0].parting(0, 0))
                      : pressing_force(plan.stiffness, depth, closing);
    if (plan.pair.struck && force(n, 0) > 0)
      force.row(n).tail<2>() =
          friction(kernels, planned.sliding(time_s) + rate, force(n, 0), h).transpose();
    planned.yield(force(n, 0), h);
  }
  return force;
}

}  // namespace wrist
