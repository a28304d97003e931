// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/light.h"

#include <cmath>

#include "sensor_models/optical/near_exp.h"
#include "sim/base/constants.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

constexpr double kMillimetre = 1e-3;      // m
constexpr double kGapReach = 1.5;         // mm; gap that halves the light, 0.8 to 2.5 [assumption]
constexpr double kLeakThroughGap = 2e-4;  // of responsivity; mirrored by the skin [assumption]
// Spread of gains over the channels of one watch [assumption].
constexpr double kBulgeSpread = 0.5, kSloshSpread = 0.3;

// What the kernels read: states and contact from the first sample of a block.
struct Inputs {
  const double *arterial0, *arterial1, *venous0, *venous1, *slosh0, *slosh1, *expelled0, *expelled1;
  const double *pressure, *bulge_pressure, *bulge, *slip;
  const double *more, *perfusion;  // as SpotPressure
  const double* other_skin;        // as ChannelWear
};

Inputs inputs_at(const BloodStates& s, Index first, const SpotPressure& spot,
                 const Series& other_skin) {
  const auto at = [first](const Series& x) { return x.data() + first; };
  const double* none = even_pressure().more.data();
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
          at(s.slip),
          spot.more.data(),
          spot.perfusion.data(),
          other_skin.size() > 0 ? at(other_skin) : none};
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

// Negative where an exponent is too far for the short polynomials.
struct Beyond {
  std::int64_t skin = 0, pulse = 0, venous = 0, pressure = 0, bulge = 0, slip = 0;
};

// The exponent, cause by cause, and the exponential of it all.
WRIST_SIMD_WIDE void exponents(Gains g, Inputs in, Index count, Beyond& beyond,
                               LightBlock& __restrict out) {
  Beyond b;
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    const double pulse =
        (g.arterial0 * in.arterial0[i] + g.arterial1 * in.arterial1[i]) * in.perfusion[i];
    const double venous = g.venous0 * (in.venous0[i] + g.slosh * in.slosh0[i]) +
                          g.venous1 * (in.venous1[i] + g.slosh * in.slosh1[i]);
    const double pressure = g.per_mmhg * in.pressure[i] + g.per_mmhg * in.more[i];
    const double bulge = g.per_mm * in.bulge[i] + g.per_mmhg * in.bulge_pressure[i] -
                         g.venous0 * in.expelled0[i] - g.venous1 * in.expelled1[i];
    const double slip = g.slip * in.slip[i] + in.other_skin[i];
    const double exponent = -(pulse + venous + pressure + bulge + slip);
    out.pulse[k] = pulse, b.pulse |= beyond_near(pulse);
    out.venous[k] = venous, b.venous |= beyond_near(venous);
    out.pressure[k] = pressure, b.pressure |= beyond_near(pressure);
    out.bulge[k] = bulge, b.bulge |= beyond_near(bulge);
    out.slip[k] = slip, b.slip |= beyond_near(slip);
    out.skin[k] = exp_near(exponent), b.skin |= beyond_near(exponent);
  }
  beyond = b;
}

void far_exponential(Index count, LightBlock& x) {
  for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k)
    x.skin[k] = exp_clipped(-(x.pulse[k] + x.venous[k] + x.pressure[k] + x.bulge[k] + x.slip[k]));
}

// Skin to the back, at three places of it.
struct Gap {
  const double *mean, *about_x, *about_y;
};

// Without a comparison, whose zero would lead a way of its own through the loop.
[[gnu::always_inline]] inline double positive(double x) { return 0.5 * (x + std::abs(x)); }

