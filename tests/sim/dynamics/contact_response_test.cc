// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_response.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;

// 6 gram at 0.4 m/s: the pinch of motion studies.
Contact pinch(double time_s) {
  Contact c;
  c.time_s = time_s;
  c.closing_speed = 0.4;
  c.effective_mass = 0.006;
  return c;
}

ContactResponse typical() { return draw_contact_response(Rng(1) / "contact"); }

RigidSeries after(const std::vector<Contact>& contacts, const ContactResponse& response,
                  const TimeGrid& time, const Quaterniond& R_SH = Quaterniond::Identity()) {
  RigidSeries station = make_rigid_series(time);
  add_contact_transients(station, contacts, response, R_SH);
  return station;
}

double integral(const Series3& x, const TimeGrid& time, Index axis) {
  return x.col(axis).sum() / time.rate_hz;
}

TEST(ContactResponse, LeavesAMotionWithoutContactsAlone) {
  const RigidSeries station = after({}, typical(), make_grid(1, 4000));
  EXPECT_EQ(station.specific_force_B.abs().maxCoeff(), 0);
  EXPECT_EQ(station.w_WB_B.abs().maxCoeff(), 0);
}

TEST(ContactResponse, IsSilentBeforeTheTouchAndStartsSmoothly) {
  const TimeGrid time = make_grid(1, 4000);
  const RigidSeries station = after({pinch(0.5003)}, typical(), time);
  const Index touch = static_cast<Index>(0.5003 * 4000) + 1;
  EXPECT_EQ(station.specific_force_B.topRows(touch).abs().maxCoeff(), 0);
  EXPECT_LT(station.specific_force_B.row(touch).abs().maxCoeff(), 1e-3);
  EXPECT_GT(station.specific_force_B.abs().maxCoeff(), 0.2);
  EXPECT_EQ(station.p_WB.abs().maxCoeff(), 0);
}

TEST(ContactResponse, HandsOnTheImpulse) {
  ContactResponse response = typical();
  response.recovery_s = 1e5;  // nobody holds the arm
  const TimeGrid time = make_grid(1.5, 8000);
  const RigidSeries station = after({pinch(0.1)}, response, time);
  const double step = response.path_gain[1] * 0.006 * 0.4 / response.hand_mass;  // m/s
  EXPECT_NEAR(step, 4.27e-3, 1e-5);
  EXPECT_NEAR(integral(station.specific_force_B, time, 2), -step, 1e-4 * step);
  // x cross -z = y: the hand pitches, by lever x impulse over inertia.
  const double rate =
      response.path_gain[1] * 0.006 * 0.4 * response.lever / response.rotary_inertia;
  EXPECT_NEAR(integral(station.alpha_WB_B, time, 1), rate, 1e-4 * rate);
  EXPECT_NEAR(station.w_WB_B(time.count - 1, 1), rate, 1e-4 * rate);
  EXPECT_EQ(station.w_WB_B.col(0).abs().maxCoeff(), 0);
}

TEST(ContactResponse, MusclesTakeTheImpulseBack) {
  const TimeGrid time = make_grid(3, 8000);
  const RigidSeries station = after({pinch(0.1)}, typical(), time);
  EXPECT_NEAR(integral(station.specific_force_B, time, 2), 0, 1e-8);
  EXPECT_NEAR(station.w_WB_B(time.count - 1, 1), 0, 1e-8);
  const double peak_dps = station.w_WB_B.abs().maxCoeff() / kDegree;
  EXPECT_GT(peak_dps, 1);
  EXPECT_LT(peak_dps, 10);
}

TEST(ContactResponse, RateIsTheIntegralOfItsAcceleration) {
  const TimeGrid time = make_grid(0.6, 64000);
  const RigidSeries station = after({pinch(0.1)}, typical(), time);
  double w = 0, fault = 0;
  for (Index i = 1; i < time.count; ++i) {
    w += (station.alpha_WB_B(i, 1) + station.alpha_WB_B(i - 1, 1)) / 2 / time.rate_hz;
    fault = std::max(fault, std::abs(w - station.w_WB_B(i, 1)));
  }
  EXPECT_LT(fault, 1e-6 * station.w_WB_B.abs().maxCoeff() + 1e-7);
}

