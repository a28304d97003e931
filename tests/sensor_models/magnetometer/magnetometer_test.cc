// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/magnetometer/magnetometer.h"

#include <limits>

#include "sim/base/error.h"
#include "tests/sensor_models/magnetometer/magnetometer_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

void expect_near(const Eigen::Vector3d& found, const Eigen::Vector3d& expected, double most) {
  EXPECT_LE((found - expected).cwiseAbs().maxCoeff(), most) << found.transpose();
}

// North along x of W, level: (1, 0, 0). East of it is -y, for z is up.
TEST(Magnetometer, TheFieldPointsNorthAndDown) {
  const double tiny = 1e-20;
  expect_near(field_W({50e-6, 0, 0, 0}), {50e-6, 0, 0}, tiny);
  expect_near(field_W({50e-6, 90 * kDegree, 0, 0}), {0, 0, -50e-6}, tiny);
  expect_near(field_W({50e-6, 0, 90 * kDegree, 0}), {0, -50e-6, 0}, tiny);
  expect_near(field_W({50e-6, 0, 0, 90 * kDegree}), {0, 50e-6, 0}, tiny);
  expect_near(field_W({40e-6, 60 * kDegree, 10 * kDegree, 10 * kDegree}),
              {20e-6, 0, -40e-6 * std::sqrt(0.75)}, tiny);
}

TEST(Magnetometer, AZeroSpecReadsTheTurnedField) {
  const double rate = 2;  // rad/s
  const Eigen::Vector3d field = field_W({48e-6, 65 * kDegree, 0, 0});
  const MagnetometerUnit unit = build_magnetometer(ideal_magnetometer(), Rng(1));
  const MagnetometerRecord r = record_of(unit, turning(rate, 10), field, Rng(2));
  ASSERT_EQ(r.counts.rows(), 500);
  for (Index i = 0; i < 500; ++i) {
    const double angle = rate * static_cast<double>(i) / 50;
    const Eigen::Vector3d expected(field.x() * std::cos(angle), -field.x() * std::sin(angle),
                                   field.z());
    const Eigen::Vector3d clean = r.clean_field.row(i).matrix().transpose();
    const Eigen::Vector3d read = r.counts.row(i).cast<double>().matrix().transpose() * r.scale;
    expect_near(clean, expected, 1e-17);
    expect_near(read, clean, r.scale / 2 * (1 + 1e-12));
    EXPECT_EQ(r.time_ns[i], i * 20'000'000);
  }
  EXPECT_TRUE((r.flags == 0).all());
}

// A quarter turn of the chip about z of the case: the field along x of C lies along -y of I.
TEST(Magnetometer, TheChipMayLieTurnedInTheCase) {
  const double half = std::sqrt(0.5);
  const MagnetometerTruth truth =
      field_truth(turning(0, 1), {half, 0, 0, half}, {50e-6, 0, 0}, {0.1, 50, 3});
  expect_near(truth.field_I.row(2).matrix().transpose(), {0, -50e-6, 0}, 1e-20);
}

TEST(Magnetometer, EachErrorAlone) {
  const Eigen::Vector3d field(30e-6, -20e-6, 10e-6);
  const RigidSeries still = turning(0, 1);
  MagnetometerUnit unit = build_magnetometer(ideal_magnetometer(), Rng(1));
  const auto read = [&] {
    const MagnetometerRecord r = record_of(unit, still, field, Rng(2));
    return Eigen::Vector3d(r.counts.row(0).cast<double>().matrix().transpose() * r.scale);
  };
  const double half = unit.spec.range / unit.spec.most_counts / 2 * (1 + 1e-12);
  unit.hard_iron = {5e-6, 0, -100e-6};
  expect_near(read(), {35e-6, -20e-6, -90e-6}, half);
  unit.hard_iron.setZero();
  unit.gain << 1, 0.5, 0, 0.5, 1, 0, 0, 0, 2;
  expect_near(read(), {20e-6, -5e-6, 20e-6}, half);
}

TEST(Magnetometer, AStrongMagnetSaturatesAndSaysSo) {
  MagnetometerUnit unit = build_magnetometer(ideal_magnetometer(), Rng(1));
  unit.hard_iron = {0, -0.01, 0};
  const MagnetometerRecord r = record_of(unit, turning(0, 1), {30e-6, 0, 0}, Rng(2));
  EXPECT_TRUE((r.counts.col(1) == -32752).all());
  EXPECT_TRUE((r.flags == kMagnetometerSaturated).all());
  EXPECT_EQ(r.clean_field(0, 1), 0);
}

TEST(Magnetometer, ItsNormStaysWhateverTheAttitude) {
  const Eigen::Vector3d field = field_W({48e-6, 65 * kDegree, 0, 1});
  const MagnetometerUnit unit = build_magnetometer(ideal_magnetometer(), Rng(1));
  const MagnetometerRecord r = record_of(unit, turning(7, 4), field, Rng(2));
  const Series length = r.clean_field.square().rowwise().sum().sqrt();
  EXPECT_LT((length - 48e-6).abs().maxCoeff(), 1e-17);
}

TEST(Magnetometer, AMistakeIsNamed) {
  const auto error_of = [](const MagnetometerSpec& spec) -> std::string {
    try {
      check(spec);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(error_of(watch_magnetometer()), "");
  EXPECT_NE(error_of(MagnetometerSpec{}).find("range above 0"), std::string::npos);
  MagnetometerSpec spec = watch_magnetometer();
  spec.soft_iron_sd = 0.3;
  EXPECT_NE(error_of(spec).find("soft_iron_sd"), std::string::npos);
  spec = watch_magnetometer();
  spec.noise_density = -1;
  EXPECT_NE(error_of(spec).find("noise_density of 0 or more"), std::string::npos);
}

TEST(Magnetometer, ATruthThatIsNotFiniteIsRefused) {
  const MagnetometerUnit unit = build_magnetometer(ideal_magnetometer(), Rng(1));
  MagnetometerTruth truth{{0, 50, 4}, Series3::Zero(4, 3)};
  truth.field_I(2, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(measure(unit, truth, Rng(1)), Error);
  truth.field_I = Series3::Zero(3, 3);
  EXPECT_THROW(measure(unit, truth, Rng(1)), Error);
}

}  // namespace
}  // namespace wrist
