// SPDX-License-Identifier: Apache-2.0
#include "sim/body/heart_pulse.h"

#include <algorithm>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kFitAge = 25;  // years; about which the fits below are linear

// Fitted to the ageing of the second derivative of the finger pulse, b/a = 0.0045 age - 0.803 (300
// adults, PMC9819370). It holds behind a low-pass of 8 Hz, assumed for the instruments behind the
// law; the raw kernel has b/a of -0.49 to -0.37 over 25 to 75 years.
struct PulseShape {
  double ejection_time, ejection_width;                  // s; 1, of ln t
  double reflection, reflection_time, reflection_width;  // 1; s; s
  double windkessel;                                     // s
};

PulseShape pulse_shape(double age_years) {
  const double a = age_years - kFitAge;
  return {.ejection_time = 0.080 + 0.0002 * a,
          .ejection_width = 0.52 + 0.003 * a,
          .reflection = std::max(0.02, 0.20 - 0.0035 * a),
          .reflection_time = 0.40 - 0.0012 * a,
          .reflection_width = 0.04 + 0.0006 * a,
          .windkessel = 0.19 + 0.0012 * a};
}

double bell(double x) { return portable::exp(std::max(-0.5 * x * x, -700.)); }

double inflow(const PulseShape& s, double t) {
  return bell(portable::log(t / s.ejection_time) / s.ejection_width) +
         s.reflection * bell((t - s.reflection_time) / s.reflection_width);
}

}  // namespace

Series pulse_kernel(double age_years) {
  const PulseShape shape = pulse_shape(age_years);
  const double decay = portable::exp(-1 / (kPulseRate * shape.windkessel));
  Series kernel = Series::Zero(kPulseSamples);
  for (Index i = 1; i < kPulseSamples; ++i)
    kernel[i] =
        decay * kernel[i - 1] + (1 - decay) * inflow(shape, static_cast<double>(i) / kPulseRate);
  return kernel / kernel.maxCoeff();
}

double pulse_arrival_time(double age_years) {
  constexpr double kPreEjection = 0.0585;       // s; PMC6179208, 58.5 +- 13 ms
  constexpr double kMicrovascular = 0.025;      // s [prior], 15 to 35 ms
  constexpr double kAorta = 0.12, kArm = 0.68;  // m; to the wrist
  // Pulse wave velocities: Avolio et al. 1983.
  const double aorta = 0.092 * age_years + 6.15, arm = 0.048 * age_years + 9.98;  // m/s
  return kPreEjection + kAorta / aorta + kArm / arm + kMicrovascular;
}

Delay pressure_delay(double pressure, double age_years) {
  // PMC8856571: 22 +- 2 ms at the foot, 40 +- 7 ms at the peak. Where the U has its bottom nobody
  // has said: at the pressure of the largest pulse [assumption].
  constexpr double kFoot = 0.022, kPeak = 0.040;                               // s
  constexpr double kBottom = 45 * kMillimetreHg, kReach = 60 * kMillimetreHg;  // Pa
  constexpr double kCrest = 0.155, kCrestPerYear = 0.0011;  // s; of the kernel, by age
  const double off = (pressure - kBottom) / kReach, share = std::min(1., off * off);
  const double crest = kCrest + kCrestPerYear * std::max(0., age_years - kFitAge);
  return {kFoot * share, 1 + (kPeak - kFoot) * share / crest};
}

}  // namespace wrist
