// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/moving_surface.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"

namespace wrist {
namespace {

// [assumed]; they bound how long and how deep a plan that knows no surface is held by one.
constexpr double kLead = 0.010;  // s; present before the touch
// s; the closing speed is lost: longer than a blow of the hand lasts, and than one of a finger
constexpr double kSettleHand = 0.015, kSettleFinger = 0.004;
constexpr double kPress = 0.003;     // m; a plan runs at least this far in
constexpr double kWithdraw = 40;     // m/s2
constexpr double kAfterwards = 0.1;  // s; 0.2 m away then
constexpr double kShortest = 0.002;  // s; of a touch

// x for small x, 1 for large: within 2 % up to 0.5.
double saturate(double x) { return x / std::sqrt(std::sqrt(1 + x * x * x * x)); }

}  // namespace

MovingSurface::MovingSurface(const Contact& contact, const Surface& surface, double planned_height,
                             double planned_speed)
    : time_s_(contact.time_s),
      release_s_(std::max(contact.release_s, contact.time_s + kShortest)),
      speed_(contact.closing_speed),
      light_(contact.striker >= Body::thumb_abduction),
      surface_(surface),
      touch_height_(planned_height),
      planned_speed_(planned_speed) {}

bool MovingSurface::present(double time_s) const {
  return time_s > time_s_ - kLead && time_s < release_s_ + kAfterwards;
}

double MovingSurface::settle_s() const { return light_ ? kSettleFinger : kSettleHand; }

double MovingSurface::ahead_of_plan(double time_s, double planned_height) const {
  const double since = time_s - time_s_;
  if (since < 0) return speed_ * since;
  const double settle = settle_s();
  const double settled = settle * saturate(since / settle);
  const double in = surface_.travels
                        ? speed_ * settled
                        : (speed_ - planned_speed_) * settled + touch_height_ - planned_height;
  const double deepest = kPress + settle * speed_;
  const double withdrawn = std::max(0., time_s - release_s_);
  return (in > 0 ? deepest * saturate(in / deepest) : in) - kWithdraw / 2 * withdrawn * withdrawn;
}

void MovingSurface::move(double time_s, double planned_height, double h) {
  const double height = planned_height + ahead_of_plan(time_s, planned_height);
  rate_ = moved_ ? (height - height_) / h : 0;
  height_ = height;
  moved_ = true;
}

void MovingSurface::yield(double force, double h) {
  if (surface_.mass <= 0) return;
  const double w = 2 * kPi * surface_.support_hz;
  yielding_rate_ += h * (-force / surface_.mass - w * w * yielded_ - 2 * w * yielding_rate_);
  yielded_ += h * yielding_rate_;
}

}  // namespace wrist
