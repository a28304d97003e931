// SPDX-License-Identifier: Apache-2.0
#include "sim/body/heart.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/heart_pulse.h"

namespace wrist {
namespace {

Series steady_demand(double value) { return Series::Constant(1, value); }

// Without variation of its own: what is left can be worked out by hand.
Physiology metronome(double heart_rate_bpm = 60) {
  Physiology person;
  person.heart_rate_rest_bpm = heart_rate_bpm;
  person.sdnn_rest_s = 0;
  return person;
}

std::string message(const Physiology& person, const Series& demand) {
  try {
    beat(person, demand, make_grid(1, 100), Rng(1));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(Heart, OxygenDemandOfStillAndOfRunningWrists) {
  EXPECT_DOUBLE_EQ(oxygen_demand(0), kRestingDemand);
  EXPECT_DOUBLE_EQ(oxygen_demand(-1e-9), kRestingDemand);
  EXPECT_NEAR(oxygen_demand(0.1), 10.48, 1e-12);   // 32 x 0.1 + 7.28
  EXPECT_NEAR(oxygen_demand(0.030), 8.24, 1e-12);
  EXPECT_NEAR(oxygen_demand(0.0299999), 8.24, 1e-3);  // no step
  EXPECT_NEAR(oxygen_demand(0.015), (3.5 + 8.24) / 2, 1e-12);
}

TEST(Heart, WithoutVariationEveryIntervalIsTheRequestedOne) {
  const HeartMotion heart =
      beat(metronome(75), steady_demand(kRestingDemand), make_grid(30, 100), Rng(1));
  ASSERT_GT(heart.beats_s.size(), 40u);
  for (std::size_t n = 1; n < heart.beats_s.size(); ++n)
    EXPECT_NEAR(heart.beats_s[n] - heart.beats_s[n - 1], 0.8, 1e-9);
  EXPECT_LT(heart.beats_s.front(), -6);  // pulses already under way at the start
  EXPECT_NEAR(heart.heart_rate_bpm.minCoeff(), 75, 1e-12);
  EXPECT_NEAR(heart.heart_rate_bpm.maxCoeff(), 75, 1e-12);
}

TEST(Heart, StrokeOfARestingBeatIsOne) {
  const HeartMotion heart =
      beat(metronome(60 / 0.92), steady_demand(kRestingDemand), make_grid(60, 100), Rng(1));
  double sum = 0;
  for (const double s : heart.strength) {
    EXPECT_NEAR(s, 1, 0.081);  // breathing alone
    sum += s;
  }
  EXPECT_NEAR(sum / static_cast<double>(heart.strength.size()), 1, 0.02);
}

TEST(Heart, RateFollowsDemandWithTwoTimeConstants) {
  Physiology person = metronome(60);
  person.age_years = 40;  // highest rate 180
  person.vo2_max = 40;
  Series demand = Series::Constant(900, kRestingDemand);
  demand.segment(100, 400).setConstant(100);  // more than the person has
  const HeartMotion heart = beat(person, demand, make_grid(900, 10), Rng(1));
  const auto rate = [&](double t) { return heart.heart_rate_bpm[static_cast<Index>(t * 10)]; };
  EXPECT_NEAR(rate(99), 60, 1e-9);
  for (const double t : {5., 10., 30., 60., 120.}) {
    const double expected =
        60 + 120 * (0.3 * (1 - std::exp(-t / 8)) + 0.7 * (1 - std::exp(-t / 57.6)));
    EXPECT_NEAR(rate(100 + t), expected, 5.0) << t;  // knots of 1 s
    const double recovery = 60 + 120 * (0.3 * std::exp(-t / 8) + 0.7 * std::exp(-t / (1.2 * 57.6)));
    EXPECT_NEAR(rate(500 + t), recovery, 5.0) << t;
  }
  EXPECT_NEAR(rate(499), 180, 0.2);
}

TEST(Heart, TheLastDemandHoldsAndTheFirstHasSettled) {
  const HeartMotion heart = beat(metronome(60), steady_demand(20), make_grid(100, 10), Rng(1));
  EXPECT_NEAR(heart.heart_rate_bpm[0], 60 + 120 * 16.5 / 36.5, 1e-9);
  EXPECT_NEAR(heart.heart_rate_bpm[999], heart.heart_rate_bpm[0], 1e-9);
}

TEST(Heart, ExerciseBreathesFaster) {
  const auto crossings = [](double demand) {
    const HeartMotion heart = beat(metronome(), steady_demand(demand), make_grid(100, 20), Rng(1));
    int count = 0;
    for (Index i = 1; i < heart.time.count; ++i)
      count += heart.respiration[i - 1] < 0 && heart.respiration[i] >= 0;
    return count;
  };
  EXPECT_NEAR(crossings(kRestingDemand), 25, 1);  // 0.25 Hz
  EXPECT_NEAR(crossings(40), 70, 1);              // 0.7 Hz
}

TEST(Heart, SuperficialVesselsFollowTheDeepOnes) {
  const HeartMotion heart =
      beat(Physiology{}, steady_demand(kRestingDemand), make_grid(10, 1000), Rng(2));
  for (Index i = 100; i < 9900; ++i)
    ASSERT_NEAR(heart.pulse_superficial[i + 12], heart.pulse_deep[i], 2e-3);
}

TEST(Heart, PulseIsTheSumOfKernelsAtArrival) {
  const Physiology person;
  const HeartMotion heart = beat(person, steady_demand(kRestingDemand), make_grid(10, 100), Rng(3));
  const Series kernel = pulse_kernel(person.age_years);
  for (const Index i : {0, 137, 555, 999}) {
    double sum = 0;
    for (std::size_t n = 0; n < heart.arrivals_s.size(); ++n) {
      const double since = (heart.time.time(i) - heart.arrivals_s[n]) * kPulseRate;
      if (since < 0 || since >= kPulseSamples - 2) continue;
      const Index k = static_cast<Index>(since);
      const double u = since - static_cast<double>(k);
      sum += heart.strength[n] * ((1 - u) * kernel[k] + u * kernel[k + 1]);
    }
    EXPECT_NEAR(heart.pulse_deep[i], sum, 1e-9);
  }
}

TEST(Heart, ALongerRecordingBeginsWithTheShorter) {
  const HeartMotion a = beat(Physiology{}, steady_demand(4), make_grid(10, 100), Rng(4));
  const HeartMotion b = beat(Physiology{}, steady_demand(4), make_grid(60, 100), Rng(4));
  ASSERT_LT(a.beats_s.size(), b.beats_s.size());
  for (std::size_t n = 0; n < a.beats_s.size(); ++n) EXPECT_EQ(a.beats_s[n], b.beats_s[n]);
}

TEST(Heart, ArrivalTimeByAvolio) {
  // 58.5 ms + 0.12 m / 8.45 m/s + 0.68 m / 11.18 m/s + 25 ms
  EXPECT_NEAR(pulse_arrival_time(25), 0.0585 + 0.014201 + 0.060823 + 0.025, 1e-6);
  EXPECT_LT(pulse_arrival_time(75), pulse_arrival_time(25) - 0.015);  // stiffer arteries
}

// Through a Gaussian low-pass of 8 Hz, assumed for the instruments behind the law.
Series seen(const Series& kernel) {
  const double sd = std::sqrt(std::log(2.)) / (2 * kPi * 8) * kPulseRate;  // samples
  const Index reach = 60;
  Series out = Series::Zero(500);
  for (Index i = 0; i < out.size(); ++i) {
    double weights = 0;
    for (Index j = -reach; j <= reach; ++j) {
      const double w = std::exp(-0.5 * static_cast<double>(j * j) / (sd * sd));
      const Index at = i + j - reach;
      weights += w;
      if (at >= 0) out[i] += w * kernel[at];
    }
    out[i] /= weights;
  }
  return out;
}

// Second derivative of the pulse: its first wave a, and the trough b after it.
double b_over_a(double age_years) {
  const Series k = seen(pulse_kernel(age_years));
  Series second = Series::Zero(k.size());
  for (Index i = 4; i + 4 < k.size(); ++i) second[i] = k[i + 4] - 2 * k[i] + k[i - 4];
  Index crest;
  const double a = second.maxCoeff(&crest);
  return second.segment(crest, 150).minCoeff() / a;
}

TEST(Heart, PulseAgesAsTheSecondDerivativeDoes) {
  for (const double age : {25., 40., 55., 75.})
    EXPECT_NEAR(b_over_a(age), 0.0045 * age - 0.803, 0.05) << age;
}

TEST(Heart, KernelRisesFastFallsSlowlyAndLosesItsSecondPeakWithAge) {
  for (const double age : {20., 45., 80.}) {
    const Series k = pulse_kernel(age);
    Index crest;
    EXPECT_DOUBLE_EQ(k.maxCoeff(&crest), 1);
    EXPECT_GT(crest, 120) << age;
    EXPECT_LT(crest, 240) << age;
    EXPECT_EQ(k[0], 0);
    EXPECT_LT(k[kPulseSamples - 1], 1e-4);
    int peaks = 0;
    for (Index i = 1; i + 1 < kPulseSamples; ++i) peaks += k[i] > k[i - 1] && k[i] >= k[i + 1];
    EXPECT_EQ(peaks, age < 30 ? 2 : 1) << age;
  }
}

TEST(Heart, RefusesWhatCannotBeat) {
  const Series rest = steady_demand(kRestingDemand);
  EXPECT_NE(message(Physiology{}, Series()).find("oxygen demand"), std::string::npos);
  EXPECT_NE(message(Physiology{}, steady_demand(-1)).find("oxygen demand"), std::string::npos);
  EXPECT_NE(message(Physiology{}, steady_demand(std::nan(""))).find("finite"), std::string::npos);
  Physiology person;
  person.heart_rate_rest_bpm = 0;
  EXPECT_NE(message(person, rest).find("heart_rate_rest_bpm: expected 30 to 150"),
            std::string::npos);
  person = {};
  person.sdnn_rest_s = -1;
  EXPECT_NE(message(person, rest).find("sdnn_rest_s"), std::string::npos);
  EXPECT_THROW(beat(Physiology{}, rest, {0, 100, 0}, Rng(1)), Error);
}

}  // namespace
}  // namespace wrist
