// SPDX-License-Identifier: Apache-2.0
// Muscles and tendons that lift the skin, and what a photodiode then feels.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "sim/base/error.h"
#include "sim/strap/skin_lift.h"
#include "stations.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::still_station;

double mean(const Lanes& lanes, std::size_t from, std::size_t to) {
  double total = 0;
  for (std::size_t i = from; i < to; ++i) total += lanes[i];
  return total / static_cast<double>(to - from);
}

TEST(LiftSpline, IsExactForCubicsAndConstantOutside) {
  const auto cubic = [](double t) { return 1e-3 * (1 + t - 2 * t * t + 3 * t * t * t); };
  const auto slope = [](double t) { return 1e-3 * (1 - 4 * t + 9 * t * t); };
  Bulge bulge{{2, 50, 60}, Series(60)};
  for (Index i = 0; i < 60; ++i) bulge.height(i) = cubic(bulge.time.time(i) - 2);
  const LiftSpline spline(bulge);
  for (double t = 0.05; t < 1.1; t += 0.0137) {
    EXPECT_NEAR(spline.at(2 + t).height, cubic(t), 1e-15);
    EXPECT_NEAR(spline.at(2 + t).speed, slope(t), 1e-12);
  }
  for (double t : {-5.0, 1.9, 3.3, 9.0}) EXPECT_EQ(spline.at(t).speed, 0) << t;
  EXPECT_NEAR(spline.at(0).height, bulge.height(0), 1e-18);
  EXPECT_NEAR(spline.at(9).height, bulge.height(59), 1e-18);
}

TEST(LiftSpline, HasNoJumpInItsAcceleration) {
  Bulge bulge{{0, 50, 50}, Series::Zero(50)};
  for (Index i = 20; i < 50; ++i) bulge.height(i) = 0.003;  // as rough as it gets
  const LiftSpline spline(bulge);
  constexpr double kFine = 1e-5;
  const auto acceleration = [&](double t) {
    return (spline.at(t + kFine).speed - spline.at(t - kFine).speed) / (2 * kFine);
  };
  double most = 0, jump = 0, last = acceleration(-0.2);
  for (double t = -0.2; t < 1.3; t += 2e-4) {
    const double now = acceleration(t);
    most = std::max(most, std::abs(now));
    jump = std::max(jump, std::abs(now - last));
    last = now;
  }
  EXPECT_GT(most, 1);
  EXPECT_LT(jump, 0.05 * most);
}

TEST(LiftSpline, RefusesHeightsThatDoNotFit) {
  EXPECT_THROW(LiftSpline({{0, 100, 3}, Series::Zero(2)}), Error);
  Bulge bulge{{0, 100, 2}, Series::Zero(2)};
  bulge.height(1) = std::numeric_limits<double>::infinity();
  EXPECT_THROW(LiftSpline{bulge}, Error);
}

/// A hand that closes within 0.3 s and stays closed: the skin rises by `height`.
Bulge clench(double height) {
  Bulge bulge{{0, 200, 200}, Series(200)};
  for (Index i = 0; i < 200; ++i) {
    const double s = std::clamp((bulge.time.time(i) - 0.2) / 0.3, 0.0, 1.0);
    bulge.height(i) = height * s * s * (3 - 2 * s);
  }
  return bulge;
}

struct Press {
  double before, after;  // Pa
};
Press clenched(double pressure, double height, const StrapSpec& strap = {}) {
  Wearing wearing;
  wearing.wear.pressure = pressure;
  wearing.strap = strap;
  wearing.bulge = clench(height);
  const WornWatch worn = wear_strapped(still_station(Vector3d::UnitZ(), 0.99), Side::left, wearing);
  return {worn.pressure(0), worn.pressure(worn.contact_time.count - 1)};
}

TEST(Bulge, OfAFistRaisesThePressureOfATightStrapAsMeasured) {
  // Fist, finger and wrist motion moves the pressure by up to 18 kPa within 7 mm (etd-11145).
  const Press tight = clenched(8000, 0.007);
  EXPECT_GT(tight.after - tight.before, 9e3);
  EXPECT_LT(tight.after - tight.before, 18e3);
  const Press loose = clenched(1000, 0.007);
  EXPECT_GT(loose.after, loose.before);
  EXPECT_LT(loose.after - loose.before, 0.75 * (tight.after - tight.before));
  const Press open = clenched(4000, -0.003);  // a hand bent back draws the tendons in
  EXPECT_LT(open.after, open.before);
}

