// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/ppg.h"

#include <functional>

#include "sensor_models/optical/light.h"
#include "sim/base/error.h"
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// No pulse, no breathing, no noise, no ambient light.
HeartMotion silent_heart(const TimeGrid& time) {
  HeartMotion heart;
  heart.time = time;
  heart.heart_rate_bpm = heart.pulse_superficial = heart.pulse_deep = heart.respiration =
      Series::Zero(time.count);
  return heart;
}

PpgUnit silent_unit() {
  PpgSpec spec = two_channels();
  spec.amplifier_noise = spec.driver_noise = spec.pink_noise = 0;
  spec.averages = 1 << 30;
  return build_ppg(spec, {load_table(525), load_table(940)}, Rng(11));
}

Physiology bloodless() {
  Physiology person;
  person.pulsatile_fraction = 0;
  return person;
}

std::string refusal(const std::function<void()>& job) {
  try {
    job();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

// Everything at once: motion, posture, pressure, gap, bulge, slip.
PpgTruth busy_truth() {
  PpgTruth truth = rest_truth(20);
  for (Index i = 0; i < truth.time.count; ++i) {
    const double t = truth.time.time(i);
    truth.accel_along[i] = 3 * std::sin(9 * t);
    truth.accel_normal[i] = 2 * std::sin(11 * t + 1);
    truth.height[i] = 0.1 * std::sin(0.5 * t);
    truth.pressure[i] = (18 + 6 * std::sin(0.8 * t)) * kMillimetreHg;
    truth.gap[i] = t > 10 && t < 12 ? 0.2e-3 : 0;
    truth.bulge[i] = t > 5 && t < 5.2 ? 0.3e-3 : 0;
    truth.slip(i, 0) = t > 15 ? 1e-3 : 0;
    truth.tilt(i, 1) = 0.002 * std::sin(3 * t);
  }
  return truth;
}

TEST(Ppg, StillSkinGivesAConstant) {
  const PpgUnit unit = silent_unit();
  PpgTruth truth = rest_truth(5);
  truth.illuminance_lux = 0;
  const HeartMotion heart = silent_heart(sample_grid(unit, 5));
  const PpgRecord record = measure(unit, truth, heart, bloodless(), Rng(1));
  for (Index c = 0; c < 2; ++c) {
    EXPECT_EQ(record.counts.col(c).maxCoeff(), record.counts.col(c).minCoeff());
    EXPECT_NEAR(record.counts(0, c) * record.count_scale, record.steady(0, c), record.count_scale);
  }
  for (const PartsC* part : {&record.pulse, &record.venous, &record.pressure, &record.gap,
                             &record.bulge, &record.slip, &record.ambient})
    EXPECT_LT(part->abs().maxCoeff(), 1e-15);
  EXPECT_EQ(record.flags.cast<int>().sum(), 0);
}

TEST(Ppg, PartsAddUpToTheCountsButForTheirProducts) {
  const PpgUnit unit = two_channel_unit();
  const PpgRecord r = record_session(unit, busy_truth(), Physiology{}).record;
  for (Index c = 0; c < 2; ++c) {
    const Series sum = column(r.steady, c) + column(r.pulse, c) + column(r.venous, c) +
                       column(r.pressure, c) + column(r.gap, c) + column(r.bulge, c) +
                       column(r.slip, c) + column(r.ambient, c) + column(r.noise, c);
    const Series size = column(r.pulse, c).abs() + column(r.venous, c).abs() +
                        column(r.pressure, c).abs() + column(r.gap, c).abs() +
                        column(r.bulge, c).abs() + column(r.slip, c).abs();
    const Series left = (current(r, c) - sum).abs();
    const Series products = size.square() / column(r.steady, c);
    EXPECT_LT((left - products).maxCoeff(), 2 * r.count_scale) << c;
    EXPECT_GT(size.maxCoeff(), 0.02 * r.steady(0, c));  // there was something to explain
  }
}

TEST(Ppg, APartIsWhatIsMissingWithoutItsCause) {
  const PpgUnit unit = silent_unit();
  PpgTruth truth = busy_truth();
  const Physiology person;
  const HeartMotion heart = silent_heart(sample_grid(unit, 20));
  const PpgRecord with = measure(unit, truth, heart, person, Rng(1));
  truth.slip.setZero();
  const PpgRecord without = measure(unit, truth, heart, person, Rng(1));
  for (Index c = 0; c < 2; ++c) {
    const Series difference = current(with, c) - current(without, c);
    EXPECT_GT(column(with.slip, c).abs().maxCoeff(), 10 * with.count_scale);
    EXPECT_LT((difference - column(with.slip, c)).abs().maxCoeff(), 2 * with.count_scale);
  }
}

TEST(Ppg, AbsorptionGrowsWithThePulse) {
  const PpgUnit unit = two_channel_unit();
  const Session s = record_session(unit, rest_truth(10), Physiology{});
  for (Index c = 0; c < 2; ++c) {
    const Series x = current(s.record, c), pulse = s.heart.pulse_deep;
    EXPECT_LT(((x - x.mean()) * (pulse - pulse.mean())).mean(),
              -0.7 * rms_about_mean(x) * rms_about_mean(pulse));
  }
}

TEST(Ppg, SameSeedSameCountsAndChannelsDoNotKnowEachOther) {
  const PpgUnit unit = two_channel_unit();
  PpgSpec green = two_channels();
  green.channels.pop_back();
  const PpgUnit alone = build_ppg(green, {load_table(525)}, Rng(11));
  const PpgTruth truth = busy_truth();
  const PpgRecord a = record_session(unit, truth, Physiology{}).record;
  const PpgRecord b = record_session(unit, truth, Physiology{}).record;
  const PpgRecord c = record_session(alone, truth, Physiology{}).record;
  const PpgRecord other = record_session(unit, truth, Physiology{}, 2).record;
  EXPECT_TRUE((a.counts == b.counts).all());
  EXPECT_TRUE((a.counts.col(kGreen) == c.counts.col(0)).all());
  EXPECT_FALSE((a.counts == other.counts).all());
}

TEST(Ppg, PinchIsSeenInAtLeastOneChannelAndNotAlikeEverywhere) {
  const PpgUnit unit = two_channel_unit();
  PpgTruth truth = rest_truth(10);
  truth.bulge.segment(2500, 60).setConstant(0.3e-3);
  int seen = 0, opposite = 0;
  constexpr int kSessions = 60;
  for (std::uint64_t seed = 0; seed < kSessions; ++seed) {
    const PpgRecord r = record_session(unit, truth, Physiology{}, seed).record;
    double most = 0;
    for (Index c = 0; c < 2; ++c)
      most = std::max(most, column(r.bulge, c).abs().maxCoeff() /
                                pulse_height(column(r.pulse, c), 0, 1000, 100));
    seen += most > 0.3;
    opposite += r.bulge(505, 0) * r.bulge(505, 1) < 0;
    EXPECT_LT(r.bulge.topRows(499).abs().maxCoeff(), 1e-15);  // not before it happens
  }
  EXPECT_GE(seen, 0.95 * kSessions);
  EXPECT_GT(opposite, 0.2 * kSessions);
  EXPECT_LT(opposite, 0.8 * kSessions);
}

TEST(Ppg, TiltLiftsOneSideAndPressesTheOther) {
  Contact contact;
  contact.gap = Series::Zero(2);
  contact.tilt = Series2::Zero(2, 2);
  contact.tilt(0, 1) = 0.1;   // about y: the side of -x rises
  contact.tilt(1, 0) = 0.1;   // about x: the side of +y rises
  BloodStates still;
  for (Series* state : {&still.arterial_superficial, &still.arterial_deep,
                        &still.venous_superficial, &still.venous_deep, &still.slosh_superficial,
                        &still.slosh_deep, &still.expelled_superficial, &still.expelled_deep,
                        &still.pressure, &still.bulge_pressure, &still.bulge, &still.slip})
    *state = Series::Zero(2);
  ChannelOptics optics;
  optics.transfer = 1e-4;
  optics.distance = 0.003;
  const auto light_at = [&](double x, double y) {
    LightBlock light;
    light_block({optics, {}, {x, y}}, contact, still, {0, 2}, light);
    return light;
  };
  EXPECT_NEAR(light_at(-0.005, 0).gap_mm[0], 0.5, 1e-12);
  EXPECT_EQ(light_at(0.005, 0).gap_mm[0], 0);
  EXPECT_NEAR(light_at(0, 0.005).gap_mm[1], 0.5, 1e-12);
  EXPECT_EQ(light_at(0, -0.005).gap_mm[1], 0);
  // Half a millimetre: 1 / (1 + 1/9).
  EXPECT_NEAR(light_at(-0.005, 0).total[0], 0.9e-4, 1e-9);
}

TEST(Ppg, UnevenPressureUnloadsOneDetectorAndLoadsTheOther) {
  PpgSpec spec = two_channels();
  spec.channels = {{"up", 525, 0, 0, 0.00275, {0.004, 0}},
                   {"down", 525, 0, 1, 0.00275, {-0.004, 0}}};
  spec.amplifier_noise = spec.driver_noise = spec.pink_noise = 0;
  spec.averages = 1 << 30;
  const PpgUnit unit = build_ppg(spec, {load_table(525)}, Rng(11));
  PpgTruth truth = rest_truth(40);
  truth.pressure_is_static = false;
  truth.pressure_slope.col(0).tail(20 * 500).setConstant(1.5 * kMillimetreHg / 1e-3);
  const PpgRecord r = record_session(unit, truth, Physiology{}).record;
  const auto change = [&](Index c) {
    return mean(column(r.pressure, c), 2200, 1700) / r.steady(0, c) -
           mean(column(r.pressure, c), 100, 1700) / r.steady(0, c);
  };
  // 6 mmHg more or less x -0.0024 per mmHg.
  EXPECT_NEAR(change(0), 6 * 0.0024, 0.002);
  EXPECT_NEAR(change(1), -6 * 0.0024, 0.002);
  const auto pulses = [&](Index c) {
    const Series pulse = column(r.pulse, c) / r.steady(0, c);
    return pulse_height(pulse, 2200, 1700, 100) / pulse_height(pulse, 100, 1700, 100);
  };
  // The pulse is that of 24 and of 12 mmHg.
  EXPECT_NEAR(pulses(0), perfusion_gain(24, 0), 0.05);
  EXPECT_NEAR(pulses(1), perfusion_gain(12, 0), 0.05);
}

TEST(Ppg, ExposuresAreStaggered) {
  PpgSpec spec = two_channels();
  spec.channels[1] = spec.channels[0];
  spec.channels[1].exposure_offset = 0.002;
  spec.amplifier_noise = spec.driver_noise = spec.pink_noise = 0;
  spec.averages = 1 << 30;
  PpgUnit unit = build_ppg(spec, {load_table(525)}, Rng(11));
  unit.channel_gain = {1, 1};
  PpgTruth truth = rest_truth(5);
  truth.illuminance_lux = 0;
  truth.pressure += 4 * kMillimetreHg * Series::LinSpaced(truth.time.count, 0, 1);
  const HeartMotion heart = silent_heart(sample_grid(unit, 5));
  const PpgRecord r = measure(unit, truth, heart, bloodless(), Rng(1));
  // A fifth of a sample later on a ramp: the value a fifth of the way to the next.
  for (Index i = 200; i < 400; ++i) {
    const double here = double{r.pressure(i, 0)} / r.led_current(i, 0);
    const double next = double{r.pressure(i + 1, 0)} / r.led_current(i + 1, 0);
    const double late = double{r.pressure(i, 1)} / r.led_current(i, 1);
    EXPECT_NEAR(late, here + 0.2 * (next - here), 1e-4 * std::abs(next - here) + 1e-18);
  }
  spec.channels[1].exposure_offset = 0.006;
  EXPECT_NE(refusal([&] { check(spec); }).find("exposure_at of channel \"green\""),
            std::string::npos);
}

Eigen::ArrayXi saturated(const Flags& flags) {
  return flags.cast<int>().unaryExpr([](int f) { return f & int{kPpgSaturated}; });
}

TEST(Ppg, SunThroughTheGapSaturatesTheChannelThatItReaches) {
  PpgSpec spec = two_channels();
  spec.channels[1] = spec.channels[0];
  spec.channels[1].midpoint << 0, -0.010;
  const PpgUnit unit = build_ppg(spec, {load_table(525)}, Rng(11));
  PpgTruth truth = rest_truth(5);
  truth.illuminance_lux = 1e5;
  truth.mains_hz = 0;
  truth.gap.setConstant(12e-3);
  truth.tilt.col(0).setConstant(1.2);  // wide open at 12 o'clock, touching at 6
  const PpgRecord r = record_session(unit, truth, Physiology{}).record;
  EXPECT_EQ(saturated(r.channel_flags.col(0)).minCoeff(), 1);
  EXPECT_EQ(saturated(r.channel_flags.col(1)).maxCoeff(), 0);
  EXPECT_EQ(saturated(r.flags).minCoeff(), 1);
}

TEST(Ppg, ClockIsTheUnitsOwn) {
  PpgSpec spec = two_channels();
  spec.rate_error_sd = 0.005;
  spec.rate_error_max = 0.006;
  const std::vector<PathTable> tables = {load_table(525), load_table(940)};
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const PpgUnit unit = build_ppg(spec, tables, Rng(seed));
    EXPECT_LE(std::abs(unit.true_rate_hz / 100 - 1), 0.006);
    sum += std::abs(unit.true_rate_hz / 100 - 1);
  }
  EXPECT_GT(sum / 100, 0.002);
  const PpgUnit unit = two_channel_unit();
  EXPECT_EQ(unit.true_rate_hz, 100);
  EXPECT_EQ(sample_grid(unit, 12.5).count, 1250);
  const PpgRecord record = record_session(unit, rest_truth(2), Physiology{}).record;
  EXPECT_EQ(record.time_ns[150], 1500000000);
}

TEST(Ppg, RefusesSpecsThatCannotMeasure) {
  const std::vector<PathTable> tables = {load_table(525), load_table(940)};
  const auto with = [&](const std::function<void(PpgSpec&)>& edit) {
    PpgSpec spec = two_channels();
    edit(spec);
    return refusal([&] { build_ppg(spec, tables, Rng(1)); });
  };
  EXPECT_EQ(with([](PpgSpec&) {}), "");
  EXPECT_NE(with([](PpgSpec& s) { s.rate_hz = 5; }).find("a rate of 20 to 2000 Hz, found 5"),
            std::string::npos);
  EXPECT_NE(with([](PpgSpec& s) { s.bits = 40; }).find("8 to 24 bits, found 40"),
            std::string::npos);
  EXPECT_NE(with([](PpgSpec& s) { s.led_current_min = 1; }).find("led_current_min"),
            std::string::npos);
  EXPECT_NE(with([](PpgSpec& s) { s.channels.clear(); }).find("at least one channel"),
            std::string::npos);
  EXPECT_NE(
      with([](PpgSpec& s) { s.channels[1].wavelength_nm = 660; }).find("no photon paths for 660"),
      std::string::npos);
  EXPECT_NE(with([](PpgSpec& s) { s.channels[0].distance = 0.02; }).find("found 20"),
            std::string::npos);
}

TEST(Ppg, RefusesAHeartOnAnotherClock) {
  const PpgUnit unit = two_channel_unit();
  const HeartMotion heart = silent_heart(make_grid(2, 50));
  EXPECT_NE(refusal([&] { measure(unit, rest_truth(2), heart, Physiology{}, Rng(1)); })
                .find("sensor's clock"), std::string::npos);
}

}  // namespace
}  // namespace wrist
