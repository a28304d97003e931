// SPDX-License-Identifier: Apache-2.0
/// Specimens drawn from a specification.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "sim/base/error.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

constexpr std::uint64_t kUnits = 1000;

double spread(const std::function<double(const ImuUnit&)>& value, const ImuSpec& spec) {
  double sum = 0;
  for (std::uint64_t i = 0; i < kUnits; ++i) {
    const double v = value(build_imu(spec, Rng(9) / i));
    sum += v * v;
  }
  return std::sqrt(sum / kUnits);
}

// Four standard errors of a standard deviation from kUnits draws.
double four_se(double sd) { return 4 * sd / std::sqrt(2. * kUnits); }

TEST(ImuUnit, ZeroSpecIsTheIdealUnit) {
  const ImuUnit unit = build_imu(ideal_spec(), Rng(1));
  EXPECT_TRUE(unit.accel.gain == Eigen::Matrix3d::Identity());
  EXPECT_TRUE(unit.gyro.gain == Eigen::Matrix3d::Identity());
  EXPECT_TRUE(unit.accel.bias.isZero(0) && unit.gyro.bias.isZero(0));
  EXPECT_EQ(unit.true_rate_hz, 100);
}

TEST(ImuUnit, ScaleStandsOnTheDiagonal) {
  ImuSpec spec = ideal_spec();
  spec.accel.scale_sd = 0.004;
  EXPECT_NEAR(spread([](const ImuUnit& u) { return u.accel.gain(1, 1) - 1; }, spec), 0.004,
              four_se(0.004));
  EXPECT_EQ(spread([](const ImuUnit& u) { return u.accel.gain(1, 2); }, spec), 0);
  EXPECT_EQ(spread([](const ImuUnit& u) { return u.gyro.gain(1, 1) - 1; }, spec), 0);
}

TEST(ImuUnit, CrossAxisStandsBesideIt) {
  ImuSpec spec = ideal_spec();
  spec.gyro.cross_axis_sd = 0.01;
  for (const auto& [row, column] : {std::pair{0, 1}, {1, 0}, {2, 1}, {0, 2}})
    EXPECT_NEAR(
        spread([&, r = row, c = column](const ImuUnit& u) { return u.gyro.gain(r, c); }, spec),
        0.01, four_se(0.01));
  EXPECT_EQ(spread([](const ImuUnit& u) { return u.gyro.gain(2, 2) - 1; }, spec), 0);
  EXPECT_EQ(spread([](const ImuUnit& u) { return u.accel.gain(0, 1); }, spec), 0);
}

TEST(ImuUnit, MountIsOneRotationOfBoth) {
  ImuSpec spec = ideal_spec();
  spec.mount_error_sd = 0.7 * kDegree;
  const ImuUnit unit = build_imu(spec, Rng(4));
  EXPECT_TRUE(unit.accel.gain == unit.gyro.gain);
  EXPECT_NEAR((unit.accel.gain * unit.accel.gain.transpose() - Eigen::Matrix3d::Identity()).norm(),
              0, 1e-14);
  EXPECT_NEAR(unit.accel.gain.determinant(), 1, 1e-14);
  EXPECT_NEAR(spread([](const ImuUnit& u) { return u.accel.gain(2, 1); }, spec), 0.7 * kDegree,
              four_se(0.7 * kDegree));
}

TEST(ImuUnit, BiasIsTruncatedAtThreeSd) {
  ImuSpec spec = ideal_spec();
  spec.accel.bias_sd = 0.2;
  double largest = 0;
  const double sd = spread(
      [&](const ImuUnit& u) {
        largest = std::max(largest, u.accel.bias.cwiseAbs().maxCoeff());
        return u.accel.bias.x();
      },
      spec);
  EXPECT_LE(largest, 0.6);
  EXPECT_GT(largest, 0.5);
  EXPECT_NEAR(sd, 0.2 * 0.98658, four_se(0.2));  // sd of a normal cut at 3 sd
}

TEST(ImuUnit, AMaximumCutsTheTypicalOff) {
  ImuSpec spec = ideal_spec();
  spec.accel.bias_sd = 0.2;
  spec.accel.bias_max = 0.3;
  spec.gyro.g_sensitivity_sd = 0.03;
  spec.gyro.g_sensitivity_max = 0.04;
  spec.gyro.scale_sd = 0.01;
  double bias = 0, g = 0, scale = 0;
  for (std::uint64_t i = 0; i < kUnits; ++i) {
    const ImuUnit unit = build_imu(spec, Rng(9) / i);
    bias = std::max(bias, unit.accel.bias.cwiseAbs().maxCoeff());
    g = std::max(g, unit.gyro.g_sensitivity.cwiseAbs().maxCoeff());
    scale = std::max(scale, (unit.gyro.gain.diagonal().array() - 1).abs().maxCoeff());
  }
  EXPECT_TRUE(bias <= 0.3 && bias > 0.29) << bias;
  EXPECT_TRUE(g <= 0.04 && g > 0.039) << g;
  EXPECT_TRUE(scale <= 0.03 + 1e-12 && scale > 0.025) << scale;
}

