// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/element.h"

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Below it a change is motion, above it vibration [assumed].
constexpr double kVibration = 1;  // Hz

Biquad element_section(const TriadSpec& spec, double rate_hz) {
  const double k = kPi * spec.element_hz / rate_hz;
  if (spec.element_q == 0) return {k / (1 + k), k / (1 + k), 0, (k - 1) / (k + 1), 0};
  const double damping = 1 / spec.element_q, scale = 1 / (1 + k * damping + k * k);
  const double b0 = k * k * scale;
  return {b0, 2 * b0, b0, 2 * (k * k - 1) * scale, (1 - k * damping + k * k) * scale};
}

}  // namespace

Element::Element(const TriadSpec& spec, const Eigen::Vector3d& rectification, double rate_hz)
    : section_present_(spec.element_hz > 0),
      rectifies_(!rectification.isZero(0)),
      share_(1 - portable::exp(-2 * kPi * kVibration / rate_hz)) {
  if (section_present_) section_ = element_section(spec, rate_hz);
  for (int axis = 0; axis < 3; ++axis) rectification_[axis] = rectification[axis];
}

void Element::settle(const double* const value[3]) {
  for (int axis = 0; axis < 3; ++axis) {
    const double x = value[axis][0];
    slow_[axis] = x;
    s2_[axis] = (section_.b2 - section_.a2) * x;
    s1_[axis] = (section_.b1 - section_.a1) * x + s2_[axis];
  }
}

void Element::run(const double* const in[3], Index count, double* const out[3]) {
  const Biquad& q = section_;
  for (Index i = 0; i < count; ++i)
    for (int axis = 0; axis < 3; ++axis) {
      const double x = in[axis][i];
      const double y = q.b0 * x + s1_[axis];
      s1_[axis] = (q.b1 * x + s2_[axis]) - q.a1 * y;
      s2_[axis] = q.b2 * x - q.a2 * y;
      slow_[axis] += share_ * (y - slow_[axis]);
      const double fast = y - slow_[axis];
      out[axis][i] = y + rectification_[axis] * fast * fast;
    }
}

}  // namespace wrist
