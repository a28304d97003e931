// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/coupling.h"

#include <algorithm>
#include <cmath>

#include "sensor_models/optical/skin_field.h"
#include "sensor_models/optical/wander.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

// Perfusion, an inverted U fitted to three facts: best contact pressure 35 to 48 mmHg (Sensors
// 2021, 21:8421), best heart rate at 54 mmHg (Sensors 2020, 20:5052), finger pulse at +-0.5 m of
// height (Hickey et al. 2015).
constexpr double kBestPressure = 45;                       // mmHg
constexpr double kHydrostatic = 77.8;                      // mmHg/m; Raamat et al. 2009
constexpr double kReflexTime = 10;                         // s; veno-arteriolar [prior], 10 to 20 s

// Veins: filling and emptying times [assumption]; volumes fitted to Hickey et al. 2015.
constexpr double kFillingTime = 8, kEmptyingTime = 2.5;  // s
constexpr double kFillSuperficial = 0.5, kFillDeep = 5, kFillSaturation = 0.8;  // 1/m

// Slosh of venous blood and the watch's inertia. Sizes, and how much acceleration across the skin
// counts, are fitted so that the library's own runs, on a dozen people drawn from the population,
// are to their rests as those of Zhang et al. 2015 (TROIKA) are:
// tests/generators/optical_run_stats_test.cc holds others against them.
constexpr double kSloshAcross = -0.6;  // of outward acceleration, to that towards the hand
constexpr double kSloshFrequency = 3, kSloshDamping = 0.7;         // Hz, 1
constexpr double kSloshSuperficial = 0.0046, kSloshDeep = 0.0180;  // per g
constexpr double kSloshLinear = 0.7, kGainWander = 0.45, kSloshSquare = 0.25, kIncoherent = 0.7;
constexpr double kGainTime = 1.5, kIncoherentTime = 0.2;           // s
constexpr double kInertialGain = 1;                                // of the watch's inertia

// A loose watch moves about the arm, a tight one with it: motion counts 1.5 fold at 8 mmHg, 0.7
// fold at 35, the ends of how watches are worn [assumption]; held beyond half and double.
constexpr double kLoosest = kRestingPressure / 4, kTightest = kRestingPressure * 4;  // mmHg

constexpr double kBreathBaseline = 0.12;  // of a pulse; Charlton et al. 2016, 0.05 to 0.2
constexpr double kVasomotion = 0.10, kVasomotionTime = 4;  // of a pulse, s; 0.01 to 0.15 Hz [prior]

constexpr double kContactTime = 0.05;                          // s; skin under pressure gives way
constexpr double kExpelSuperficial = 0.02, kExpelDeep = 0.10;  // 1/mm [assumption]
constexpr double kRefillTime = 1;          // s; 0.5 to 2 [assumption]

double looseness(const Series& pressure) {
  return std::sqrt(kRestingPressure / std::clamp(pressure.mean(), kLoosest, kTightest));
}

double step_of(double time_s, double rate_hz) { return 1 - portable::exp(-1 / (time_s * rate_hz)); }

// Settled on its first sample.
Series one_pole(const Series& x, double time_s, double rate_hz) {
  const double step = step_of(time_s, rate_hz);
  Series y(x.size());
  double state = x[0];
  for (Index i = 0; i < x.size(); ++i) {
    state += step * (x[i] - state);
    y[i] = state;
  }
  return y;
}

// Blood in the veins, m of height below the heart.
Series venous_filling(const Series& height, double rate_hz) {
  const double fill = step_of(kFillingTime, rate_hz), empty = step_of(kEmptyingTime, rate_hz);
  Series volume(height.size());
  double v = -height[0];
  for (Index i = 0; i < height.size(); ++i) {
    const double missing = -height[i] - v;
    v += (missing > 0 ? fill : empty) * missing;
    volume[i] = v;
  }
  return volume;
}

// x'' + 2 z w x' + w^2 x = w^2 a, exact for an input held over each sample: stable at any rate.
Series slosh_position(const Series& along_g, double rate_hz) {
  const double w = 2 * kPi * kSloshFrequency;
  const double damped = w * std::sqrt(1 - kSloshDamping * kSloshDamping);
  const double decay = portable::exp(-kSloshDamping * w / rate_hz);
  const portable::SinCos turn = portable::sincos(damped / rate_hz);
  const double skew = kSloshDamping * w / damped * turn.sin;
  const double xx = decay * (turn.cos + skew), xv = decay * turn.sin / damped;
  const double vx = -decay * w * w / damped * turn.sin, vv = decay * (turn.cos - skew);
  Series position(along_g.size());
  double x = along_g[0], v = 0;
  for (Index i = 0; i < along_g.size(); ++i) {
    const double input = 0.5 * (along_g[i] + along_g[std::max<Index>(i - 1, 0)]);
    const double off = x - input, speed = v;
    x = input + xx * off + xv * speed;
    v = vx * off + vv * speed;
    position[i] = x;
  }
  return position;
}

