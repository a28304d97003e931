// SPDX-License-Identifier: Apache-2.0
// What a worn watch must do on a moving arm: slide or stay, agree with a finer step, keep quiet.
// Near the threshold of slip amounts are chaotic, so that distributions are judged.
#include <gtest/gtest.h>

#include "sim/base/rng.h"
#include "sim/strap/strap_solver.h"
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

/// One of many joggers: thumb about up, 4 g up and down at 2.4-2.9 Hz, seconds long.
RigidSeries jog(std::uint64_t person, double rate = 4000, double duration = 4) {
  const Series n = (Rng(person) / "jog").normals(6).max(-2).min(2);
  const Vector3d up = Vector3d(0.15 * n(0), -1, 0.15 * n(1));
  const auto R_WS = Eigen::Quaterniond::FromTwoVectors(up, Vector3d::UnitZ());
  return make_station(duration, rate, [=](double t) {
    const double e = window(t, duration), step = 2 * kPi * (2.65 + 0.1 * n(2));
    Instant now;
    now.R_WS = R_WS;
    now.a_WS = e * Vector3d((5 + n(3)) * std::sin(step * t), (2 + n(4)) * std::sin(step * t / 2),
                            20 * std::sin(step * t) + (9 + n(5)) * std::cos(2 * step * t));
    return now;
  });
}

/// Length of the path slid, m.
double path(const WornWatch& worn) {
  double sum = 0;
  for (Index i = 1; i < worn.contact_time.count; ++i)
    sum += (worn.slip.row(i) - worn.slip.row(i - 1)).matrix().norm();
  return sum;
}

double mean_path(double pressure, double wetness) {
  constexpr int kPeople = 12;
  double sum = 0;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    Wearing wearing;
    wearing.wear.pressure = pressure;
    wearing.wear.wetness = wetness;
    sum += path(wear_strapped(jog(person), Side::left, wearing));
  }
  return sum / kPeople;
}

TEST(Slip, GrowsWithLooseness) {
  double last = 0;
  for (double pressure : {6000.0, 3000.0, 1500.0, 700.0, 350.0}) {
    const double now = mean_path(pressure, 0.7);
    EXPECT_GE(now, 1.1 * last) << pressure;
    last = now;
  }
  EXPECT_GT(last, 0.05);
}

TEST(Slip, GrowsWithAFilmOfSweatAndShrinksOnDampSkin) {
  double last = 0;
  for (double wetness : {1.6, 1.0, 0.6, 0.35}) {  // damp, dry, film, wet
    const double now = mean_path(1200, wetness);
    EXPECT_GE(now, 1.1 * last) << wetness;
    last = now;
  }
  EXPECT_GT(last, 0.05);
}

TEST(Slip, StaysInsideTheConeAtEveryStepOfAJog) {
  for (double pressure : {300.0, 2000.0, 9000.0}) {
    Wearing wearing;
    wearing.wear.pressure = pressure;
    const StrapModel model = build_strap_model(Side::right, wearing);
    const RigidSeries station = jog(5);
    StrapState state = settle(model, row(station.specific_force_B, 0), 4000);
    int off = 0, slid = 0;
    for (Index i = 0; i < station.time.count; ++i) {
      StationSample felt;
      felt.specific_force = row(station.specific_force_B, i);
      advance(model, state, felt, 1.0 / 4000);
      const PatchState& q = state.patches;
      for (std::size_t k = 0; k < kPatches; ++k) {
        const double friction = std::hypot(q.friction_along[k], q.friction_around[k]);
        ASSERT_LE(friction, 0.6 * q.normal[k] * (1 + 1e-9) + 1e-12);
        ASSERT_LE(friction, q.friction_limit[k] * (1 + 1e-9) + 1e-12);
        ASSERT_GE(q.friction_limit[k], 0.45 * q.normal[k] * (1 - 1e-9));
        off += q.normal[k] == 0, slid += q.sliding[k] > 0;
      }
    }
    if (pressure < 1000) {
      EXPECT_GT(off, 100);
      EXPECT_GT(slid, 1000);
    }
  }
}

TEST(Slip, UpTheArmIsStoppedByTheTaperAndDownItByTheFlare) {
  Wearing wearing;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = 0.02;  // nothing else holds it
  wearing.wear.pressure = 300;
  const auto rest_x = [&](double along) {  // m; where it comes to rest under this pull, m/s2
    const StrapModel model = build_strap_model(Side::left, wearing);
    StrapState state = settle(model, {0, 0, kGravity}, 4000);
    StationSample station;
    for (int i = 0; i < 12000; ++i) {
      const double ramp = std::min(1.0, i / 4000.0);
      station.specific_force = {-ramp * along, 0, kGravity};
      advance(model, state, station, 1.0 / 4000);
    }
    EXPECT_LT(state.motion.v.norm(), 0.02) << along;
    return state.motion.X_SC.p.x();
  };
  const double up = rest_x(-kGravity), hard_up = rest_x(-2 * kGravity);
  EXPECT_LT(up, -0.003);         // slid up the arm until the strap was tight,
  EXPECT_LT(hard_up, 1.2 * up);  // further under twice the pull
  EXPECT_GT(hard_up, -0.080);
  const double down = rest_x(kGravity), hard_down = rest_x(4 * kGravity);
  EXPECT_GT(down, 0.015);  // run down to the wrist bones, 20 mm away
  EXPECT_LT(hard_down, 0.045);
  wearing.wrist.taper = 0.1;  // a more conical arm stops it sooner
  EXPECT_GT(rest_x(-kGravity), up + 0.001);
}