TEST(Bulge, TightensAStiffBandMoreThanAnElasticOne) {
  StrapSpec stiff, elastic;
  stiff.stiffness = 3600;
  elastic.stiffness = 1500;
  const Press hard = clenched(5000, 0.004, stiff), soft = clenched(5000, 0.004, elastic);
  EXPECT_NEAR(hard.before, soft.before, 100);
  EXPECT_GT(hard.after - hard.before, 1.2 * (soft.after - soft.before));
}

TEST(Bulge, LiftsThePalmSideMoreThanTheBackOfTheWrist) {
  for (double roll : {0.0, kPi}) {
    Wearing wearing;
    wearing.wear.roll = roll;
    const StrapModel model = build_strap_model(Side::left, wearing);
    const double back = mean(model.lifted, 0, kCasePatches);
    const double far = mean(model.lifted, 8, kPatches);
    EXPECT_NEAR(roll == 0 ? back : far, 0.28, 0.04);
    EXPECT_NEAR(roll == 0 ? far : back, 0.92, 0.07);
  }
}

TEST(Bulge, OfNothingChangesNoBit) {
  Wearing wearing;
  const RigidSeries station = still_station({0.2, 0.3, 0.9}, 0.1);
  const WornWatch without = wear_strapped(station, Side::left, wearing);
  wearing.bulge = clench(0);
  const WornWatch with = wear_strapped(station, Side::left, wearing);
  EXPECT_TRUE((without.motion.specific_force_B == with.motion.specific_force_B).all());
}

TEST(Bulge, IsFeltByTheAccelerometerWithoutAJump) {
  Wearing wearing;
  wearing.bulge = clench(0.005);
  const WornWatch worn = wear_strapped(still_station(Vector3d::UnitZ(), 0.99), Side::left, wearing);
  const auto up = worn.motion.specific_force_B.col(2);
  EXPECT_GT((up - kGravity).abs().maxCoeff(), 0.02);
  EXPECT_LT((up.bottomRows(up.size() - 1) - up.topRows(up.size() - 1)).abs().maxCoeff(), 0.02);
}

TEST(Photodiode, FeelsTheSkinUnderItself) {
  // Pulled up at the wrist side until the back tilts: corners against the plane of the record.
  Wearing wearing;
  wearing.wear.pressure = 800;
  const RigidSeries station = testing::make_station(0.5, 4000, [](double t) {
    testing::Instant now;
    now.a_WS = testing::window(t, 0.5) * Vector3d(60, 30, -40);
    return now;
  });
  const WornWatch worn = wear_strapped(station, Side::left, wearing);
  const StrapModel model = build_strap_model(Side::left, wearing);
  double most_gap = 0, uneven = 0;
  for (Index i = 0; i < worn.contact_time.count; i += 5) {
    CaseMotion motion;
    motion.X_SC = {quaternion(worn.R_SC, i), worn.p_SC.row(i).matrix().transpose()};
    PatchState patches;
    strap_forces(model, motion, patches, 1.0 / 4000);
    for (std::size_t k = 0; k < kCasePatches; ++k) {
      const double gap = gap_at(worn, i, model.p_x[k], model.p_y[k]);
      EXPECT_NEAR(gap, std::max(0.0, -patches.depth[k]), 0.15e-3);
      EXPECT_GE(pressure_at(worn, i, model.p_x[k], model.p_y[k]), 0);
      most_gap = std::max(most_gap, gap);
    }
    uneven = std::max(uneven, std::abs(worn.pressure_slope(i, 0) * model.span_x));
  }
  EXPECT_GT(most_gap, 0.2e-3);
  EXPECT_GT(uneven, 500);
  // A back that is pressed in all over has no gap anywhere, however it tilts.
  EXPECT_LT(worn.clearance(0), -0.2e-3);
  EXPECT_EQ(gap_at(worn, 0, 0.003, 0.003), 0);
  EXPECT_NEAR((pressure_at(worn, 0, 0.004, 0.002) + pressure_at(worn, 0, -0.004, -0.002)) / 2,
              worn.pressure(0), 1e-9);
}

}  // namespace
}  // namespace wrist