Series slosh(const Contact& contact, double rate_hz, const Wander& gain, const Wander& fast) {
  const Series x = slosh_position(contact.along_g + kSloshAcross * contact.normal_g, rate_hz);
  const Series effort = (contact.along_g.abs() + contact.normal_g.abs()).min(1.);
  return (kSloshLinear + kGainWander * gain.twice) * x + kSloshSquare * x * x.abs() +
         kIncoherent * 3 * (fast.once - fast.twice) * effort;
}

// What a bulge squeezes out at once, and what then flows back.
Series expelled(const Series& bulge, double rate_hz) {
  const double keep = 1 - step_of(kRefillTime, rate_hz);
  Series volume(bulge.size());
  double out = 0;
  for (Index i = 0; i < bulge.size(); ++i) {
    out = std::max(bulge[i], keep * out);
    volume[i] = out;
  }
  return volume;
}

Series leans(const Series& squeeze, const Series& height, double rate_hz) {
  const Series settled = one_pole(height, kReflexTime, rate_hz);
  Series lean(height.size());
  for (Index i = 0; i < lean.size(); ++i) lean[i] = perfusion_lean(squeeze[i], settled[i]);
  return lean;
}

Series2 one_pole2(const Series2& x, double time_s, double rate_hz) {
  Series2 y(x.rows(), 2);
  for (Index axis = 0; axis < 2; ++axis) y.col(axis) = one_pole(x.col(axis), time_s, rate_hz);
  return y;
}

[[gnu::always_inline]] inline double sech(double x) {
  const double size = std::abs(x), e = portable::exp(-(size < 300 ? size : 300));
  return 2 * e / (1 + e * e);
}

// From the logarithm of the lean to the lean, its inverse added, and the perfusion gain.
WRIST_SIMD_WIDE void perfusion(double* __restrict lean, double* __restrict double_cosh,
                               double* __restrict gain, Index count, double normal) {
  for (Index i = 0; i < count; ++i) {
    const double x = lean[i], low = x < -300 ? -300 : x;
    gain[i] = sech(x) / normal;
    lean[i] = portable::exp(low > 300 ? 300 : low);
    double_cosh[i] = lean[i] + 1 / lean[i];
  }
}

}  // namespace

double perfusion_lean(double pressure, double height) {
  return (pressure - kBestPressure + kHydrostatic * height) / kPressureWidth;
}

double perfusion_gain(double pressure, double height) {
  return sech(perfusion_lean(pressure, height)) / sech(perfusion_lean(kRestingPressure, 0));
}

BloodStates couple(const Contact& contact, const HeartMotion& heart, const Physiology& person,
                   const Rng& rng) {
  const double rate = heart.time.rate_hz;
  BloodStates s;

  // Arteries.
  s.squeeze = (contact.pressure + contact.inertial + contact.bulge_pressure).max(0.);
  s.lean = leans(s.squeeze, contact.height, rate);
  s.double_cosh.resize(s.lean.size());
  Series gain(s.lean.size());
  perfusion(s.lean.data(), s.double_cosh.data(), gain.data(), gain.size(),
            sech(perfusion_lean(kRestingPressure, 0)));
  const Series baseline =
      kBreathBaseline * heart.respiration +
      kVasomotion * wander(kVasomotionTime, heart.time, rng / "vasomotion").twice;
  s.arterial_superficial = gain * heart.pulse_superficial + baseline;
  s.arterial_deep = gain * heart.pulse_deep + baseline;

  // Veins.
  const Series volume = venous_filling(contact.height, rate);
  s.venous_superficial = kFillSuperficial * volume;
  s.venous_deep = kFillDeep * volume / (1 + kFillSaturation * volume.abs());
  const double motion_gain = person.motion_gain * looseness(contact.pressure);
  const Series moved =
      motion_gain * slosh(contact, rate, wander(kGainTime, heart.time, rng / "slosh"),
                          wander(kIncoherentTime, heart.time, rng / "incoherent"));
  s.slosh_superficial = kSloshSuperficial * moved;
  s.slosh_deep = kSloshDeep * moved;

  // Contact.
  const Wander press = wander(kGainTime, heart.time, rng / "press");
  s.pressure = one_pole(contact.pressure - kRestingPressure, kContactTime, rate) +
               motion_gain * contact.inertial * (kInertialGain + kGainWander * press.twice);
  if ((contact.pressure_slope != 0).any())
    s.pressure_slope = one_pole2(contact.pressure_slope, kContactTime, rate);
  s.bulge = contact.bulge;
  s.bulge_pressure = one_pole(contact.bulge_pressure, kContactTime, rate);
  const Series squeezed = expelled(contact.bulge, rate);
  s.expelled_superficial = kExpelSuperficial * squeezed;
  s.expelled_deep = kExpelDeep * squeezed;
  s.slip = skin_field(contact.slip, rng / "skin");
  return s;
}

}  // namespace wrist
