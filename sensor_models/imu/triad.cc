// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/triad.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sensor_models/imu/distort.h"
#include "sensor_models/signal/low_pass.h"
#include "sensor_models/signal/noise.h"
#include "sensor_models/signal/sampling.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kAnalogClip = 1.05;  // of the range; assumption, parts lie between 1.02 and 1.1
constexpr double kDriftRate = 10;     // Hz; nodes between which the drift of the bias is linear
constexpr double kSettlingTimes = 6;  // time constants; e^-6 of the start is left
constexpr Index kBlock = 512;         // samples at a time: they stay in the nearest cache
constexpr Index kHistory = 3;         // rows a stencil may reach back into the block before

using Samples = Eigen::Array<double, Eigen::Dynamic, kLanes, Eigen::RowMajor>;

// Samples [start, start + count) of the truth.
struct Span {
  Index start, count;
};

// One measurement of one triad.
struct Pass {
  const TriadSpec& spec;
  const TriadUnit& unit;
  const TriadTruth& truth;
  Rng rng;
  LowPass low_pass;
  Index drift_step;  // samples between drift nodes
  Series3 offset;    // Q; bias and its drift at the nodes
};

Series3 draw_offset(const TriadSpec& spec, const Eigen::Vector3d& bias, double rate_hz, Index count,
                    const Rng& rng) {
  Series3 offset(count, 3);
  for (Index axis = 0; axis < 3; ++axis) {
    const auto number = static_cast<std::uint64_t>(axis);
    offset.col(axis) = bias[axis] +
                       flicker(spec.flicker, rate_hz, count, rng / "flicker" / number) +
                       random_walk(spec.random_walk, rate_hz, count, rng / "walk" / number);
  }
  return offset;
}

Pass start_pass(const TriadSpec& spec, const TriadUnit& unit, const TriadTruth& truth,
                const Rng& rng) {
  const double rate = truth.fast.rate_hz;
  const Index step = std::max<Index>(1, std::lround(rate / kDriftRate));
  const Index nodes = (truth.fast.count - 1) / step + 2;
  return {spec,
          unit,
          truth,
          rng,
          design_low_pass(spec.filter_order, spec.bandwidth_hz, rate),
          step,
          draw_offset(spec, unit.bias, rate / static_cast<double>(step), nodes, rng)};
}

void require_finite(const TriadTruth& truth, Span span) {
  for (Index axis = 0; axis < 3; ++axis)
    require(all_finite(&truth.value(span.start, axis), span.count), ErrorKind::internal,
            "imu: the true " + std::string(truth.name) + " is not finite between samples " +
                std::to_string(span.start) + " and " + std::to_string(span.start + span.count));
}

// Unit normals of one block, a stream of its own; none without noise.
Series white_noise(const Pass& pass, std::string_view purpose, Index axis, Index block) {
  if (pass.spec.noise_density == 0) return {};
  const Rng stream = pass.rng / purpose / static_cast<std::uint64_t>(axis);
  return (stream / static_cast<std::uint64_t>(block)).normals(kBlock);
}

AxisBlock axis_block(const Pass& pass, Index axis, const Series3& truth, Index start,
                     const Series& white) {
  const auto gain = pass.unit.gain.row(axis);
  return {{&truth(start, 0), &truth(start, 1), &truth(start, 2)},
          white.size() == 0 ? nullptr : white.data(),
          {gain[0], gain[1], gain[2]},
          white_sd(pass.spec.noise_density, pass.truth.fast.rate_hz),
          kAnalogClip * pass.spec.range};
}

// The filter after a long rest at the first sample, noise and all: stationary from the start.
LowPassState settle(const Pass& pass) {
  require_finite(pass.truth, {0, 1});
  const Series3 still = pass.truth.value.row(0).replicate(kBlock, 1);
  std::vector<double> rows(static_cast<std::size_t>(kBlock * kLanes));
  const auto fill = [&](Index axis, const Series& white, Index count) {
    distort(axis_block(pass, axis, still, 0, white), {pass.offset(0, axis), 0}, 0, count,
            rows.data() + axis);
    copy_to_lane(&still(0, axis), count, rows.data() + 3 + axis);
  };
  for (Index axis = 0; axis < 3; ++axis) fill(axis, Series(), 1);
  LowPassState state = settled(pass.low_pass, rows.data());
  const double samples = kSettlingTimes * delay_s(pass.low_pass) * pass.low_pass.rate_hz;
  for (Index block = 0; block <= static_cast<Index>(samples) / kBlock; ++block) {
    for (Index axis = 0; axis < 3; ++axis)
      fill(axis, white_noise(pass, "settle", axis, block), kBlock);
    filter(pass.low_pass, state, rows.data(), kBlock);
  }
  return state;
}

