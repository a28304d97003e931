// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/ppg.h"
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// Troughs of the current, at least 0.4 s apart, deeper than their surroundings: systolic peaks of
// blood.
std::vector<double> find_pulses(const Series& x, double rate_hz) {
  const Index reach = static_cast<Index>(0.25 * rate_hz);
  std::vector<double> times;
  for (Index i = reach; i + reach < x.size(); ++i)
    if (x[i] == x.segment(i - reach, 2 * reach + 1).minCoeff() &&
        (times.empty() || static_cast<double>(i) / rate_hz - times.back() > 0.4))
      times.push_back(static_cast<double>(i) / rate_hz);
  return times;
}

TEST(PpgStats, PulsesAtRestAreTheTrueBeats) {
  const PpgUnit unit = two_channel_unit();
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Session s = record_session(unit, rest_truth(60), Physiology{}, seed);
    const std::vector<double> found = find_pulses(current(s.record, kGreen), 100);
    std::vector<double> expected;
    for (const double arrival : s.heart.arrivals_s)
      if (arrival > 0.3 && arrival < 59.3)
        expected.push_back(arrival + 0.17);  // crest of the kernel
    int matched = 0;
    for (const double e : expected)
      for (const double f : found) matched += std::abs(e - f) < 0.1;
    const auto total = static_cast<double>(found.size() + expected.size());
    EXPECT_GE(2 * matched / total, 0.98) << seed;
    const double rate = 60 * static_cast<double>(found.size() - 1) / (found.back() - found.front());
    const double truth =
        60 * static_cast<double>(expected.size() - 1) / (expected.back() - expected.front());
    EXPECT_NEAR(rate, truth, 0.5) << seed;
  }
}

TEST(PpgStats, RelativePulseIsThatOfWrists) {
  const PpgUnit unit = two_channel_unit();
  const PpgRecord r = record_session(unit, rest_truth(60), Physiology{}).record;
  const double green = pulse_height(current(r, kGreen), 0, 6000, 100) / current(r, kGreen).mean();
  const double infrared =
      pulse_height(current(r, kInfrared), 0, 6000, 100) / current(r, kInfrared).mean();
  EXPECT_GT(green, 0.005);
  EXPECT_LT(green, 0.05);
  EXPECT_GT(infrared, 0.001);
  EXPECT_LT(infrared, 0.010);
  EXPECT_GT(green / infrared, 4);
  EXPECT_LT(green / infrared, 15);
}

TEST(PpgStats, HarmonicsAtRest) {
  Physiology person;
  person.sdnn_rest_s = 0;
  person.heart_rate_rest_bpm = 60;
  const PpgRecord r = record_session(two_channel_unit(), rest_truth(120), person).record;
  const Series x = current(r, kGreen);
  const double first = power_at(x, 100, 1);
  const double second = 10 * std::log10(power_at(x, 100, 2) / first);
  const double third = 10 * std::log10(power_at(x, 100, 3) / first);
  EXPECT_LT(second, -3);
  EXPECT_GT(second, -10);
  EXPECT_LT(third, -8);
  EXPECT_GT(third, -18);
}

TEST(PpgStats, PulseStandsFarAboveTheNoise) {
  const PpgRecord r = record_session(two_channel_unit(), rest_truth(60), Physiology{}).record;
  const auto decibels = [&](Index c) {
    return 20 * std::log10(rms_about_mean(column(r.pulse, c)) / rms_about_mean(column(r.noise, c)));
  };
  EXPECT_GT(decibels(kGreen), 45);
  EXPECT_GT(decibels(kInfrared), 25);
  EXPECT_GT(decibels(kGreen), decibels(kInfrared));
}

// Wrist at `height` for 60 s after 30 s at the heart's: relative pulse and mean current, after /
// before.
struct Raise {
  double pulse, infrared_mean;
};
Raise raise_arm(double height) {
  PpgTruth truth = rest_truth(90);
  truth.height.tail(60 * 500).setConstant(height);
  const PpgRecord r = record_session(two_channel_unit(), truth, Physiology{}).record;
  const Series light = current(r, kGreen) / column(r.led_current, kGreen);
  const Series infrared = current(r, kInfrared) / column(r.led_current, kInfrared);
  const auto relative = [&](Index first) {
    return pulse_height(light, first, 2000, 100) / mean(light, first, 2000);
  };
  return {relative(7000) / relative(500), mean(infrared, 7000, 2000) / mean(infrared, 500, 2000)};
}

TEST(PpgStats, RaisedArmPulsesMoreLoweredArmFillsWithBlood) {
  const Raise up = raise_arm(0.5), down = raise_arm(-0.5);
  EXPECT_GT(up.pulse, 1.3);
  EXPECT_LT(up.pulse, 2.0);
  EXPECT_GT(down.pulse, 0.15);
  EXPECT_LT(down.pulse, 0.45);
  EXPECT_GT(down.infrared_mean, 0.75);
  EXPECT_LT(down.infrared_mean, 0.95);
  EXPECT_GT(up.infrared_mean, 1.02);
}

