// SPDX-License-Identifier: Apache-2.0
/// Noise as it comes out of the whole chain.
#include <gtest/gtest.h>

#include <cmath>

#include "sensor_models/signal/allan.h"
#include "sensor_models/signal/low_pass.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

double variance(const Series& x) { return (x - x.mean()).square().mean(); }

double correlation(const Series& x, const Series& y) {
  return ((x - x.mean()) * (y - y.mean())).mean() / std::sqrt(variance(x) * variance(y));
}

// Gyroscope with white noise alone, of a density that dwarfs a count.
ImuSpec white_spec(double rate_hz, double bandwidth_hz) {
  ImuSpec spec = ideal_spec();
  spec.rate_hz = rate_hz;
  spec.gyro.noise_density = 0.01;
  spec.gyro.bandwidth_hz = bandwidth_hz;
  return spec;
}

Series3 still_gyro(const ImuSpec& spec, double duration_s, std::uint64_t seed) {
  return gyro_si(measure(build_imu(spec, Rng(1)), still(duration_s), Rng(seed)));
}

TEST(ImuStatistics, OutputNoiseIsDensityTimesRootOfNoiseBandwidth) {
  constexpr double kRatio[] = {1.571, 1.111, 1.047, 1.026};  // ENBW over cut-off
  for (const int order : {2, 3, 4}) {
    ImuSpec spec = white_spec(100, 20);  // 100 Hz leaves samples nearly uncorrelated
    spec.gyro.filter_order = order;
    const Series3 x = still_gyro(spec, 300, 41);
    const double expected = 0.01 * std::sqrt(kRatio[order - 1] * 20);
    // 2 B T independent values per axis, three axes.
    const double se = expected / std::sqrt(2 * 3 * 2 * 20 * 300.);
    const double sd = std::sqrt((variance(x.col(0)) + variance(x.col(1)) + variance(x.col(2))) / 3);
    EXPECT_NEAR(sd, expected, 4 * se) << order;
  }
}

TEST(ImuStatistics, AllanNIsTheSameAtEveryOutputRate) {
  for (const double rate : {25., 50., 100., 200., 400.}) {
    const Series3 x = still_gyro(white_spec(rate, 0.405 * rate), 400, 42);
    double sum = 0;
    for (Index axis = 0; axis < 3; ++axis) {
      const double deviation = allan_deviation(x.col(axis), rate, {1})[0].deviation;
      sum += deviation * deviation / 3;
    }
    // Overlapped at 1 s: about 3 x 400 independent values. Filtered noise aliases: 2 % in hand.
    EXPECT_NEAR(std::sqrt(sum) / (0.01 / std::sqrt(2.)), 1, 4 / std::sqrt(2 * 3 * 400.) + 0.02)
        << rate;
  }
}

TEST(ImuStatistics, NoiseIsStationaryFromTheFirstSample) {
  const ImuUnit unit = build_imu(white_spec(100, 1), Rng(1));  // 1 Hz: slow to settle
  constexpr std::uint64_t kRuns = 1500;
  double first = 0, tenth = 0;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const Series3 x = gyro_si(measure(unit, still(0.1), Rng(43) / run));
    first += x.row(0).square().sum() / (3 * kRuns);
    tenth += x.row(9).square().sum() / (3 * kRuns);
  }
  const double expected = 0.01 * 0.01 * 1.111, se = expected * std::sqrt(2 / (3. * kRuns));
  EXPECT_NEAR(first, expected, 4 * se);
  EXPECT_NEAR(tenth, expected, 4 * se);
}

TEST(ImuStatistics, StreamsAreUncorrelated) {
  ImuSpec spec = white_spec(100, 39.9);
  spec.accel.noise_density = 0.05;
  const ImuRecord record = measure(build_imu(spec, Rng(1)), still(200), Rng(44));
  Series all[6];
  for (Index axis = 0; axis < 3; ++axis) {
    all[axis] = accel_si(record).col(axis);
    all[3 + axis] = gyro_si(record).col(axis);
  }
  for (int a = 0; a < 6; ++a)
    for (int b = 0; b < a; ++b)
      EXPECT_NEAR(correlation(all[a], all[b]), 0, 4.5 / std::sqrt(0.8 * 20000)) << a << " " << b;
  const Series other = still_gyro(spec, 200, 45).col(0);
  EXPECT_NEAR(correlation(all[3], other), 0, 4.5 / std::sqrt(0.8 * 20000));
}

TEST(ImuStatistics, NoiseOfHalfACountDithersTheMean) {
  // An input of 0.3 counts: noise of half a count finds it, noise of a twentieth reads zero.
  const auto mean_counts = [](double sd_counts) {
    ImuSpec spec = white_spec(100, 40);
    const double count = spec.gyro.range / 32768;
    spec.gyro.noise_density = sd_counts * count / std::sqrt(1.111 * 40);
    const ImuTruth truth = constant_truth(200, {0, 0, 0}, {0.3 * count, 0.3 * count, 0.3 * count});
    return measure(build_imu(spec, Rng(1)), truth, Rng(46)).gyro.cast<double>().mean();
  };
  EXPECT_NEAR(mean_counts(0.5), 0.3, 4 * 0.6 / std::sqrt(3 * 0.8 * 20000) + 0.003);
  EXPECT_NEAR(mean_counts(0.2), 0.159, 0.01);  // P(x > 0.5), x normal about 0.3 with sd 0.2
  EXPECT_NEAR(mean_counts(0.05), 0, 5e-4);
}

TEST(ImuStatistics, FlickerAndWalkPassTheChainUnchanged) {
  ImuSpec spec = ideal_spec();
  spec.rate_hz = 25;
  spec.accel.bandwidth_hz = spec.gyro.bandwidth_hz = 10;
  spec.accel.flicker = 0.5;
  spec.gyro.random_walk = 0.1;
  const ImuTruth truth = constant_truth(6000, {0, 0, 0}, {0, 0, 0}, 200);
  const ImuRecord record = measure(build_imu(spec, Rng(1)), truth, Rng(47));
  double flicker = 0, walk = 0;
  for (Index axis = 0; axis < 3; ++axis) {
    flicker += std::pow(allan_deviation(accel_si(record).col(axis), 25, {10})[0].deviation, 2) / 3;
    walk += std::pow(allan_deviation(gyro_si(record).col(axis), 25, {3})[0].deviation, 2) / 3;
  }
  EXPECT_NEAR(std::sqrt(flicker) / (0.664 * 0.5), 1, 4 / std::sqrt(2 * 3 * 600.));
  EXPECT_NEAR(std::sqrt(walk) / 0.1, 1, 4 / std::sqrt(2 * 3 * 2000.));
}

}  // namespace
}  // namespace wrist
