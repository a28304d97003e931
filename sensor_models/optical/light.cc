// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/light.h"

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kMillimetre = 1e-3;   // m
constexpr double kGapReach = 1.5;      // mm; gap that halves the light, 0.8 to 2.5 [assumption]
constexpr double kLeakThroughGap = 2e-4;  // of responsivity; mirrored by the skin [assumption]
constexpr double kLargestExponent = 50;
// Spread of gains over the channels of one watch [assumption].
constexpr double kBulgeSpread = 0.5, kSloshSpread = 0.3;

// Exponential of |x| <= 1 within 1e-13: exp(x / 8)^8. A third of the work of the whole range.
[[gnu::always_inline]] inline double exp_near(double x) {
  const double r = x / 8;
  const double s =
      1 + r * (1 + r * (1. / 2 + r * (1. / 6 + r * (1. / 24 + r * (1. / 120 + r * (1. / 720 +
      r * (1. / 5040 + r * (1. / 40320))))))));
  const double s2 = s * s, s4 = s2 * s2;
  return s4 * s4;
}

WRIST_SIMD void exp_near_in_place(double* x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = exp_near(x[i]);
}

WRIST_SIMD void exp_in_place(double* x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = portable::exp(x[i]);
}

Series exp_of(Series x) {
  const double most = x.abs().maxCoeff();
  if (most > kLargestExponent) x = x.min(kLargestExponent).max(-kLargestExponent);
  most <= 1 ? exp_near_in_place(x.data(), x.size()) : exp_in_place(x.data(), x.size());
  return x;
}

Series gap_under(const Eigen::Array<double, 1, 2>& lever, const Contact& contact) {
  const double x = lever[0] / kMillimetre, y = lever[1] / kMillimetre;
  return (contact.gap + contact.tilt.col(0) * y - contact.tilt.col(1) * x).max(0.);
}

Series uneven_pressure(const Eigen::Array<double, 1, 2>& lever, const Series2& slope) {
  const double x = lever[0] / kMillimetre, y = lever[1] / kMillimetre;
  return slope.col(0) * x + slope.col(1) * y;
}

// What a spot with `more` pressure than the mean has of the mean's perfusion.
Series relative_perfusion(const Series& more, const BloodStates& states) {
  const Series here = states.lean * exp_of(more.max(-states.squeeze) / kPressureWidth);
  // cosh(mean) / cosh(here), from their exponentials.
  return states.double_cosh * here / (here.square() + 1);
}

Series leak_through(const Series& gap_mm, const ChannelOptics& optics) {
  const Series z = gap_mm / (optics.distance / kMillimetre);
  return kLeakThroughGap * optics.leak_gain * z.square() / (1 + 4 * z.cube());
}

double spread(double share, const Rng& rng) { return 1 + share * (2 * rng.uniform() - 1); }
double sign(const Rng& rng) { return rng.uniform() < 0.5 ? -1 : 1; }

void delay(Series& x, double share) {
  const Index last = x.size() - 1;
  if (last < 1) return;
  const double end = x[last] + share * (x[last] - x[last - 1]);
  x.head(last) += share * (x.tail(last) - x.head(last)).eval();
  x[last] = end;
}

}  // namespace

ChannelWear draw_channel_wear(const Rng& rng) {
  return {.bulge_gain = sign(rng / "bulge_sign") * spread(kBulgeSpread, rng / "bulge"),
          .slosh_gain = spread(kSloshSpread, rng / "slosh"),
          .slip_gain = sign(rng / "slip_sign")};
}

ChannelLight channel_light(const ChannelOptics& optics, const ChannelWear& wear,
                           const Eigen::Array<double, 1, 2>& lever, const Contact& contact,
                           const BloodStates& states) {
  const double per_mmhg = optics.pressure * kMillimetreHg;
  const double per_mm = optics.bulge * kMillimetre * wear.bulge_gain;

  // The exponent, cause by cause.
  Series pulse =
      optics.arterial[0] * states.arterial_superficial + optics.arterial[1] * states.arterial_deep;
  const Series venous =
      optics.venous[0] * (states.venous_superficial + wear.slosh_gain * states.slosh_superficial) +
      optics.venous[1] * (states.venous_deep + wear.slosh_gain * states.slosh_deep);
  Series pressure = per_mmhg * states.pressure;
  if (states.pressure_slope.rows() > 0) {
    const Series more = uneven_pressure(lever, states.pressure_slope);
    pulse *= relative_perfusion(more, states);
    pressure += per_mmhg * more;
  }
  const Series bulge = per_mm * states.bulge + per_mmhg * states.bulge_pressure -
                       optics.venous[0] * states.expelled_superficial -
                       optics.venous[1] * states.expelled_deep;
  Series slip = optics.slip * wear.slip_gain * states.slip;
  if (wear.other_skin.size() > 0) slip += wear.other_skin;

  ChannelLight light;
  light.gap_mm = gap_under(lever, contact);
  const Series factor = 1 / (1 + (light.gap_mm / kGapReach).square());
  const Series through = leak_through(light.gap_mm, optics);
  const Series touching = optics.transfer * exp_of(-(pulse + venous + pressure + bulge + slip));
  const Series seen = touching * factor;

  light.steady = optics.transfer + optics.leak;
  light.total = seen + optics.leak + through;
  light.pulse = seen * (1 - exp_of(pulse));
  light.venous = seen * (1 - exp_of(venous));
  light.pressure = seen * (1 - exp_of(pressure));
  light.bulge = seen * (1 - exp_of(bulge));
  light.slip = seen * (1 - exp_of(slip));
  light.gap = seen - touching + through;
  return light;
}

void expose_later(ChannelLight& light, double share) {
  if (share == 0) return;
  for (Series* part : {&light.total, &light.pulse, &light.venous, &light.pressure, &light.gap,
                       &light.bulge, &light.slip, &light.gap_mm})
    delay(*part, share);
}

}  // namespace wrist
