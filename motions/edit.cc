// SPDX-License-Identifier: Apache-2.0
#include "motions/edit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "motions/retarget_angles.h"
#include "motions/rotation_series.h"
#include "motions/stroke.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kWanderHz = 0.15;  // Hz; of the pace [assumed]
constexpr double kMostSize = 4;
constexpr double kLimitMargin = 4 * kDegree;  // of the soft limit; as the retargeting of clips
constexpr std::array<Body, 4> kArmHinges = {Body::elbow, Body::forearm, Body::wrist_deviation,
                                            Body::hand};

using Eigen::Quaterniond;
using Eigen::Vector3d;

// The motion's own time at every sample of the warped one, from its first to its last.
Series warped_clock(const TimeGrid& time, double spread, const Rng& rng) {
  const Series wander = smooth_noise(time, kWanderHz, rng);
  Series clock(time.count);
  clock[0] = 0;
  double before = portable::exp(spread * wander[0]);
  for (Index i = 1; i < time.count; ++i) {
    const double pace = portable::exp(spread * wander[i]);
    clock[i] = clock[i - 1] + 0.5 * (before + pace);
    before = pace;
  }
  return time.start_s + (time.end() - time.start_s) / clock[time.count - 1] * clock;
}

// When the warped motion does what the motion does at `t`; and how fast it then goes.
struct Moment {
  double time_s = 0, pace = 1;
};
Moment find_moment(const TimeGrid& time, const Series& clock, double t) {
  const auto after = std::lower_bound(clock.begin() + 1, clock.end() - 1, t);
  const Index i = after - clock.begin();
  const double step = clock[i] - clock[i - 1];
  return {time.time(i - 1) + (t - clock[i - 1]) / step / time.rate_hz, step * time.rate_hz};
}

Quaterniond mean_rotation(const QuatSeries& q) {
  const Eigen::Array<double, 1, 4> sum = q.colwise().sum();  // rows are continuous in sign
  return Quaterniond(sum[0], sum[1], sum[2], sum[3]).normalized();
}

// R turned to `factor` times its rotation.
Quaterniond scaled(Quaterniond R, double factor) {
  if (R.w() < 0) R.coeffs() *= -1;
  const double sine = R.vec().norm();
  if (sine < 1e-12) return Quaterniond::Identity();
  const double half = factor * std::atan2(sine, R.w());
  const Vector3d axis = R.vec() / sine;
  return Quaterniond(Eigen::AngleAxisd(2 * half, axis));
}

void limit(JointMotion& motion, const ArmModel& arm, Body body) {
  const ArmBody& b = arm.body(body);
  for (double& q : motion.angles.col(hinge(body)))
    q = soft_limit(q, b.lower, b.upper, kLimitMargin);
}

}  // namespace

JointMotion warp_time(const JointMotion& motion, double spread, const Rng& rng) {
  require(spread >= 0 && spread <= kMostWarp, ErrorKind::usage,
          "time warp: expected a spread of 0 to 0.5, found " + std::to_string(spread));
  if (spread == 0 || motion.time.count < 2) return motion;
  const TimeGrid& time = motion.time;
  const Series clock = warped_clock(time, spread, rng);
  const Eigen::ArrayXXd s = sample_at(fit_splines(motion).spline, clock);
  JointMotion warped = motion;
  warped.cutoff_hz = 0;  // the splines have smoothed it
  warped.cutoffs_hz = Series();
  warped.p_WT = s.middleCols(kRootChannel, 3);
  warped.R_WT = unit_rows(s.middleCols(kThoraxChannel, 4));
  warped.R_TU = unit_rows(s.middleCols(kShoulderChannel, 4));
  warped.angles = s.middleCols(kHingeChannel, kHinges);

  const auto moved = [&](double t) { return find_moment(time, clock, t).time_s; };
  for (Label& l : warped.labels) l.start_s = moved(l.start_s), l.end_s = moved(l.end_s);
  for (Event& e : warped.events) e.start_s = moved(e.start_s), e.end_s = moved(e.end_s);
  for (Contact& c : warped.contacts) {
    const Moment touch = find_moment(time, clock, c.time_s);
    c.time_s = touch.time_s;
    c.release_s = moved(c.release_s);
    c.closing_speed *= touch.pace;
  }
  return warped;
}

JointMotion scale_size(JointMotion motion, const ArmModel& arm, double factor) {
  require(factor >= 0 && factor <= kMostSize, ErrorKind::usage,
          "size: expected a factor of 0 to 4, found " + std::to_string(factor));
  if (factor == 1) return motion;
  for (const Body body : kArmHinges) {
    auto angle = motion.angles.col(hinge(body));
    const double mean = angle.mean();
    angle = mean + factor * (angle - mean);
    limit(motion, arm, body);
  }
  const Quaterniond mean = mean_rotation(motion.R_TU);
  for (Index i = 0; i < motion.time.count; ++i)
    set_quaternion(motion.R_TU, i,
                   mean * scaled(mean.conjugate() * quaternion(motion.R_TU, i), factor));
  make_continuous(motion.R_TU);
  for (Contact& contact : motion.contacts) contact.closing_speed *= factor;
  return motion;
}

JointMotion with_posture(JointMotion motion, const ArmModel& arm, const Posture& posture) {
  const Quaterniond forward(Eigen::AngleAxisd(posture.lean, Vector3d::UnitY()));
  if (posture.lean != 0)
    for (Index i = 0; i < motion.time.count; ++i)
      set_quaternion(motion.R_WT, i, quaternion(motion.R_WT, i) * forward);
  if (posture.elbow != 0) {
    motion.angles.col(hinge(Body::elbow)) += posture.elbow;
    limit(motion, arm, Body::elbow);
  }
  return motion;
}

}  // namespace wrist