double angle_round(const WornWatch& worn, Index i) {
  return std::atan2(-worn.p_SC(i, 1), worn.p_SC(i, 2));
}

TEST(Convergence, OfAWalkAtTwiceTheRateIsWithinFivePercent) {
  // What the strap adds to a glued watch, rms: specific force and turning rate.
  struct Added {
    double force, rate;
  };
  const auto added = [](double rate_hz) {
    const RigidSeries station = make_station(4, rate_hz, [](double t) {
      const double e = window(t, 4), step = 2 * kPi * 1.9;
      Instant now;
      now.a_WS = e * Vector3d(4 * std::sin(step * t), 2 * std::sin(step * t / 2),
                              5 * std::cos(step * t) + 3 * std::cos(8 * step * t));
      return now;
    });
    const WornWatch worn = wear_strapped(station, Side::left, {}),
                    glued = wear_glued(station, Side::left, {});
    const auto rms = [](const Series3& x) { return std::sqrt(x.square().mean()); };
    return Added{rms(worn.motion.specific_force_B - glued.motion.specific_force_B),
                 rms(worn.motion.w_WB_B - glued.motion.w_WB_B)};
  };
  const Added coarse = added(4000), fine = added(8000);
  EXPECT_GT(fine.force, 0.05);
  EXPECT_NEAR(coarse.force / fine.force, 1, 0.05);
  EXPECT_NEAR(coarse.rate / fine.rate, 1, 0.05);
}

TEST(Convergence, OfGrossSlipAtTwiceTheRateIsWithinFivePercent) {
  const auto swing = [](double rate_hz) {
    const RigidSeries station =
        make_station(3, rate_hz, [](double t) { return pronation(t, 60 * kDegree, 2); });
    Wearing wearing;
    wearing.wear.pressure = 250;
    wearing.wear.wetness = 0.35;
    const WornWatch worn = wear_strapped(station, Side::left, wearing);
    double most = 0, least = 0;
    for (Index i = 0; i < worn.contact_time.count; ++i) {
      most = std::max(most, angle_round(worn, i));
      least = std::min(least, angle_round(worn, i));
    }
    return most - least;
  };
  const double coarse = swing(4000), fine = swing(8000);
  EXPECT_GT(fine, 40 * kDegree);
  EXPECT_NEAR(coarse / fine, 1, 0.05);
}

/// One-sided density of a white floor, per root hertz, from fourth differences, which a slow motion
/// leaves at nothing: their variance is 70 times that of white noise.
double noise_density(const Series& x, double rate_hz) {
  double sum = 0;
  for (Index i = 4; i < x.size(); ++i) {
    const double d = x(i) - 4 * x(i - 1) + 6 * x(i - 2) - 4 * x(i - 3) + x(i - 4);
    sum += d * d;
  }
  return std::sqrt(sum / static_cast<double>(x.size() - 4) / 70 * 2 / rate_hz);
}

TEST(Noise, DensityOfARestingWatchIsFarBelowAnyPart) {
  constexpr double kFloor = 1e-5;  // m/s2/rtHz; a hundredth of the best parts
  const Series white = (Rng(1) / "floor").normals(40000);
  EXPECT_NEAR(noise_density(white, 4000), std::sqrt(2 / 4000.0), 5e-4);  // the estimator itself
  for (const Vector3d& up : {Vector3d(0, 0, 1), Vector3d(-1, 0.2, 0), Vector3d(0.3, 0.8, -0.5)}) {
    for (double pressure : {500.0, 4000.0, 9000.0}) {
      Wearing wearing;
      wearing.wear.pressure = pressure;
      const WornWatch worn = wear_strapped(still_station(up, 2), Side::left, wearing);
      for (int axis = 0; axis < 3; ++axis)
        EXPECT_LT(noise_density(worn.motion.specific_force_B.col(axis), 4000), kFloor);
    }
  }
}

TEST(Noise, DensityOnASlowlyTurningArmIsTooAndAfterAKnock) {
  constexpr double kFloor = 1e-5;  // m/s2/rtHz
  const RigidSeries slow =
      make_station(4, 4000, [](double t) { return pronation(t, 20 * kDegree, 0.25); });
  const RigidSeries knocked = make_station(3, 4000, [](double t) {
    Instant now;
    if (t < 0.2) now.a_WS = window(t, 0.2) * Vector3d(10, 20, -30);
    return now;
  });
  for (const RigidSeries& station : {slow, knocked}) {
    const WornWatch worn = wear_strapped(station, Side::left, {});
    for (int axis = 0; axis < 3; ++axis)
      EXPECT_LT(noise_density(worn.motion.specific_force_B.col(axis).tail(6000), 4000), kFloor);
  }
}

}  // namespace
}  // namespace wrist