TEST(ImuUnit, DensitiesAreLogNormalAroundTheTypicalAndBounded) {
  ImuSpec spec = ideal_spec();
  spec.accel.noise_density = 2e-3;
  spec.accel.noise_spread = 0.2;
  double sum = 0, square = 0, largest = 0;
  for (std::uint64_t i = 0; i < kUnits; ++i) {
    const Eigen::Vector3d d = build_imu(spec, Rng(9) / i).accel.noise_density;
    for (const double density : d) {
      const double z = std::log(density / 2e-3);
      sum += z / (3 * kUnits);
      square += z * z / (3 * kUnits);
      largest = std::max(largest, density);
    }
  }
  EXPECT_NEAR(sum, 0, 4 * 0.2 / std::sqrt(3. * kUnits)) << "the median";
  EXPECT_NEAR(std::sqrt(square), 0.2 * 0.98658, 4 * 0.2 / std::sqrt(6. * kUnits));
  EXPECT_GT(largest, 2.8e-3);
  spec.accel.noise_max = 2.4e-3;
  for (std::uint64_t i = 0; i < 100; ++i)
    EXPECT_LE(build_imu(spec, Rng(9) / i).accel.noise_density.maxCoeff(), 2.4e-3);
}

TEST(ImuUnit, BendsStayInsideTheNonlinearity) {
  ImuSpec spec = ideal_spec();
  spec.accel.nonlinearity = 0.005;
  const double range = spec.accel.range;
  double largest = 0;
  for (std::uint64_t i = 0; i < kUnits; ++i) {
    const TriadUnit unit = build_imu(spec, Rng(9) / i).accel;
    for (int axis = 0; axis < 3; ++axis)
      largest = std::max(
          largest, std::hypot(unit.quadratic[axis] * range, unit.cubic[axis] * range * range));
  }
  EXPECT_TRUE(largest <= 0.005 && largest > 0.0049) << largest;
}

TEST(ImuUnit, MultipliersScaleASpecimenAndKeepItsShape) {
  const ImuSpec spec = full_unit(1).spec;
  const ImuUnit once = build_imu(spec, Rng(3));
  ImuEffects effects;
  effects.bias = 2;
  effects.temperature = 0.5;
  effects.size = 0;
  effects.clock_drift = 3;
  const ImuUnit other = build_imu(scaled(spec, effects), Rng(3));
  EXPECT_TRUE(other.accel.bias.isApprox(2 * once.accel.bias, 1e-12));
  EXPECT_TRUE(other.gyro.bias_tempco.isApprox(0.5 * once.gyro.bias_tempco, 1e-12));
  EXPECT_TRUE(other.accel.axis_at.isZero(0));
  EXPECT_NEAR(other.rate_tempco, 3 * once.rate_tempco, 1e-15);
  EXPECT_TRUE(other.accel.gain == once.accel.gain);
  EXPECT_EQ(other.true_rate_hz, once.true_rate_hz);
  effects.noise = -1;
  EXPECT_THROW(scaled(spec, effects), Error);
}

TEST(ImuUnit, EveryMultiplierAtZeroLeavesTheIdealUnit) {
  ImuEffects none;
  for (const ImuEffectName& effect : kImuEffects) none.*effect.value = 0;
  const ImuUnit unit = build_imu(scaled(full_unit(1).spec, none), Rng(3));
  for (const TriadUnit* triad : {&unit.accel, &unit.gyro}) {
    EXPECT_TRUE(triad->gain == Eigen::Matrix3d::Identity());
    EXPECT_TRUE(triad->bias.isZero(0) && triad->noise_density.isZero(0) &&
                triad->bias_tempco.isZero(0) && triad->scale_tempco.isZero(0) &&
                triad->quadratic.isZero(0) && triad->cubic.isZero(0) &&
                triad->rectification.isZero(0) && triad->g_sensitivity.isZero(0) &&
                triad->axis_at.isZero(0));
  }
  EXPECT_EQ(unit.true_rate_hz, 100);
  EXPECT_EQ(unit.rate_tempco, 0);
  EXPECT_EQ(unit.spec.accel.flicker + unit.spec.gyro.random_walk + unit.spec.accel.element_hz, 0);
}

