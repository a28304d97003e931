// SPDX-License-Identifier: Apache-2.0
// Figures that published wrist signals have, each with the name of what it holds.
#include <algorithm>

#include "sensor_models/optical/converter.h"
#include "sim/body/heart_pulse.h"
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// The steepest fall of the light of every beat, between samples: where a parabola through the
// differences about the steepest has its top.
std::vector<double> steepest_falls(const Series& light, double rate_hz) {
  const Index n = light.size() - 1;
  const Series fall = light.head(n) - light.tail(n);
  const Index reach = static_cast<Index>(0.3 * rate_hz);
  std::vector<double> times;
  for (Index i = reach; i + reach < n; ++i) {
    if (fall[i] != fall.segment(i - reach, 2 * reach + 1).maxCoeff()) continue;
    const double bend = fall[i - 1] - 2 * fall[i] + fall[i + 1];
    const double top = bend < 0 ? 0.5 * (fall[i - 1] - fall[i + 1]) / bend : 0;
    times.push_back((static_cast<double>(i) + 0.5 + top) / rate_hz);
  }
  return times;
}

// T2: intervals between steepest falls against those between true arrivals.
double interval_error(double rate_hz) {
  double sum = 0;
  int count = 0;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Session s = record_session(two_channel_unit(rate_hz), rest_truth(60), Physiology{}, seed);
    const std::vector<double> found = steepest_falls(current(s.record, kGreen), rate_hz);
    const std::vector<double>& arrivals = s.heart.arrivals_s;
    std::vector<double> lag;  // of each found fall behind the arrival before it
    for (const double f : found) {
      const auto after = std::upper_bound(arrivals.begin(), arrivals.end(), f);
      if (after != arrivals.begin()) lag.push_back(f - *(after - 1));
    }
    for (std::size_t k = 1; k < lag.size(); ++k, ++count)
      sum += (lag[k] - lag[k - 1]) * (lag[k] - lag[k - 1]);
  }
  EXPECT_GT(count, 200);
  return std::sqrt(sum / count);
}

TEST(PpgFigures, T2IntervalsAreExactToAQuarterOfASample) {
  EXPECT_LT(interval_error(25), 1. / (4 * 25));
  EXPECT_LT(interval_error(100), 1. / (4 * 100) + 0.0015);
}

// T6: density at 2 and at 9 Hz of a minute of rest, in bands of an octave's third.
TEST(PpgFigures, T6SpectrumFallsAsAPulseDoes) {
  Physiology young;  // as the measured ones were
  young.age_years = 25;
  const PpgRecord r = record_session(two_channel_unit(), rest_truth(120), young).record;
  const Series x = current(r, kGreen);
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  int bands = 0;
  for (double centre = 2.2; centre < 9; centre *= 1.25, ++bands) {
    double power = 0;
    int lines = 0;
    for (double f = centre / 1.12; f < centre * 1.12; f += 1. / 120, ++lines)
      power += power_at(x, 100, f);
    const double decade = std::log10(centre), decibels = 10 * std::log10(power / lines);
    sx += decade;
    sy += decibels;
    sxx += decade * decade;
    sxy += decade * decibels;
  }
  const double slope = (bands * sxy - sx * sy) / (bands * sxx - sx * sx);
  RecordProperty("slope_db_per_decade", std::to_string(slope));
  EXPECT_LT(slope, -25);
  EXPECT_GT(slope, -45);
}

// T7: noise above 20 Hz scaled to the full band, against the current.
TEST(PpgFigures, T7NoiseIsThatOfAGoodConverter) {
  const PpgRecord r = record_session(two_channel_unit(), rest_truth(60), Physiology{}).record;
  for (Index c = 0; c < 2; ++c) {
    const Series x = current(r, c);
    ASSERT_GT(x.mean(), 2e-6);
    // Third differences hold next to nothing of the pulse; of white noise 1 + 9 + 9 + 1 times.
    const Index n = x.size() - 3;
    const Series d = x.tail(n) - 3 * x.segment(2, n) + 3 * x.segment(1, n) - x.head(n);
    const double noise = std::sqrt(d.square().mean() / 20);
    const double decibels = 20 * std::log10(x.mean() / noise);
    EXPECT_GT(decibels, 90) << c;
    EXPECT_LT(decibels, 100) << c;
  }
}

// T17: mains light of an office at 100 Hz, sampled at 100 Hz, aliases to next to nothing.
TEST(PpgFigures, T17LampsLeaveLessThanAThousandthOfTheirLight) {
  PpgSpec spec = two_channels();
  const TimeGrid time = make_grid(60, 100);
  const Series gap = Series::Zero(time.count);
  const double open = ambient_current(spec, 500, Series::Constant(1, 50))[0];
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Exposure exposure{Series::Constant(time.count, 1e-4), ambient_current(spec, 500, gap),
                            mains_flicker(50, time, Rng(seed)), 1e-4};
    const Conversion out = convert(spec, exposure, 100, Rng(seed));
    const double ripple = out.ambient.maxCoeff() - out.ambient.minCoeff();
    EXPECT_LT(20 * std::log10(ripple / open), -60);
    EXPECT_LT(out.ambient.maxCoeff(), 10 * count_scale(spec));
  }
}