TEST(PpgStats, PulseIsLargestAtMiddlingPressure) {
  double most = 0, best = 0, at_ten = 0, last = 0;
  int turns = 0;
  for (int pressure = 0; pressure <= 90; pressure += 5) {
    PpgTruth truth = rest_truth(20);
    truth.pressure.setConstant(pressure * kMillimetreHg);
    const PpgRecord r = record_session(two_channel_unit(), truth, Physiology{}).record;
    const double height =
        pulse_height(current(r, kGreen), 0, 2000, 100) / current(r, kGreen).mean();
    if (height > most) best = pressure;
    if (height < last && last == most) ++turns;
    most = std::max(most, height);
    last = height;
    if (pressure == 10) at_ten = height;
  }
  EXPECT_GE(best, 35);
  EXPECT_LE(best, 55);
  EXPECT_EQ(turns, 1);
  EXPECT_GT(at_ten / most, 0.3);
  EXPECT_LT(at_ten / most, 0.7);
}

TEST(PpgStats, LiftedWatchLosesThePulseSaysSoAndRecovers) {
  PpgTruth truth = rest_truth(30);
  truth.illuminance_lux = 500;
  truth.gap.segment(10 * 500, 10 * 500).setConstant(4e-3);
  const PpgRecord r = record_session(two_channel_unit(), truth, Physiology{}).record;
  const Series light = current(r, kGreen) / column(r.led_current, kGreen);
  EXPECT_LT(mean(light, 1200, 700), 0.3 * mean(light, 0, 900));
  const Series pulse = column(r.pulse, kGreen) / column(r.led_current, kGreen);
  EXPECT_LT(pulse_height(pulse, 1200, 700, 100), 0.2 * pulse_height(pulse, 0, 900, 100));
  EXPECT_GT(mean(column(r.ambient, kGreen), 1200, 700),
            5 * mean(column(r.ambient, kGreen), 0, 900));
  Index flagged = 1000;
  while (flagged < 3000 && !(r.flags[flagged] & kPpgLowSignal)) ++flagged;
  EXPECT_LT(flagged, 1100);
  EXPECT_FALSE(r.flags[2100] & kPpgLowSignal);
  EXPECT_NEAR(mean(light, 2050, 900) / mean(light, 0, 900), 1, 0.03);
}

TEST(PpgStats, DarkSkinNeedsMoreCurrentAndCostsSignal) {
  Physiology light_skin, dark_skin;
  light_skin.melanosome_fraction = 0.02;
  dark_skin.melanosome_fraction = 0.32;
  const PpgUnit unit = two_channel_unit();
  const PpgRecord light = record_session(unit, rest_truth(30), light_skin).record;
  const PpgRecord dark = record_session(unit, rest_truth(30), dark_skin).record;
  const auto reflected = [](const PpgRecord& r, Index c) {
    return (current(r, c) / column(r.led_current, c)).mean();
  };
  const double green = reflected(dark, kGreen) / reflected(light, kGreen);
  EXPECT_GT(green, 0.05);
  EXPECT_LT(green, 0.10);
  const double infrared = reflected(dark, kInfrared) / reflected(light, kInfrared);
  EXPECT_GT(infrared, 0.55);
  EXPECT_LT(infrared, 0.70);
  EXPECT_GT(dark.led_current(0, kGreen), 3 * light.led_current(0, kGreen));
  const auto decibels = [](const PpgRecord& r) {
    return 20 * std::log10(rms_about_mean(column(r.pulse, kGreen)) /
                           rms_about_mean(column(r.noise, kGreen)));
  };
  EXPECT_GT(decibels(light) - decibels(dark), 2);
  EXPECT_LT(decibels(light) - decibels(dark), 8);
  EXPECT_EQ((dark.flags != 0).count(), 0);  // still a usable signal
}

TEST(PpgStats, MotionIsSeenAtItsCadenceAndMoreInInfrared) {
  constexpr double kCadence = 1.8;  // Hz
  Physiology person;
  person.sdnn_rest_s = 0.01;
  PpgTruth truth = rest_truth(60);
  for (Index i = 0; i < truth.time.count; ++i) {
    const double w = 2 * kPi * kCadence * truth.time.time(i);
    truth.accel_along[i] = 2.5 * std::sin(w / 2) + 1.5 * std::sin(w + 0.4);
    truth.accel_normal[i] = 1.8 * std::sin(w + 1);
  }
  double gain[2] = {0, 0};
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const PpgRecord r = record_session(two_channel_unit(), truth, person, seed).record;
    for (Index c = 0; c < 2; ++c) {
      const Series motion = column(r.venous, c) + column(r.pressure, c);
      gain[c] += 20 * std::log10(rms_about_mean(motion) / rms_about_mean(column(r.pulse, c))) / 10;
      const Series x = current(r, c);
      EXPECT_GT(power_at(x, 100, kCadence), 10 * power_at(x, 100, 1.45));
    }
  }
  EXPECT_GT(gain[kInfrared] - gain[kGreen], 4);
  EXPECT_LT(gain[kInfrared] - gain[kGreen], 13);
}

}  // namespace
}  // namespace wrist