// The same differential equations, integrated by Runge and Kutta.
TEST(ContactResponse, AgreesWithNumericalIntegration) {
  const ContactResponse response = typical();
  const double h = 1e-5, tau = response.recovery_s, T = response.pulse_s;
  using State = Eigen::Matrix<double, 7, 1>;  // three modes: y, y'; velocity
  const auto drive = [&](double t) { return t < T ? (1 - std::cos(2 * kPi * t / T)) / T : 0; };
  const auto f = [&](double t, const State& s) {
    State d;
    double a = -s[6] / tau;
    for (int k = 0; k < 3; ++k) {
      const ContactMode& m = response.modes[static_cast<std::size_t>(k)];
      const double w = 2 * kPi * m.frequency_hz;
      d[2 * k] = s[2 * k + 1];
      d[2 * k + 1] = w * w * (drive(t) - s[2 * k]) - 2 * m.damping_ratio * w * s[2 * k + 1];
      a += m.share * s[2 * k];
    }
    d[6] = a;
    return d;
  };
  const TimeGrid time = make_grid(0.3, 4000);
  const RigidSeries station = after({pinch(0)}, response, time);
  const double scale = response.path_gain[1] * 0.0024 / response.hand_mass;
  State s = State::Zero();
  double fault = 0;
  for (Index n = 0; n < 29975; ++n) {
    const double t = static_cast<double>(n) * h;
    if (n % 25 == 0)
      fault = std::max(fault, std::abs(station.specific_force_B(n / 25, 2) + scale * f(t, s)[6]));
    const State k1 = f(t, s), k2 = f(t + h / 2, s + h / 2 * k1), k3 = f(t + h / 2, s + h / 2 * k2);
    s += h / 6 * (k1 + 2 * k2 + 2 * k3 + f(t + h, s + h * k3));
  }
  EXPECT_LT(fault, 1e-5);  // m/s2, of about 1
}

// Motion studies: a damped burst of 0.02-0.2 g, 20-250 Hz, 30-80 ms.
TEST(ContactResponse, IsABurstOfTheRightSizeBandAndLength) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const TimeGrid time = make_grid(0.6, 4000);
    const RigidSeries station = after({pinch(0.2)}, draw_contact_response(Rng(seed)), time);
    const Series a = station.specific_force_B.col(2);
    const double peak = a.abs().maxCoeff();
    EXPECT_GT(peak, 0.02 * kGravity) << seed;
    EXPECT_LT(peak, 0.20 * kGravity) << seed;

    double low = 0, band = 0, high = 0;  // energy below, in and above 20-250 Hz
    for (int f = 2; f < 800; f += 4) {
      double re = 0, im = 0;
      for (Index i = 0; i < time.count; ++i) {
        const double phase = 2 * kPi * f * time.time(i);
        re += a[i] * std::cos(phase), im += a[i] * std::sin(phase);
      }
      (f < 20 ? low : f > 250 ? high : band) += re * re + im * im;
    }
    EXPECT_GT(band / (low + band + high), 0.65) << seed;

    Index last = 0;
    for (Index i = 0; i < time.count; ++i)
      if (std::abs(a[i]) > 0.1 * peak) last = i;
    EXPECT_GT(time.time(last) - 0.2, 0.015) << seed;
    EXPECT_LT(time.time(last) - 0.2, 0.150) << seed;
  }
}

TEST(ContactResponse, FollowsFingerDirectionAndHand) {
  const TimeGrid time = make_grid(0.5, 4000);
  Contact index = pinch(0.1), little = pinch(0.1);
  little.striker = Body::little_distal;
  const ContactResponse response = typical();
  const RigidSeries a = after({index}, response, time), b = after({little}, response, time);
  EXPECT_NEAR(b.specific_force_B.abs().maxCoeff() / a.specific_force_B.abs().maxCoeff(), 0.5 / 0.8,
              1e-12);
  const Quaterniond quarter(
      Eigen::AngleAxisd(kPi / 2, Eigen::Vector3d::UnitX()));  // -z of H is y of S
  const RigidSeries c = after({index}, response, time, quarter);
  EXPECT_LT((c.specific_force_B.col(1) + a.specific_force_B.col(2)).abs().maxCoeff(), 1e-12);
  const RigidSeries twice = after({index, pinch(0.1)}, response, time);
  EXPECT_LT((twice.specific_force_B - 2 * a.specific_force_B).abs().maxCoeff(), 1e-12);
}

TEST(ContactResponse, SharesOfTheModesAddToOne) {
  const ContactResponse r = typical();
  EXPECT_NEAR(r.modes[0].share + r.modes[1].share + r.modes[2].share, 1, 1e-15);
  EXPECT_GE(r.modes[0].frequency_hz, 25);
  EXPECT_LE(r.modes[2].frequency_hz, 250);
}

TEST(ContactResponse, IgnoresContactsOffTheGridAndRejectsNonsense) {
  const TimeGrid time = make_grid(0.1, 4000);
  EXPECT_EQ(after({pinch(5)}, typical(), time).specific_force_B.abs().maxCoeff(), 0);
  EXPECT_EQ(after({pinch(-60)}, typical(), time).specific_force_B.abs().maxCoeff(), 0);
  ContactResponse broken = typical();
  broken.pulse_s = 0;
  try {
    after({pinch(0)}, broken, time);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("expected pulse_s above 0"), std::string::npos);
  }
}

}  // namespace
}  // namespace wrist