TEST(ImuUnit, TrueRateIsDrawnAndTruncated) {
  ImuSpec spec = ideal_spec();
  spec.rate_error_sd = 0.007;
  spec.rate_error_max = 0.015;
  double largest = 0;
  const double sd = spread(
      [&](const ImuUnit& u) {
        const double error = u.true_rate_hz / 100 - 1;
        largest = std::max(largest, std::abs(error));
        return error;
      },
      spec);
  EXPECT_LE(largest, 0.015 + 1e-12);
  EXPECT_GT(largest, 0.0145);
  EXPECT_NEAR(sd, 0.007 * 0.9167, four_se(0.007));  // sd of a normal cut at 2.143 sd
}

TEST(ImuUnit, UnitsRepeatAndDiffer) {
  const ImuUnit a = build_imu(watch_spec(), Rng(1)), b = build_imu(watch_spec(), Rng(1));
  EXPECT_TRUE(a.accel.gain == b.accel.gain && a.gyro.bias == b.gyro.bias);
  EXPECT_EQ(a.true_rate_hz, b.true_rate_hz);
  EXPECT_FALSE(a.accel.gain == build_imu(watch_spec(), Rng(2)).accel.gain);
  EXPECT_NE(a.accel.bias.x() / 0.02 / kGravity, a.gyro.bias.x() / 0.5 / kDegree);
}

struct Fault {
  std::string text;
  std::function<void(ImuSpec&)> make;
};

TEST(ImuUnit, ImpossibleSpecsAreRefusedByName) {
  const Fault faults[] = {
      {"accel.range above 0, found 0", [](ImuSpec& s) { s.accel.range = 0; }},
      {"gyro.bits of 8 to 16, found 17", [](ImuSpec& s) { s.gyro.bits = 17; }},
      {"gyro.bits of 8 to 16, found 7", [](ImuSpec& s) { s.gyro.bits = 7; }},
      {"accel.bandwidth_hz above 0", [](ImuSpec& s) { s.accel.bandwidth_hz = 0; }},
      {"gyro.filter_order of 1 to 4, found 5", [](ImuSpec& s) { s.gyro.filter_order = 5; }},
      {"accel.noise_density of 0 or more", [](ImuSpec& s) { s.accel.noise_density = -1; }},
      {"gyro.flicker of 0 or more", [](ImuSpec& s) { s.gyro.flicker = -1; }},
      {"gyro.random_walk of 0 or more", [](ImuSpec& s) { s.gyro.random_walk = -1; }},
      {"accel.bias_sd of 0 or more", [](ImuSpec& s) { s.accel.bias_sd = -1; }},
      {"accel.scale_sd of 0 or more", [](ImuSpec& s) { s.accel.scale_sd = -1; }},
      {"accel.cross_axis_sd of 0 or more", [](ImuSpec& s) { s.accel.cross_axis_sd = -1; }},
      {"rate_hz above 0", [](ImuSpec& s) { s.rate_hz = 0; }},
      {"rate_error_sd of 0 or more", [](ImuSpec& s) { s.rate_error_sd = -0.01; }},
      {"rate_error_max of at least rate_error_sd", [](ImuSpec& s) { s.rate_error_max = 0.001; }},
      {"a rate error of at most 0.2", [](ImuSpec& s) { s.rate_error_max = 0.3; }},
      {"mount_error_sd of 0 or more", [](ImuSpec& s) { s.mount_error_sd = -1; }},
      {"accel.bias_max of at least bias_sd", [](ImuSpec& s) { s.accel.bias_max = 1e-6; }},
      {"gyro.noise_max of at least noise_density", [](ImuSpec& s) { s.gyro.noise_max = 1e-9; }},
      {"gyro.bias_tempco_sd of 0 or more", [](ImuSpec& s) { s.gyro.bias_tempco_sd = -1; }},
      {"accel.nonlinearity of at most 0.1", [](ImuSpec& s) { s.accel.nonlinearity = 0.2; }},
      {"accel.temperature_lag of at most 1", [](ImuSpec& s) { s.accel.temperature_lag = 2; }},
      {"gyro.clip of 0 or of 0.1 and more", [](ImuSpec& s) { s.gyro.clip = 0.01; }},
      {"rate_tempco_sd of 0 to 0.001 / K", [](ImuSpec& s) { s.rate_tempco_sd = 0.01; }},
      {"size_sd of 0 to 0.05 m", [](ImuSpec& s) { s.size_sd = 0.06; }},
      {"accel.flicker of 0 or more, found nan",
       [](ImuSpec& s) { s.accel.flicker = std::numeric_limits<double>::quiet_NaN(); }},
  };
  EXPECT_NO_THROW(check(watch_spec()));
  for (const Fault& fault : faults) {
    ImuSpec spec = watch_spec();
    fault.make(spec);
    try {
      build_imu(spec, Rng(1));
      ADD_FAILURE() << "accepted: " << fault.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string(error.what()).find(fault.text), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace wrist