// T18: the second derivative of the pulse behind the 8 Hz of the instruments is heart_test's; here
// the diastolic peak, which old arteries do not show.
TEST(PpgFigures, T18OldArteriesShowNoSecondPeak) {
  const auto peaks = [](double age) {
    const Series k = pulse_kernel(age);
    int count = 0;
    for (Index i = 1; i + 1 < 1500; ++i) count += k[i] > k[i - 1] && k[i] >= k[i + 1];
    return count;
  };
  EXPECT_EQ(peaks(20), 2);
  for (int age = 60; age <= 90; age += 5) EXPECT_EQ(peaks(age), 1) << age;
  EXPECT_GT(pulse_arrival_time(25), pulse_arrival_time(70));  // stiffer, so faster
}

// A run on a treadmill after rest: arm swing at half the cadence along the forearm, steps at the
// cadence in both axes, with a stride that is never twice the same. 0.86 g rms in all,
// the run the motion gain was fitted at; how much of it is at half the cadence is chosen here.
PpgTruth run_truth(double duration, double cadence_hz, std::uint64_t seed) {
  PpgTruth truth = rest_truth(duration);
  const Rng rng(seed);
  const Series wobble = (rng / "wobble").normals(truth.time.count);
  const Series sizes = (rng / "size").normals(truth.time.count);
  double phase = 0, size = 1, pace = 0;
  for (Index i = 0; i < truth.time.count; ++i) {
    pace += 0.002 * (0.02 * 22 * wobble[i] - pace);  // about 2 % of wander over a second
    size += 0.004 * (1 - size) + 0.015 * sizes[i] * 0.3;
    phase += cadence_hz * (1 + pace) / truth.time.rate_hz;
    const double w = 2 * kPi * phase;
    truth.accel_along[i] =
        0.86 * kGravity * size * (0.55 * std::sin(w / 2) + 0.40 * std::sin(w + 0.4));
    truth.accel_normal[i] =
        0.86 * kGravity * size *
        (0.40 * std::sin(w / 2 + 1) + 1.00 * std::sin(w + 1) + 0.60 * std::sin(2 * w));
  }
  return truth;
}

struct RunShares {
  double heart = 0, cadence = 0, half = 0;  // of windows whose largest peak is there
  double naive_error_bpm = 0;
};

// T9: windows of 8 s every 2 s, largest line of 0.6 to 4 Hz, within 0.12 Hz.
RunShares run_shares(Index channel) {
  RunShares share;
  int windows = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const double cadence = 2.6 + 0.01 * static_cast<double>(seed);
    const PpgUnit unit = two_channel_unit();
    const PpgTruth truth = run_truth(90, cadence, seed);
    Physiology person;
    person.age_years = 25;
    const HeartMotion heart =
        beat(person, Series::Constant(91, 25.4), sample_grid(unit, 90), Rng(seed));
    const PpgRecord r = measure(unit, truth, heart, person, Rng(seed) / "ppg");
    const Series light = current(r, channel) / column(r.led_current, channel);
    for (Index first = 0; first + 800 <= light.size(); first += 200, ++windows) {
      const Series x = light.segment(first, 800);
      double best = 0, at = 0;
      for (double f = 0.6; f <= 4; f += 0.02)
        if (const double p = power_at(x, 100, f); p > best) {
          best = p;
          at = f;
        }
      const double rate = heart.heart_rate_bpm[first + 400] / 60;
      share.heart += std::abs(at - rate) < 0.12;
      share.cadence += std::abs(at - cadence) < 0.12;
      share.half += std::abs(at - cadence / 2) < 0.12;
      share.naive_error_bpm += 60 * std::abs(at - rate);
    }
  }
  return {share.heart / windows, share.cadence / windows, share.half / windows,
          share.naive_error_bpm / windows};
}

TEST(PpgFigures, T9RunningSpectraLockToTheCadenceAboutAsOftenAsReal) {
  const RunShares green = run_shares(kGreen), infrared = run_shares(kInfrared);
  // TROIKA: 42 to 53 % heart, 35 to 37 % cadence, 8 to 23 % half of it, 18 to 25 bpm.
  // Eight runs of 42 overlapping windows: 0.03 of standard error and more.
  EXPECT_NEAR(green.heart, 0.47, 0.12);
  EXPECT_NEAR(green.cadence, 0.36, 0.12);
  EXPECT_NEAR(green.half, 0.15, 0.10);
  EXPECT_NEAR(green.naive_error_bpm, 21, 8);
  EXPECT_LT(infrared.heart, green.heart);
}

}  // namespace
}  // namespace wrist
