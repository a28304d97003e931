// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/body/heart.h"

namespace wrist {
namespace {

// Beat intervals of `seconds` at rest or at a demand.
std::vector<double> intervals(const Physiology& person, double demand, double seconds,
                              std::uint64_t seed) {
  const HeartMotion heart =
      beat(person, Series::Constant(1, demand), make_grid(seconds, 10), Rng(seed));
  std::vector<double> rr;
  for (std::size_t n = 1; n < heart.beats_s.size(); ++n)
    if (heart.beats_s[n - 1] >= 0) rr.push_back(heart.beats_s[n] - heart.beats_s[n - 1]);
  return rr;
}

double mean(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += v;
  return sum / static_cast<double>(x.size());
}

TEST(HeartStats, MeasuredRateIsTheRequestedOne) {
  Physiology person;
  for (const double rest : {50., 65., 80.}) {
    person.heart_rate_rest_bpm = rest;
    std::vector<double> means;
    for (std::uint64_t seed = 0; seed < 40; ++seed)
      means.push_back(mean(intervals(person, kRestingDemand, 300, seed)));
    double variance = 0;
    for (const double m : means) variance += (m - mean(means)) * (m - mean(means));
    const double error = std::sqrt(variance / 39 / 40);
    EXPECT_NEAR(mean(means), 60 / rest, 4 * error) << rest;
    EXPECT_LT(error, 0.006);
  }
}

struct Variability {
  double sdnn = 0, rmssd = 0;        // s
  double low = 0, high = 0;          // s2; 0.04-0.15, 0.15-0.40 Hz
  double high_peak_hz = 0;
};

// Spectrum of the intervals on a clock of 4 Hz, averaged over windows of 60 s.
Variability variability(const std::vector<double>& rr) {
  Variability v;
  const double average = mean(rr);
  for (std::size_t n = 0; n < rr.size(); ++n) {
    v.sdnn += (rr[n] - average) * (rr[n] - average);
    if (n) v.rmssd += (rr[n] - rr[n - 1]) * (rr[n] - rr[n - 1]);
  }
  v.sdnn = std::sqrt(v.sdnn / static_cast<double>(rr.size() - 1));
  v.rmssd = std::sqrt(v.rmssd / static_cast<double>(rr.size() - 1));

  std::vector<double> series;
  double t = 0, next = 0;
  for (const double interval : rr)
    for (t += interval; next < t; next += 0.25) series.push_back(interval - average);
  constexpr int kWindow = 240;
  double most = 0;
  const int windows = static_cast<int>(series.size()) / kWindow;
  for (int bin = 3; bin <= 24; ++bin) {
    double power = 0;
    for (int w = 0; w < windows; ++w) {
      double re = 0, im = 0;
      for (int i = 0; i < kWindow; ++i) {
        const double phase = 2 * kPi * i / kWindow;
        const double x = series[static_cast<std::size_t>(w * kWindow + i)] * (1 - std::cos(phase));
        re += x * std::cos(phase * bin);
        im += x * std::sin(phase * bin);
      }
      power += 2 * (re * re + im * im) / (1.5 * kWindow * kWindow) / windows;
    }
    const double frequency = bin / 60.;
    (frequency < 0.15 ? v.low : v.high) += power;
    if (frequency >= 0.15 && power > most) {
      most = power;
      v.high_peak_hz = frequency;
    }
  }
  return v;
}

TEST(HeartStats, VariabilityOfFiveMinutesAtRest) {
  const Physiology person;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Variability v = variability(intervals(person, kRestingDemand, 300, seed));
    EXPECT_GT(v.sdnn, 0.030) << seed;
    EXPECT_LT(v.sdnn, 0.080) << seed;
    EXPECT_GT(v.rmssd, 0.020) << seed;
    EXPECT_LT(v.rmssd, 0.070) << seed;
    EXPECT_GT(v.low, 150e-6) << seed;
    EXPECT_LT(v.low, 1500e-6) << seed;
    EXPECT_GT(v.high, 80e-6) << seed;
    EXPECT_LT(v.high, 2000e-6) << seed;
    EXPECT_GT(v.low / v.high, 0.5) << seed;
    EXPECT_LT(v.low / v.high, 5) << seed;
    EXPECT_NEAR(v.high_peak_hz, person.respiration_hz, 0.02) << seed;
  }
}

TEST(HeartStats, VariabilityIsWhatThePersonHasAndShrinksWithRate) {
  Physiology person;
  person.heart_rate_rest_bpm = 60 / 0.92;
  const auto spread = [&](double demand) {
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const double sdnn = variability(intervals(person, demand, 1200, seed)).sdnn;
      sum += sdnn * sdnn / 20;
    }
    return std::sqrt(sum);
  };
  // The shares of the three rhythms square to 0.957.
  EXPECT_NEAR(spread(kRestingDemand), person.sdnn_rest_s * std::sqrt(0.957), 0.003);
  EXPECT_LT(spread(30), 0.35 * person.sdnn_rest_s);
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  double xx = 0, xy = 0, yy = 0;
  const double mx = mean(x), my = mean(y);
  for (std::size_t n = 0; n < x.size(); ++n) {
    xx += (x[n] - mx) * (x[n] - mx);
    yy += (y[n] - my) * (y[n] - my);
    xy += (x[n] - mx) * (y[n] - my);
  }
  return xy / std::sqrt(xx * yy);
}

