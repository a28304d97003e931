// SPDX-License-Identifier: Apache-2.0
#include "sim/strap/contact_record.h"

#include <algorithm>
#include <cmath>

namespace wrist {
namespace {

constexpr double kSlipSpeed = 0.005;     // m/s
constexpr double kSlipDuration = 0.010;  // s
constexpr double kSlipPause = 0.020;     // s

double sum_over_case(const Lanes& x) { return (x[0] + x[1]) + (x[2] + x[3]); }

/// Nothing but the patches: the padding never moves, so it must not dilute a mean.
double mean_over_patches(const Lanes& x) {
  double sum = 0;
  for (std::size_t i = 0; i < kPatches; ++i) sum += x[i];
  return sum / kPatches;
}

Index step_of(const TimeGrid& steps, Index contact) {
  return static_cast<Index>(
      std::lround(static_cast<double>(contact) * steps.rate_hz / kContactRate));
}

/// How fast a quantity rises along x and along y of C, from its values at the corners.
struct Rise {
  double x, y;
};
Rise rise(const Lanes& q, const StrapModel& model) {
  return {(q[1] + q[3] - q[0] - q[2]) / (2 * model.span_x),
          (q[2] + q[3] - q[0] - q[1]) / (2 * model.span_y)};
}

void write(WornWatch& worn, Index i, const StrapModel& model, const PatchState& patches) {
  const double per_patch = kCasePatches / model.back_area;
  const Rise deeper = rise(patches.depth, model), harder = rise(patches.normal, model);
  worn.pressure(i) = sum_over_case(patches.normal) / model.back_area;
  worn.pressure_slope(i, 0) = per_patch * harder.x;
  worn.pressure_slope(i, 1) = per_patch * harder.y;
  worn.clearance(i) = -sum_over_case(patches.depth) / kCasePatches;
  worn.gap(i) = std::max(0.0, worn.clearance(i));
  worn.tilt(i, 0) = -deeper.y;
  worn.tilt(i, 1) = deeper.x;
  worn.slip(i, 0) = mean_over_patches(patches.slipped_along);
  worn.slip(i, 1) = mean_over_patches(patches.slipped_around);
}

}  // namespace

WornWatch make_worn_watch(const TimeGrid& steps) {
  WornWatch worn;
  worn.motion = make_rigid_series(steps);
  const double duration = static_cast<double>(std::max<Index>(steps.count - 1, 0)) / steps.rate_hz;
  const Index n = steps.count == 0 ? 0 : static_cast<Index>(duration * kContactRate + 1e-6) + 1;
  worn.contact_time = {steps.start_s, kContactRate, n};
  worn.p_SC = Series3::Zero(n, 3);
  worn.R_SC = QuatSeries::Zero(n, 4);
  worn.pressure = worn.gap = worn.clearance = worn.slip_speed = Series::Zero(n);
  worn.tilt = worn.slip = worn.pressure_slope = Series2::Zero(n, 2);
  return worn;
}

void record_contact(ContactRecord& record, WornWatch& worn, Index step, const Pose& X_SC,
                    const PatchState& patches) {
  for (std::size_t i = 0; i < kLanes; ++i)
    record.fastest[i] = std::max(record.fastest[i], patches.sliding[i]);
  if (step != record.next_step || record.next >= worn.contact_time.count) return;
  worn.p_SC.row(record.next) = X_SC.p.transpose();
  set_quaternion(worn.R_SC, record.next, X_SC.R);
  write(worn, record.next, record.model, patches);
  worn.slip_speed(record.next) = *std::max_element(record.fastest.begin(), record.fastest.end());
  record.fastest = {};
  record.next_step = step_of(worn.motion.time, ++record.next);
}

double gap_at(const WornWatch& worn, Index i, double x, double y) {
  return std::max(0.0, worn.clearance(i) + worn.tilt(i, 0) * y - worn.tilt(i, 1) * x);
}

double pressure_at(const WornWatch& worn, Index i, double x, double y) {
  const double uneven = worn.pressure_slope(i, 0) * x + worn.pressure_slope(i, 1) * y;
  return std::max(0.0, worn.pressure(i) + uneven);
}

void find_slips(WornWatch& worn) {
  worn.slips.clear();
  const TimeGrid& time = worn.contact_time;
  std::vector<Event> bursts;
  for (Index i = 1; i < time.count; ++i) {
    const double moved = (worn.slip.row(i) - worn.slip.row(i - 1)).matrix().norm();
    if (moved * time.rate_hz < kSlipSpeed) continue;
    if (!bursts.empty() && time.time(i - 1) - bursts.back().end_s < kSlipPause)
      bursts.back().end_s = time.time(i);
    else
      bursts.push_back({time.time(i - 1), time.time(i), "slip", "strap", 1});
  }
  for (const Event& burst : bursts)
    if (burst.end_s - burst.start_s >= kSlipDuration - 1e-9) worn.slips.push_back(burst);
}

}  // namespace wrist
