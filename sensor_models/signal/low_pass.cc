// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/low_pass.h"

#include <cmath>
#include <complex>
#include <string>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kHighestCutoff = 0.49;  // of the rate; one half is warped to infinity
constexpr double kNegligible = 1e-200;   // far from subnormal, far below anything measured
constexpr Index kDropEvery = 512;        // rows

// A conjugate pair of poles with 1/Q = damping; k = tan(pi cutoff / rate).
Biquad pole_pair(double k, double damping) {
  const double scale = 1 / (1 + k * damping + k * k);
  const double b0 = k * k * scale;
  return {b0, 2 * b0, b0, 2 * (k * k - 1) * scale, (1 - k * damping + k * k) * scale};
}

Biquad real_pole(double k) { return {k / (1 + k), k / (1 + k), 0, (k - 1) / (k + 1), 0}; }

WRIST_SIMD void run_section(const Biquad& q, double* state1, double* state2, double* rows,
                            Index count) {
  double s1[kLanes], s2[kLanes];
  for (Index lane = 0; lane < kLanes; ++lane) s1[lane] = state1[lane], s2[lane] = state2[lane];
  for (Index i = 0; i < count; ++i) {
    double* row = rows + i * kLanes;
    for (Index lane = 0; lane < kLanes; ++lane) {
      const double x = row[lane];
      const double y = q.b0 * x + s1[lane];
      s1[lane] = (q.b1 * x + s2[lane]) - q.a1 * y;
      s2[lane] = q.b2 * x - q.a2 * y;
      row[lane] = y;
    }
  }
  for (Index lane = 0; lane < kLanes; ++lane) state1[lane] = s1[lane], state2[lane] = s2[lane];
}

// A state that decays towards nothing would crawl through subnormal numbers.
void drop_negligible(LowPassState& state) {
  for (auto* states : {&state.s1, &state.s2})
    for (auto& section : *states)
      for (double& x : section) x = std::abs(x) < kNegligible ? 0 : x;
}

}  // namespace

LowPass design_low_pass(int order, double cutoff_hz, double rate_hz) {
  require(order >= 1 && order <= 4, ErrorKind::usage,
          "low-pass: expected an order of 1 to 4, found " + std::to_string(order));
  require(cutoff_hz > 0 && cutoff_hz < kHighestCutoff * rate_hz, ErrorKind::usage,
          "low-pass: expected a cut-off above 0 and below 0.49 of the rate of " +
              std::to_string(rate_hz) + " Hz, found " + std::to_string(cutoff_hz) + " Hz");
  const portable::SinCos warped = portable::sincos(kPi * cutoff_hz / rate_hz);
  const double k = warped.sin / warped.cos;
  LowPass design{rate_hz, 0, {}};
  const auto add = [&](const Biquad& section) {
    design.sections[static_cast<std::size_t>(design.section_count++)] = section;
  };
  for (int pair = 0; pair < order / 2; ++pair)
    add(pole_pair(k, 2 * portable::sin(kPi * (2 * pair + 1) / (2 * order))));
  if (order % 2 == 1) add(real_pole(k));
  return design;
}

LowPassState settled(const LowPass& design, const double* row) {
  LowPassState state;
  for (int section = 0; section < design.section_count; ++section) {
    const Biquad& q = design.sections[static_cast<std::size_t>(section)];
    for (Index lane = 0; lane < kLanes; ++lane) {
      state.s2[section][lane] = (q.b2 - q.a2) * row[lane];
      state.s1[section][lane] = (q.b1 - q.a1) * row[lane] + state.s2[section][lane];
    }
  }
  return state;
}

void filter(const LowPass& design, LowPassState& state, double* rows, Index count) {
  for (int section = 0; section < design.section_count; ++section)
    run_section(design.sections[static_cast<std::size_t>(section)], state.s1[section],
                state.s2[section], rows, count);
  state.rows += count;
  if (state.rows % kDropEvery == 0) drop_negligible(state);
}

Series filter(const LowPass& design, const Series& x) {
  using Rows = Eigen::Array<double, Eigen::Dynamic, kLanes, Eigen::RowMajor>;
  if (x.size() == 0) return x;
  Rows rows = Rows::Zero(x.size(), kLanes);
  rows.col(0) = x;
  LowPassState state = settled(design, rows.data());
  filter(design, state, rows.data(), x.size());
  return rows.col(0);
}

double gain(const LowPass& design, double frequency_hz) {
  const std::complex<double> delay = std::polar(1.0, -2 * kPi * frequency_hz / design.rate_hz);
  std::complex<double> response = 1;
  for (int section = 0; section < design.section_count; ++section) {
    const Biquad& q = design.sections[static_cast<std::size_t>(section)];
    response *= (q.b0 + delay * (q.b1 + delay * q.b2)) / (1.0 + delay * (q.a1 + delay * q.a2));
  }
  return std::abs(response);
}

double delay_s(const LowPass& design) {
  double samples = 0;
  for (int section = 0; section < design.section_count; ++section) {
    const Biquad& q = design.sections[static_cast<std::size_t>(section)];
    samples += (q.b1 + 2 * q.b2) / (q.b0 + q.b1 + q.b2) - (q.a1 + 2 * q.a2) / (1 + q.a1 + q.a2);
  }
  return samples / design.rate_hz;
}

}  // namespace wrist
