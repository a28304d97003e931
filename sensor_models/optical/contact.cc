// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "sensor_models/optical/coupling.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

constexpr double kMillimetre = 1e-3;  // m
// Of a bulge under a watch that no strap solver carries; 2 to 10 by strap [assumption].
constexpr double kBulgePressure = 6;  // mmHg/mm
// A watch whose inertia exceeds the pull of its strap leaves the skin [assumption].
constexpr double kLiftPerPressure = 0.15 / 3.8;  // mm/mmHg

// Of x - x alone: Eigen's allFinite does not vectorise.
WRIST_SIMD_WIDE bool all_finite(const double* x, Index count) {
  int odd = 0;
  for (Index i = 0; i < count; ++i) odd |= !(x[i] - x[i] == 0);
  return odd == 0;
}

template <typename Block>
void check_block(const Block& block, const char* name, const TimeGrid& time) {
  require(block.rows() == time.count, ErrorKind::internal,
          std::string("ppg truth: ") + name + " has " + std::to_string(block.rows()) +
              " samples, expected " + std::to_string(time.count));
  require(all_finite(block.data(), block.size()), ErrorKind::internal,
          std::string("ppg truth: ") + name + " is not finite");
}

void check(const PpgTruth& truth, const TimeGrid& time) {
  check_block(truth.accel_along, "accel_along", truth.time);
  check_block(truth.accel_normal, "accel_normal", truth.time);
  check_block(truth.height, "height", truth.time);
  check_block(truth.pressure, "pressure", truth.time);
  check_block(truth.pressure_slope, "pressure_slope", truth.time);
  check_block(truth.gap, "gap", truth.time);
  check_block(truth.tilt, "tilt", truth.time);
  check_block(truth.slip, "slip", truth.time);
  check_block(truth.bulge, "bulge", truth.time);
  // The last value may be held for less than one sample.
  require(truth.time.count >= 2 && time.count >= 1 &&
              truth.time.start_s <= time.start_s + 1e-9 &&
              truth.time.end() + 1 / time.rate_hz >= time.end(),
          ErrorKind::internal, "ppg truth does not cover the samples of the sensor");
}

// Where the samples stand between those of the truth.
struct Places {
  Eigen::Array<Index, Eigen::Dynamic, 1> before;
  Series share;  // 1; of the way to the next
};

Places places(const TimeGrid& from, const TimeGrid& to) {
  Places at{Eigen::Array<Index, Eigen::Dynamic, 1>(to.count), Series(to.count)};
  for (Index i = 0; i < to.count; ++i) {
    const double position = std::clamp((to.time(i) - from.start_s) * from.rate_hz, 0.,
                                       static_cast<double>(from.count - 1));
    at.before[i] = std::min(static_cast<Index>(position), from.count - 2);
    at.share[i] = position - static_cast<double>(at.before[i]);
  }
  return at;
}

WRIST_SIMD_WIDE void read(const Index* __restrict before, const double* __restrict share,
                          const double* __restrict x, Index count, double* __restrict y) {
  for (Index i = 0; i < count; ++i) {
    const double* here = x + before[i];
    y[i] = here[0] + share[i] * (here[1] - here[0]);
  }
}

Series resample(const Series& x, const Places& at) {
  Series y(at.share.size());
  read(at.before.data(), at.share.data(), x.data(), y.size(), y.data());
  return y;
}

Series2 resample2(const Series2& x, const Places& at) {
  Series2 y(at.share.size(), 2);
  for (Index axis = 0; axis < 2; ++axis)
    read(at.before.data(), at.share.data(), x.col(axis).data(), y.rows(), y.col(axis).data());
  return y;
}

}  // namespace

Contact read_contact(const PpgTruth& truth, const TimeGrid& time) {
  check(truth, time);
  const Places at = places(truth.time, time);
  const auto read = [&](const Series& x) { return resample(x, at); };
  Contact contact;
  contact.along_g = read(truth.accel_along) / kGravity;
  contact.normal_g = read(truth.accel_normal) / kGravity;
  contact.height = read(truth.height);
  contact.gap = read(truth.gap) / kMillimetre;
  contact.bulge = read(truth.bulge) / kMillimetre;
  contact.tilt = resample2(truth.tilt, at);
  contact.slip = resample2(truth.slip, at) / kMillimetre;
  contact.inertial = contact.normal_g * (truth.watch_mass_per_area * kGravity / kMillimetreHg);
  contact.pressure = read(truth.pressure) / kMillimetreHg;
  contact.pressure_slope = resample2(truth.pressure_slope, at) * (kMillimetre / kMillimetreHg);
  contact.bulge_pressure = Series::Zero(time.count);
  if (truth.pressure_is_static) {
    contact.bulge_pressure = kBulgePressure * contact.bulge;
    contact.gap += kLiftPerPressure * (-contact.pressure - contact.inertial).max(0.);
  } else {
    contact.pressure -= contact.inertial;
  }
  return contact;
}

}  // namespace wrist