// One axis as measured, in stretches between the nodes of its drift.
void distort_axis(const Pass& pass, Index axis, Span span, double* rows) {
  const Series white = white_noise(pass, "white", axis, span.start / kBlock);
  const AxisBlock block = axis_block(pass, axis, pass.truth.value, span.start, white);
  for (Index from = 0; from < span.count;) {
    const Index node = (span.start + from) / pass.drift_step;
    const Index into = (span.start + from) % pass.drift_step;
    const Index to = std::min(span.count, from + pass.drift_step - into);
    const double offset = pass.offset(node, axis);
    const double slope =
        (pass.offset(node + 1, axis) - offset) / static_cast<double>(pass.drift_step);
    distort(block, {offset + slope * static_cast<double>(into), slope}, from, to, rows + axis);
    from = to;
  }
}

void fill_rows(const Pass& pass, Span span, double* rows) {
  require_finite(pass.truth, span);
  for (Index axis = 0; axis < 3; ++axis) {
    distort_axis(pass, axis, span, rows);
    copy_to_lane(&pass.truth.value(span.start, axis), span.count, rows + 3 + axis);
  }
}

// The filtered channels at the instants of the clock.
Samples run(const Pass& pass) {
  const TimeGrid& fast = pass.truth.fast;
  const TimeGrid& clock = pass.truth.clock;
  const double stride = fast.rate_hz / clock.rate_hz;
  std::vector<double> buffer(static_cast<std::size_t>((kHistory + kBlock) * kLanes));
  double* const rows = buffer.data() + kHistory * kLanes;
  LowPassState state = settle(pass);
  Samples samples(clock.count, kLanes);
  Index k = 0;
  for (Index start = 0; start < fast.count; start += kBlock) {
    const Index count = std::min(kBlock, fast.count - start);
    fill_rows(pass, {start, count}, rows);
    filter(pass.low_pass, state, rows, count);
    for (; k < clock.count; ++k) {
      const CubicStencil s = cubic_stencil(static_cast<double>(k) * stride, fast.count);
      if (s.first + 4 > start + count) break;
      const double* x = rows + (s.first - start) * kLanes;
      for (Index lane = 0; lane < kLanes; ++lane)
        samples(k, lane) = s.weight[0] * x[lane] + s.weight[1] * x[lane + kLanes] +
                           s.weight[2] * x[lane + 2 * kLanes] + s.weight[3] * x[lane + 3 * kLanes];
    }
    std::copy_n(rows + (count - kHistory) * kLanes, kHistory * kLanes, buffer.data());
  }
  return samples;
}

}  // namespace

TriadRecord measure_triad(const TriadSpec& spec, const TriadUnit& unit, const TriadTruth& truth,
                          const Rng& rng) {
  require(truth.fast.count >= 4 && truth.value.rows() == truth.fast.count, ErrorKind::internal,
          "imu: the true " + std::string(truth.name) + " has " +
              std::to_string(truth.value.rows()) + " samples on a grid of " +
              std::to_string(truth.fast.count) + "; expected the same number, at least 4");
  const Samples samples = run(start_pass(spec, unit, truth, rng / truth.name));
  const std::int32_t limit = (1 << (spec.bits - 1)) - 1;
  TriadRecord record{Counts3(samples.rows(), 3), Flags::Zero(samples.rows()),
                     spec.range / (limit + 1), samples.rightCols<3>()};
  for (Index k = 0; k < samples.rows(); ++k)
    for (Index axis = 0; axis < 3; ++axis) {
      const std::int32_t count = to_count(samples(k, axis), record.scale, -limit, limit);
      record.counts(k, axis) = static_cast<std::int16_t>(count);
      if (std::abs(count) == limit) record.flags[k] = kFlagSaturated;
    }
  return record;
}

}  // namespace wrist
