// SPDX-License-Identifier: Apache-2.0
/// The stochastic terms as they come out of a stream, by the Allan deviation they are defined by.
#include <gtest/gtest.h>

#include <cmath>

#include "sensor_models/imu/imu_stream.h"
#include "sensor_models/signal/allan.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// Six axes at rest for `duration_s`, fed by the minute, without gravity: SI.
Eigen::Array<double, Eigen::Dynamic, 6> at_rest(const ImuUnit& unit, double duration_s,
                                                double truth_rate_hz, std::uint64_t seed) {
  const auto minutes = static_cast<Index>(duration_s / 60);
  ImuStream stream(unit, truth_rate_hz, 0, Rng(seed));
  ImuTruth minute = constant_truth(60, {0, 0, 0}, {0, 0, 0}, truth_rate_hz);
  std::vector<ImuRecord> records;
  Index count = 0;
  for (Index m = 0; m < minutes; ++m) {
    minute.time.start_s = 60 * static_cast<double>(m);
    records.push_back(stream.feed(minute));
    count += records.back().time_ns.size();
  }
  Eigen::Array<double, Eigen::Dynamic, 6> all(count, 6);
  Index row = 0;
  for (const ImuRecord& r : records) {
    all.block(row, 0, r.time_ns.size(), 3) = accel_si(r);
    all.block(row, 3, r.time_ns.size(), 3) = gyro_si(r);
    row += r.time_ns.size();
  }
  return all;
}

// Root mean square over axes [first, first + 3).
double deviation(const Eigen::Array<double, Eigen::Dynamic, 6>& x, Index first, double tau) {
  double sum = 0;
  for (Index axis = first; axis < first + 3; ++axis)
    sum += std::pow(allan_deviation(x.col(axis), 100, {tau})[0].deviation, 2) / 3;
  return std::sqrt(sum);
}

// 100 Hz, counts far below the noise. 20 Hz of bandwidth: of 40 Hz, what the part lets through near
// 100 Hz would alias and raise N by 1.3 %.
ImuSpec quiet_spec() {
  ImuSpec spec = ideal_spec();
  spec.accel.range = spec.gyro.range = 20;
  spec.accel.bandwidth_hz = spec.gyro.bandwidth_hz = 20;
  return spec;
}

TEST(ImuTermsStatistics, WhiteAloneReadsNAndFollowsTheDensityNotTheSample) {
  // The same density from truth of 400 Hz and of 3.2 kHz: a deviation per sample would differ by
  // a factor of 2.8. 4.2 million samples: the error of N at 1 s over three axes is 0.2 %.
  ImuSpec spec = quiet_spec();
  spec.accel.noise_density = spec.gyro.noise_density = 0.05;
  const ImuUnit unit = build_imu(spec, Rng(1));
  const auto slow = at_rest(unit, 42000 / 3, 400, 61);
  EXPECT_NEAR(deviation(slow, 0, 1) / (0.05 / std::sqrt(2.)), 1, 0.01);
  EXPECT_NEAR(deviation(slow, 3, 1) / (0.05 / std::sqrt(2.)), 1, 0.01);
  const auto fast = at_rest(unit, 3600, 3200, 62);
  EXPECT_NEAR(deviation(fast, 0, 1) / (0.05 / std::sqrt(2.)), 1, 4 * 0.0094 / std::sqrt(3.));
}

TEST(ImuTermsStatistics, FlickerAloneIsFlatOverTwoDecadesAndWalkAloneReadsK) {
  ImuSpec spec = quiet_spec();
  spec.accel.flicker = 0.1;
  spec.gyro.random_walk = 0.002;
  const auto x = at_rest(build_imu(spec, Rng(1)), 120000, 400, 63);
  const double expected = std::sqrt(2 * std::log(2.) / kPi) * 0.1;
  for (const double tau : {1., 3., 10., 30., 100.})
    EXPECT_NEAR(deviation(x, 0, tau) / expected, 1, 0.03) << tau;
  EXPECT_NEAR(deviation(x, 3, 3) / 0.002, 1, 0.01);
}

TEST(ImuTermsStatistics, AnHourOfEverythingStillTellsN) {
  // watch_spec: 160 ug/rtHz and 7 mdps/rtHz; N at 1 s is 0.94 % sure per axis.
  ImuUnit unit = full_unit(2);
  unit.true_rate_hz = 100;
  unit.rate_tempco = 0;
  unit.accel.noise_density.setConstant(unit.spec.accel.noise_density);
  unit.gyro.noise_density.setConstant(unit.spec.gyro.noise_density);
  unit.accel.gain.setIdentity();
  unit.gyro.gain.setIdentity();
  const auto x = at_rest(unit, 3600, 400, 64);
  const auto n = [&](Index first, const TriadSpec& spec) {
    const double flicker = 0.664 * spec.flicker, walk = spec.random_walk / std::sqrt(3.);
    const double count = spec.range / 32768 / std::sqrt(12.) / 10;  // rounding, white, at 1 s
    const double sum =
        std::pow(deviation(x, first, 1), 2) - flicker * flicker - walk * walk - count * count;
    return std::sqrt(sum) / (spec.noise_density / std::sqrt(2.));
  };
  EXPECT_NEAR(n(0, unit.spec.accel), 1, 0.03);
  EXPECT_NEAR(n(3, unit.spec.gyro), 1, 0.03);
}

TEST(ImuTermsStatistics, FlickerIsThereFromTheFirstSample) {
  // A drift that started at zero would be quiet first and loud later.
  ImuSpec spec = quiet_spec();
  spec.accel.flicker = 0.5;
  const ImuUnit unit = build_imu(spec, Rng(1));
  constexpr std::uint64_t kRuns = 500;
  double first = 0, late = 0;
  const ImuTruth truth = constant_truth(30, {0, 0, 0}, {0, 0, 0}, 400);
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const Series3 x = accel_si(measure(unit, truth, Rng(65) / run));
    first += x.row(0).square().sum() / (3 * kRuns);
    late += x.row(2990).square().sum() / (3 * kRuns);
  }
  // Variance of a sum of states: relative standard error sqrt(2 / 1500) = 3.7 % each.
  EXPECT_NEAR(first / late, 1, 4 * 0.037 * std::sqrt(2.));
}

}  // namespace
}  // namespace wrist