// T16. Hennig et al. 2006; irregular beyond what a sinus node does (see nRMSSD of AF detectors).
TEST(HeartStats, FibrillatingAtriaGiveIrregularBeats) {
  Physiology person;
  person.fibrillation = true;
  double irregular = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const HeartMotion heart =
        beat(person, Series::Constant(1, kRestingDemand), make_grid(300, 100), Rng(seed));
    std::vector<double> rr, crest;
    for (std::size_t n = 1; n < heart.beats_s.size(); ++n) {
      EXPECT_EQ(heart.kind[n], BeatKind::fibrillation);
      const auto from = static_cast<Index>(heart.arrivals_s[n] * 100);
      if (heart.arrivals_s[n] < 1 || from + 26 > heart.time.count) continue;
      rr.push_back(heart.beats_s[n] - heart.beats_s[n - 1]);
      const auto pulse = heart.pulse_deep.segment(from, 26);
      crest.push_back(pulse.maxCoeff() - pulse[0]);
    }
    const Variability v = variability(rr);
    EXPECT_GT(v.rmssd / mean(rr), 0.1) << seed;
    irregular += v.rmssd / mean(rr) / 10;
    EXPECT_GT(v.sdnn / mean(rr), 0.18) << seed;
    EXPECT_LT(v.sdnn / mean(rr), 0.35) << seed;
    EXPECT_GT(correlation(rr, crest), 0.4) << seed;
  }
  EXPECT_GT(irregular, 0.2);  // as typical
  EXPECT_LT(irregular, 0.45);
  // The rate is still the one the demand asks for.
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    sum += mean(intervals(person, kRestingDemand, 300, seed)) / 20;
  EXPECT_NEAR(sum, 60 / person.heart_rate_rest_bpm, 0.03);
}

// T16.
TEST(HeartStats, EctopicBeatsAreEarlyWeakAndFollowedByAPause) {
  Physiology person;
  person.ectopic_share = 0.05;
  std::size_t ectopic = 0, all = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const HeartMotion heart =
        beat(person, Series::Constant(1, kRestingDemand), make_grid(300, 100), Rng(seed));
    for (std::size_t n = 2; n + 1 < heart.kind.size(); ++n, ++all) {
      if (heart.kind[n] != BeatKind::ectopic) continue;
      ++ectopic;
      const double usual = 60 / person.heart_rate_rest_bpm;
      EXPECT_NEAR((heart.beats_s[n] - heart.beats_s[n - 1]) / usual, 0.62, 0.15);
      EXPECT_NEAR((heart.beats_s[n + 1] - heart.beats_s[n]) / usual, 1.35, 0.30);
      EXPECT_LT(heart.strength[n], 0.6);
      EXPECT_GT(heart.strength[n + 1], 0.95);
      EXPECT_NE(heart.kind[n + 1], BeatKind::ectopic);
    }
  }
  // One in 20 that may be; none right after another.
  const double expected = 0.05 / 1.05, count = static_cast<double>(all);
  EXPECT_NEAR(static_cast<double>(ectopic) / count, expected,
              4 * std::sqrt(expected * (1 - expected) / count));
}

// T3, PMC7035641: the pulse varies more than the heart, by some 10 to 25 % of the power.
TEST(HeartStats, PulseRateVariesMoreThanHeartRate) {
  const Physiology person;
  double heart_high = 0, pulse_high = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const HeartMotion heart =
        beat(person, Series::Constant(1, kRestingDemand), make_grid(300, 10), Rng(seed));
    std::vector<double> hearts, pulses;
    for (std::size_t n = 1; n < heart.beats_s.size(); ++n) {
      hearts.push_back(heart.beats_s[n] - heart.beats_s[n - 1]);
      pulses.push_back(heart.arrivals_s[n] - heart.arrivals_s[n - 1]);
    }
    heart_high += variability(hearts).high;
    pulse_high += variability(pulses).high;
  }
  EXPECT_GT(pulse_high / heart_high, 1.0);
  EXPECT_LT(pulse_high / heart_high, 1.3);
}

// T12, PMC8856571.
TEST(HeartStats, PressureDelaysThePulse) {
  const auto motion = [](double mmhg) {
    return beat(Physiology{}, Series::Constant(1, kRestingDemand), make_grid(30, 1000), Rng(3),
                Series::Constant(1, mmhg * kMillimetreHg));
  };
  const HeartMotion best = motion(45), loose = motion(5), crushed = motion(140);
  for (std::size_t n = 0; n < best.arrivals_s.size(); ++n) {
    EXPECT_NEAR(loose.arrivals_s[n] - best.arrivals_s[n], 0.022 * 4 / 9., 1e-9);
    EXPECT_NEAR(crushed.arrivals_s[n] - best.arrivals_s[n], 0.022, 1e-9);
  }
  Index first = 0, later = 0;
  best.pulse_deep.head(1000).maxCoeff(&first);
  crushed.pulse_deep.segment(first - 200, 400).maxCoeff(&later);
  EXPECT_NEAR(static_cast<double>(later - 200) * 1e-3, 0.040, 0.004);
}

}  // namespace
}  // namespace wrist
