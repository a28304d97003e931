// SPDX-License-Identifier: Apache-2.0
#include <fenv.h>
#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "stations.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::Instant;
using testing::make_station;
using testing::pronation;
using testing::row;
using testing::still_station;
using testing::window;

/// A swinging, bouncing arm, at rest at both ends.
RigidSeries walk(double duration, double rate) {
  return make_station(duration, rate, [=](double t) {
    const double e = window(t, duration), step = 2 * kPi * 1.9;
    Instant now;
    now.a_WS =
        e * Vector3d(4 * std::sin(step * t), 2 * std::sin(step * t / 2), 5 * std::cos(step * t));
    now.w_S = e * Vector3d(0.5 * std::sin(step * t), 2 * std::cos(step * t / 2), 0.3);
    return now;
  });
}

/// A jogger's forearm, thumb up: 25 m/s2 up and down at 2.6 Hz with a sharp second harmonic.
RigidSeries jog(double duration, double rate) {
  const auto R_WS = Eigen::Quaterniond::FromTwoVectors(-Vector3d::UnitY(), Vector3d::UnitZ());
  return make_station(duration, rate, [=](double t) {
    const double e = window(t, duration), step = 2 * kPi * 2.6;
    Instant now;
    now.R_WS = R_WS;
    now.a_WS = e * Vector3d(5 * std::sin(step * t), 0,
                            20 * std::sin(step * t) + 10 * std::cos(2 * step * t));
    return now;
  });
}

WornWatch jog_with(double pressure) {
  Wearing wearing;
  wearing.wear.pressure = pressure;
  return wear_strapped(jog(6, 4000), Side::left, wearing);
}

/// Angle of the watch round the forearm, rad, unwrapped within half a turn.
double angle_round(const WornWatch& worn, Index i) {
  return std::atan2(-worn.p_SC(i, 1), worn.p_SC(i, 2));
}
/// How far the watch swings to either side, rad.
double turned(const WornWatch& worn) {
  double most = 0;
  for (Index i = 0; i < worn.contact_time.count; ++i)
    most = std::max(most, std::abs(angle_round(worn, i) - angle_round(worn, 0)));
  return most;
}
double moved(const WornWatch& worn) {
  return (row(worn.p_SC, worn.contact_time.count - 1) - row(worn.p_SC, 0)).norm();
}

TEST(WearStrapped, DoesNotDriftWhileEveryPatchSticks) {
  Wearing wearing;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = 0.5;
  wearing.wear.pressure = 5000;
  const WornWatch worn = wear_strapped(walk(60, 4000), Side::left, wearing);
  EXPECT_EQ(worn.slip_speed.maxCoeff(), 0);
  EXPECT_LT(moved(worn), 1e-6);
  EXPECT_LT(worn.slip.abs().maxCoeff(), 1e-6);
  const double swing = worn.p_SC.col(2).maxCoeff() - worn.p_SC.col(2).minCoeff();
  EXPECT_GT(swing, 20e-6);  // it did give
}

TEST(WearStrapped, ALooseWatchRidesRoundTheWristAndATightOneStays) {
  const WornWatch loose = jog_with(400), tight = jog_with(8000);
  EXPECT_GT(turned(loose), 20 * kDegree);
  EXPECT_GT(loose.slips.size(), 3u);
  EXPECT_LT(turned(tight), 2.5 * kDegree);
  EXPECT_LT(moved(tight), 1e-6);
  EXPECT_EQ(tight.slips.size(), 0u);
  EXPECT_LT(tight.slip.abs().maxCoeff(), 1e-6);
}

TEST(WearStrapped, SlipsAreMarkedWhereItSlides) {
  const WornWatch worn = jog_with(400);
  for (const Event& slip : worn.slips) {
    EXPECT_EQ(slip.class_name, "slip");
    EXPECT_EQ(slip.source, "strap");
    EXPECT_GE(slip.end_s - slip.start_s, 0.010 - 1e-9);
    const auto from = static_cast<Index>(slip.start_s * kContactRate + 0.5);
    const auto to = static_cast<Index>(slip.end_s * kContactRate + 0.5);
    EXPECT_GT((worn.slip.row(to) - worn.slip.row(from)).matrix().norm() +
                  worn.slip_speed.segment(from, to - from + 1).maxCoeff() / kContactRate,
              20e-6);
  }
  // The window of the excitation leaves both ends quiet.
  EXPECT_GT(worn.slips.front().start_s, 0.1);
}

TEST(WearStrapped, AgreesWithTwiceTheRateInSmallElasticMotion) {
  const auto amplitude = [](double rate) {
    const RigidSeries station =
        make_station(2, rate, [](double t) { return pronation(t, 40 * kDegree, 2); });
    Wearing wearing;
    wearing.wear.pressure = 6000;
    const WornWatch worn = wear_strapped(station, Side::left, wearing);
    double most = 0, least = 0;
    for (Index i = 250; i < worn.contact_time.count; ++i) {
      most = std::max(most, angle_round(worn, i));
      least = std::min(least, angle_round(worn, i));
    }
    return most - least;
  };
  const double coarse = amplitude(4000), fine = amplitude(8000);
  EXPECT_GT(fine, 0.1 * kDegree);
  EXPECT_NEAR(coarse / fine, 1, 0.05);
}

