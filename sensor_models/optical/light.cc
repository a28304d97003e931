// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/light.h"

#include <algorithm>
#include <cmath>

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

// exp(x) - 1 of |x| <= 1 within 1e-8 of itself: enough for a part, which is recorded as float.
[[gnu::always_inline]] inline double expm1_near(double x) {
  const double r = x / 4;
  const double p =
      r *
      (1 + r * (1. / 2 +
                r * (1. / 6 + r * (1. / 24 + r * (1. / 120 + r * (1. / 720 + r * (1. / 5040)))))));
  const double p2 = p * (p + 2);
  return p2 * (p2 + 2);
}

double clipped(double x) { return std::clamp(x, -kLargestExponent, kLargestExponent); }

WRIST_SIMD bool all_near(const double* x, Index count) {
  int far = 0;
  for (Index i = 0; i < count; ++i) far |= std::abs(x[i]) > 1;
  return far == 0;
}

WRIST_SIMD void exp_near_in_place(double* x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = exp_near(x[i]);
}

void exp_in_place(double* x, Index count) {
  if (all_near(x, count)) return exp_near_in_place(x, count);
  for (Index i = 0; i < count; ++i) x[i] = portable::exp(clipped(x[i]));
}

WRIST_SIMD void near_part(const double* __restrict seen, double* __restrict x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = -seen[i] * expm1_near(x[i]);
}

// The exponent of a cause becomes the light there is less the light without it.
void make_part(const LightLanes& seen, LightLanes& x, Index count) {
  if (all_near(x.data(), count)) return near_part(seen.data(), x.data(), count);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    x[i] = seen[i] * (1 - portable::exp(clipped(x[i])));
}

// What the kernels read: states and contact from the first sample of a block.
struct Inputs {
  const double *arterial0, *arterial1, *venous0, *venous1, *slosh0, *slosh1, *expelled0, *expelled1;
  const double *pressure, *bulge_pressure, *bulge, *slip;
};

Inputs inputs_at(const BloodStates& s, Index first) {
  const auto at = [first](const Series& x) { return x.data() + first; };
  return {at(s.arterial_superficial),
          at(s.arterial_deep),
          at(s.venous_superficial),
          at(s.venous_deep),
          at(s.slosh_superficial),
          at(s.slosh_deep),
          at(s.expelled_superficial),
          at(s.expelled_deep),
          at(s.pressure),
          at(s.bulge_pressure),
          at(s.bulge),
          at(s.slip)};
}

// Exponent per unit of what is read, except `slosh`: 1.
struct Gains {
  double arterial0, arterial1, venous0, venous1, slosh, per_mmhg, per_mm, slip;
};

Gains gains_of(const LightPath& path) {
  const ChannelOptics& o = path.optics;
  return {o.arterial[0],
          o.arterial[1],
          o.venous[0],
          o.venous[1],
          path.wear.slosh_gain,
          o.pressure * kMillimetreHg,
          o.bulge * kMillimetre * path.wear.bulge_gain,
          o.slip * path.wear.slip_gain};
}

// The exponent, cause by cause.
WRIST_SIMD void exponents(Gains g, Inputs in, Index count, LightBlock& __restrict out) {
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    out.pulse[k] = g.arterial0 * in.arterial0[i] + g.arterial1 * in.arterial1[i];
    out.venous[k] = g.venous0 * (in.venous0[i] + g.slosh * in.slosh0[i]) +
                    g.venous1 * (in.venous1[i] + g.slosh * in.slosh1[i]);
    out.pressure[k] = g.per_mmhg * in.pressure[i];
    out.bulge[k] = g.per_mm * in.bulge[i] + g.per_mmhg * in.bulge_pressure[i] -
                   g.venous0 * in.expelled0[i] - g.venous1 * in.expelled1[i];
    out.slip[k] = g.slip * in.slip[i];
  }
}

// A place on the back, mm from its middle.
struct Lever {
  double x, y;
};

Lever lever_of(const LightPath& path) {
  return {path.lever[0] / kMillimetre, path.lever[1] / kMillimetre};
}

// `more`: mmHg, of a spot than the mean; `ratio`: its logarithm of lean over the mean's.
struct Unevenness {
  LightLanes more, ratio;
};

WRIST_SIMD void unevenness(Lever at, const double* along_x, const double* along_y,
                           const double* squeeze, Index count, Unevenness& __restrict out) {
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    const double more = along_x[i] * at.x + along_y[i] * at.y, least = -squeeze[i];
    out.more[k] = more;
    out.ratio[k] = (more < least ? least : more) / kPressureWidth;
  }
}

