// SPDX-License-Identifier: Apache-2.0
/// Every error alone: it must show, in its own channel, and nowhere else.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <ostream>

#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

struct Effect {
  std::string name;
  double TriadSpec::*field;
  double accel_size, gyro_size;  // Q, or 1
};

void PrintTo(const Effect& effect, std::ostream* out) { *out << effect.name; }

class Alone : public ::testing::TestWithParam<Effect> {
 protected:
  static ImuRecord read(const ImuSpec& spec) {
    return measure(build_imu(spec, Rng(31) / "unit"), swing(4), Rng(31) / "run");
  }
};
INSTANTIATE_TEST_SUITE_P(
    Effect, Alone,
    ::testing::Values(Effect{"noise_density", &TriadSpec::noise_density, 0.01, 1e-3},
                      Effect{"flicker", &TriadSpec::flicker, 0.05, 0.01},
                      Effect{"random_walk", &TriadSpec::random_walk, 0.05, 0.01},
                      Effect{"bias_sd", &TriadSpec::bias_sd, 0.2, 0.01},
                      Effect{"scale_sd", &TriadSpec::scale_sd, 0.01, 0.01},
                      Effect{"cross_axis_sd", &TriadSpec::cross_axis_sd, 0.01, 0.01}),
    [](const auto& named) { return named.param.name; });

TEST_P(Alone, ChangesItsOwnChannelOnly) {
  const ImuRecord ideal = read(ideal_spec());
  ImuSpec accel_only = ideal_spec(), gyro_only = ideal_spec();
  accel_only.accel.*GetParam().field = GetParam().accel_size;
  gyro_only.gyro.*GetParam().field = GetParam().gyro_size;
  const ImuRecord accel = read(accel_only), gyro = read(gyro_only);
  EXPECT_FALSE(same_counts(accel.accel, ideal.accel));
  EXPECT_TRUE(same_counts(accel.gyro, ideal.gyro));
  EXPECT_TRUE(same_counts(gyro.accel, ideal.accel));
  EXPECT_FALSE(same_counts(gyro.gyro, ideal.gyro));
}

TEST_P(Alone, GrowsInProportion) {
  const auto deviation = [](double size) -> Series3 {
    ImuSpec spec = ideal_spec();
    spec.accel.*GetParam().field = size;
    const ImuRecord record = read(spec);
    return accel_si(record) - record.clean_accel;
  };
  const double size = GetParam().accel_size;
  const Series3 once = deviation(size), thrice = deviation(3 * size);
  const double count = 8 * kGravity / 32768;
  EXPECT_LT((thrice - 3 * once).abs().maxCoeff(), 2.01 * count);
  EXPECT_GT(once.abs().maxCoeff(), 4 * count);
}

TEST(Effects, BiasIsAConstant) {
  ImuSpec spec = ideal_spec();
  spec.gyro.bias_sd = 0.01;
  const ImuUnit unit = build_imu(spec, Rng(2));
  const ImuRecord record = measure(unit, still(2), Rng(3));
  for (Index axis = 0; axis < 3; ++axis)
    EXPECT_LT((gyro_si(record).col(axis) - unit.gyro.bias[axis]).abs().maxCoeff(),
              0.5001 * record.gyro_scale);
}

TEST(Effects, GainMixesTheAxesAsItsMatrixSays) {
  ImuUnit unit = build_imu(ideal_spec(), Rng(1));
  unit.accel.gain << 1.1, 0.2, 0.3, -0.1, 0.9, 0.05, 0.02, -0.2, 1.05;
  const Eigen::Vector3d force(3, -7, 11), expected = unit.accel.gain * force;
  const ImuRecord record = measure(unit, constant_truth(1, force, {0, 0, 0}), Rng(1));
  for (Index axis = 0; axis < 3; ++axis)
    EXPECT_NEAR(accel_si(record)(50, axis), expected[axis], 0.5001 * record.accel_scale);
}

TEST(Effects, RateErrorMovesTheSamplesOnly) {
  ImuUnit unit = build_imu(ideal_spec(), Rng(1));
  const ImuRecord nominal = measure(unit, still(10), Rng(1));
  unit.true_rate_hz = 101;
  const ImuRecord fast = measure(unit, still(10), Rng(1));
  EXPECT_EQ(nominal.accel.rows(), 1000);
  EXPECT_EQ(fast.accel.rows(), 1010);
  EXPECT_TRUE(same_counts(nominal.accel, fast.accel.topRows(1000)));
}

TEST(Effects, DriftMovesWithoutJumps) {
  // Linear between nodes 0.1 s apart: no step of a sample exceeds a tenth of the largest in 0.1 s,
  // but for the offset of samples against nodes and two counts.
  ImuSpec spec = ideal_spec();
  spec.accel.random_walk = 2;
  const ImuRecord record = measure(build_imu(spec, Rng(1)), still(30), Rng(8));
  const Series x = accel_si(record).col(0);
  const double step = (x.tail(x.size() - 1) - x.head(x.size() - 1)).abs().maxCoeff();
  const double tenth = (x.tail(x.size() - 10) - x.head(x.size() - 10)).abs().maxCoeff() / 10;
  EXPECT_LT(step, 1.3 * tenth + 2 * record.accel_scale);
}

TEST(Effects, RandomWalkStartsAtTheBias) {
  ImuSpec spec = ideal_spec();
  spec.accel.random_walk = 0.5;
  const ImuRecord record = measure(build_imu(spec, Rng(1)), still(20), Rng(8));
  EXPECT_LE(std::abs(record.accel(0, 0)), 1);
  EXPECT_GT(accel_si(record).col(0).abs().maxCoeff(), 0.3);
}

}  // namespace
}  // namespace wrist