TEST(WearStrapped, RestsSilently) {
  const WornWatch worn = wear_strapped(still_station({0.3, -0.5, 0.8}, 1), Side::left, {});
  for (int axis = 0; axis < 3; ++axis) {
    const auto f = worn.motion.specific_force_B.col(axis);
    EXPECT_LT(f.maxCoeff() - f.minCoeff(), 1e-9);  // a MEMS part has 0.02 m/s2 of noise
    EXPECT_LT(worn.motion.w_WB_B.col(axis).abs().maxCoeff(), 1e-9);
  }
  EXPECT_EQ(worn.slip_speed.maxCoeff(), 0);
}

TEST(WearStrapped, PressureIsAsAskedWithTheWeightHalfOnEitherSide) {
  Wearing wearing;
  const WornWatch up = wear_strapped(still_station(Vector3d::UnitZ(), 0.1), Side::left, wearing);
  const WornWatch down = wear_strapped(still_station(-Vector3d::UnitZ(), 0.1), Side::left, wearing);
  EXPECT_NEAR((up.pressure(0) + down.pressure(0)) / 2, 4000, 100);
  const double weight = wearing.case_spec.mass * kGravity / wearing.case_spec.back_area;
  EXPECT_GT(up.pressure(0) - down.pressure(0), 0.2 * 2 * weight);
  EXPECT_LT(up.pressure(0) - down.pressure(0), 0.8 * 2 * weight);
}

TEST(WearStrapped, FollowsASlowTurnLikeAGluedWatch) {
  const RigidSeries station =
      make_station(2, 4000, [](double t) { return pronation(t, 60 * kDegree, 0.5); });
  Wearing wearing;
  wearing.wear.pressure = 8000;
  const WornWatch worn = wear_strapped(station, Side::right, wearing);
  const WornWatch glued = wear_glued(station, Side::right, wearing);
  const Index from = 400, n = station.time.count - from;
  EXPECT_LT((worn.motion.w_WB_B - glued.motion.w_WB_B).bottomRows(n).abs().maxCoeff(), 0.1);
  EXPECT_LT(
      (worn.motion.specific_force_B - glued.motion.specific_force_B).bottomRows(n).abs().maxCoeff(),
      0.5);
  EXPECT_LT((worn.motion.p_WB - glued.motion.p_WB).abs().maxCoeff(), 1e-3);
}

TEST(WearStrapped, LiftsOffUnderAHardPull) {
  Wearing wearing;
  wearing.wear.pressure = 500;
  const RigidSeries station = make_station(1, 4000, [](double t) {
    Instant now;
    now.a_WS.z() = -150 * window(t, 1);  // the arm falls away from the watch
    return now;
  });
  const WornWatch worn = wear_strapped(station, Side::left, wearing);
  EXPECT_GT(worn.gap.maxCoeff(), 0.5e-3);
  EXPECT_EQ(worn.pressure.minCoeff(), 0);
  EXPECT_EQ(worn.gap(0), 0);
  EXPECT_LT(worn.tilt.col(1).abs().maxCoeff(), 0.3);
}

TEST(WearStrapped, GivesTheSameBitsTwice) {
  const WornWatch a = jog_with(700), b = jog_with(700);
  EXPECT_TRUE((a.motion.specific_force_B == b.motion.specific_force_B).all());
  EXPECT_TRUE((a.motion.R_WB == b.motion.R_WB).all());
  EXPECT_TRUE((a.slip == b.slip).all());
}

TEST(WearStrapped, RefusesASlowClock) {
  try {
    wear_strapped(still_station(Vector3d::UnitZ(), 0.1, 1000), Side::left, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("4000"), std::string::npos);
  }
}

TEST(WearStrapped, SaysWhenTheMotionIsNotFinite) {
  RigidSeries station = still_station(Vector3d::UnitZ(), 0.1);
  station.alpha_WB_B(200, 1) = std::numeric_limits<double>::quiet_NaN();
  fedisableexcept(FE_INVALID);
  try {
    wear_strapped(station, Side::left, {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
    EXPECT_NE(std::string(error.what()).find("0.05"), std::string::npos) << error.what();
  }
  feclearexcept(FE_ALL_EXCEPT);
  feenableexcept(FE_INVALID);
}

TEST(WearStrapped, KeepsTheContactClockInsideTheMotion) {
  for (double rate : {4000.0, 6400.0, 8000.0}) {
    const WornWatch worn =
        wear_strapped(still_station(Vector3d::UnitZ(), 0.05, rate), Side::left, {});
    EXPECT_EQ(worn.contact_time.rate_hz, kContactRate);
    EXPECT_EQ(worn.contact_time.count, 25);
    EXPECT_GT(worn.pressure.minCoeff(), 3000);
    EXPECT_NEAR(worn.R_SC.row(24).matrix().norm(), 1, 1e-12);
  }
}

}  // namespace
}  // namespace wrist