// `out.skin`: the exponential of the exponent, then the light through skin and gap.
WRIST_SIMD_WIDE void pass_gap(const ChannelOptics& optics, Lever at, Gap gap, Index count,
                              LightBlock& __restrict out) {
  const double transfer = optics.transfer, leak = optics.leak;
  const double gap_gain = kLeakThroughGap * optics.leak_gain;
  const double distance_mm = optics.distance / kMillimetre;
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    const double here = positive(gap.mean[i] + gap.about_x[i] * at.y - gap.about_y[i] * at.x);
    const double reach = here / kGapReach, z = here / distance_mm;
    const double factor = 1 / (1 + reach * reach);
    const double through = gap_gain * (z * z) / (1 + 4 * (z * z * z));
    const double touching = transfer * out.skin[k], seen = touching * factor;
    out.gap_mm[k] = here;
    out.skin[k] = seen;
    out.total[k] = seen + leak + through;
    out.gap[k] = seen - touching + through;
  }
}

// Whole vectors: what is in the last one beyond the samples is not read.
WRIST_SIMD_WIDE void near_part(const double* __restrict seen, double* __restrict x, Index count) {
  const Index vectors = (count + kLaneVector - 1) / kLaneVector;
  for (Index i = 0; i < vectors * kLaneVector; ++i) x[i] = -seen[i] * expm1_near(x[i]);
}

// Of bits: a loop of integers vectorises. A negative zero is none.
WRIST_SIMD_WIDE bool all_zero(const double* x, Index count) {
  std::int64_t bits = 0;
  for (Index i = 0; i < count; ++i) bits |= std::bit_cast<std::int64_t>(x[i]);
  return bits == 0;
}

// The exponent of a cause becomes the light there is less the light without it.
void make_part(const LightLanes& seen, std::int64_t beyond, Index count, LightLanes& x) {
  if (x[0] == 0 && all_zero(x.data(), count)) return;
  if (beyond >= 0) return near_part(seen.data(), x.data(), count);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    x[i] = seen[i] * (1 - exp_clipped(x[i]));
}

double spread(double share, const Rng& rng) { return 1 + share * (2 * rng.uniform() - 1); }
double sign(const Rng& rng) { return rng.uniform() < 0.5 ? -1 : 1; }

WRIST_SIMD void delay(double* x, double share, Index count) {
  for (Index i = 0; i < count; ++i) x[i] += share * (x[i + 1] - x[i]);
}

// The sample after the last of `count`, straight on.
void go_on(LightLanes& x, Index count) {
  const std::size_t end = static_cast<std::size_t>(count);
  x[end] = count < 2 ? x[end - 1] : x[end - 1] + (x[end - 1] - x[end - 2]);
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
  const Lever lever{path.lever[0] / kMillimetre, path.lever[1] / kMillimetre};
  const bool even = states.pressure_slope.rows() == 0;
  SpotPressure spot;
  if (!even) press_spot(lever, states, stretch, spot);
  Beyond beyond;
  exponents(gains_of(path),
            inputs_at(states, first, even ? even_pressure() : spot, path.wear.other_skin), count,
            beyond, out);
  if (beyond.skin < 0) far_exponential(count, out);
  pass_gap(path.optics, lever,
           {contact.gap.data() + first, contact.tilt.col(0).data() + first,
            contact.tilt.col(1).data() + first},
           count, out);
  make_part(out.skin, beyond.pulse, count, out.pulse);
  make_part(out.skin, beyond.venous, count, out.venous);
  make_part(out.skin, beyond.pressure, count, out.pressure);
  make_part(out.skin, beyond.bulge, count, out.bulge);
  make_part(out.skin, beyond.slip, count, out.slip);
}

void expose_later(LightBlock& light, double share, Index count, bool more) {
  const Index last = count - 1;
  if (!more)
    for (LightLanes* part :
         {&light.pulse, &light.venous, &light.pressure, &light.gap, &light.bulge, &light.slip})
      go_on(*part, count);
  if (share == 0) return;
  for (LightLanes* lanes : {&light.total, &light.gap_mm}) {
    double* x = lanes->data();
    const double end = more || last < 1 ? x[last] : x[last] + share * (x[last] - x[last - 1]);
    delay(x, share, more ? count : last);
    if (!more) x[last] = end;
  }
}

}  // namespace wrist
