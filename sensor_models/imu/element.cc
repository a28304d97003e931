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

WRIST_SIMD void Element::run(const double* const in[3], Index count, double* const out[3]) {
  const Biquad q = section_;
  const double share = share_;
  double s1[4], s2[4], slow[4], k[4];
  for (int lane = 0; lane < 4; ++lane) {
    s1[lane] = s1_[lane], s2[lane] = s2_[lane], slow[lane] = slow_[lane];
    k[lane] = rectification_[lane];
  }
  const double *in0 = in[0], *in1 = in[1], *in2 = in[2];
  double *out0 = out[0], *out1 = out[1], *out2 = out[2];
  for (Index i = 0; i < count; ++i) {
    const double x[4] = {in0[i], in1[i], in2[i], 0};
    double y[4];
    for (int lane = 0; lane < 4; ++lane) {
      y[lane] = q.b0 * x[lane] + s1[lane];
      s1[lane] = (q.b1 * x[lane] + s2[lane]) - q.a1 * y[lane];
      s2[lane] = q.b2 * x[lane] - q.a2 * y[lane];
      slow[lane] += share * (y[lane] - slow[lane]);
      const double fast = y[lane] - slow[lane];
      y[lane] += k[lane] * fast * fast;
    }
    out0[i] = y[0], out1[i] = y[1], out2[i] = y[2];
  }
  for (int lane = 0; lane < 4; ++lane)
    s1_[lane] = s1[lane], s2_[lane] = s2[lane], slow_[lane] = slow[lane];
}

}  // namespace wrist