// What a spot with more pressure than the mean has of the mean's perfusion: cosh(mean) /
// cosh(here), from their exponentials.
WRIST_SIMD void perfuse(const Unevenness& uneven, const double* lean, const double* double_cosh,
                        Index count, LightLanes& __restrict pulse) {
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    const double here = lean[i] * uneven.ratio[k];
    pulse[k] *= double_cosh[i] * here / (here * here + 1);
  }
}

void press_unevenly(const LightPath& path, const BloodStates& s, Stretch stretch, LightBlock& out) {
  if (s.pressure_slope.rows() == 0) return;
  const auto [first, count] = stretch;
  Unevenness uneven;
  unevenness(lever_of(path), s.pressure_slope.col(0).data() + first,
             s.pressure_slope.col(1).data() + first, s.squeeze.data() + first, count, uneven);
  exp_in_place(uneven.ratio.data(), count);
  perfuse(uneven, s.lean.data() + first, s.double_cosh.data() + first, count, out.pulse);
  const double per_mmhg = path.optics.pressure * kMillimetreHg;
  Eigen::Map<Series>(out.pressure.data(), count) +=
      per_mmhg * Eigen::Map<const Series>(uneven.more.data(), count);
}

WRIST_SIMD void gaps(Lever at, const double* mean, const double* about_x, const double* about_y,
                     Index count, LightLanes& __restrict gap_mm) {
  for (Index i = 0; i < count; ++i) {
    const double here = mean[i] + about_x[i] * at.y - about_y[i] * at.x;
    gap_mm[static_cast<std::size_t>(i)] = here > 0 ? here : 0;
  }
}

WRIST_SIMD void sum_causes(const LightBlock& in, Index count, LightLanes& __restrict exponent) {
  for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k)
    exponent[k] = -(in.pulse[k] + in.venous[k] + in.pressure[k] + in.bulge[k] + in.slip[k]);
}

// `seen`: the exponential of the exponent, then the light through the gap.
WRIST_SIMD void pass_gap(const ChannelOptics& optics, Index count, LightLanes& __restrict seen,
                         LightBlock& __restrict out) {
  const double transfer = optics.transfer, leak = optics.leak;
  const double gap_gain = kLeakThroughGap * optics.leak_gain;
  const double distance_mm = optics.distance / kMillimetre;
  for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k) {
    const double reach = out.gap_mm[k] / kGapReach, z = out.gap_mm[k] / distance_mm;
    const double factor = 1 / (1 + reach * reach);
    const double through = gap_gain * (z * z) / (1 + 4 * (z * z * z));
    const double touching = transfer * seen[k];
    seen[k] = touching * factor;
    out.total[k] = seen[k] + leak + through;
    out.gap[k] = seen[k] - touching + through;
  }
}

double spread(double share, const Rng& rng) { return 1 + share * (2 * rng.uniform() - 1); }
double sign(const Rng& rng) { return rng.uniform() < 0.5 ? -1 : 1; }

WRIST_SIMD void delay(double* x, double share, Index count) {
  for (Index i = 0; i < count; ++i) x[i] += share * (x[i + 1] - x[i]);
}

}  // namespace

ChannelWear draw_channel_wear(const Rng& rng) {
  return {.bulge_gain = sign(rng / "bulge_sign") * spread(kBulgeSpread, rng / "bulge"),
          .slosh_gain = spread(kSloshSpread, rng / "slosh"),
          .slip_gain = sign(rng / "slip_sign")};
}

double steady_light(const ChannelOptics& optics) { return optics.transfer + optics.leak; }

void light_block(const LightPath& path, const Contact& contact, const BloodStates& states,
                 Stretch stretch, LightBlock& out) {
  const auto [first, count] = stretch;
  exponents(gains_of(path), inputs_at(states, first), count, out);
  press_unevenly(path, states, stretch, out);
  if (path.wear.other_skin.size() > 0)
    Eigen::Map<Series>(out.slip.data(), count) += path.wear.other_skin.segment(first, count);
  LightLanes seen;
  sum_causes(out, count, seen);
  exp_in_place(seen.data(), count);
  gaps(lever_of(path), contact.gap.data() + first, contact.tilt.col(0).data() + first,
       contact.tilt.col(1).data() + first, count, out.gap_mm);
  pass_gap(path.optics, count, seen, out);
  for (LightLanes* part : {&out.pulse, &out.venous, &out.pressure, &out.bulge, &out.slip})
    make_part(seen, *part, count);
}

void expose_later(LightBlock& light, double share, Index count, bool more) {
  if (share == 0) return;
  const Index last = count - 1;
  for (LightLanes* part : {&light.total, &light.pulse, &light.venous, &light.pressure, &light.gap,
                           &light.bulge, &light.slip, &light.gap_mm}) {
    double* x = part->data();
    const double end = more || last < 1 ? x[last] : x[last] + share * (x[last] - x[last - 1]);
    delay(x, share, more ? count : last);
    if (!more) x[last] = end;
  }
}

}  // namespace wrist
