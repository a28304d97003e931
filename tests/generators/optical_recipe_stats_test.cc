// SPDX-License-Identifier: Apache-2.0
// What a user of a recipe looks for in the light: a double pinch, a strap that is loosened, a watch
// that lifts, an arm that is raised. T-numbers: acceptance tests of the optical model.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sensor_models/optical/ppg.h"
#include "tests/generators/recipe_fixture.h"

namespace wrist {
namespace {

using testing::record;
using testing::spread;
using testing::values;

constexpr double kNever = std::numeric_limits<double>::infinity();

Eigen::ArrayXd seconds(const Recording& r, const std::string& group) {
  return values(r, group, "t").col(0) * 1e-9;
}

Eigen::Index sample_at(const Eigen::ArrayXd& t, double time_s) {
  return std::lower_bound(t.begin(), t.end(), time_s) - t.begin();
}

// When `x` has first gone half its way from where it is at `from_s` to where it is furthest, s;
// never if that is less than `least`.
double half_way(const Eigen::ArrayXd& t, const Eigen::ArrayXd& x, double from_s, double to_s,
                double least) {
  const Eigen::Index first = sample_at(t, from_s), count = sample_at(t, to_s) - first;
  const Eigen::ArrayXd change = (x.segment(first, count) - x[first]).abs();
  if (change.maxCoeff() < least) return kNever;
  Eigen::Index i = 0;
  while (change[i] < 0.5 * change.maxCoeff()) ++i;
  return t[first + i];
}

// A channel's light over LED current, of what it would be without any cause.
Eigen::ArrayXd light_of(const Recording& r, Eigen::Index channel) {
  for (const Channel& c : r.channels)
    if (c.group == "optical" && c.name == "counts")
      return values(r, "optical", "counts").col(channel) *
             std::get<double>(c.attributes.at("ampere_per_count")) /
             values(r, "truth_optical", "part_steady").col(channel);
  ADD_FAILURE() << "no counts";
  return {};
}

// What the accelerometer has above some 10 Hz: less the mean of 90 ms around each sample. m/s2.
Eigen::ArrayXd burst(const Recording& r) {
  constexpr Eigen::Index kHalf = 4;
  const Eigen::ArrayXXd accel = values(r, "truth", "clean_accel");
  Eigen::ArrayXd size = Eigen::ArrayXd::Zero(accel.rows());
  for (Eigen::Index i = kHalf; i + kHalf < accel.rows(); ++i)
    size[i] = (accel.row(i) - accel.middleRows(i - kHalf, 2 * kHalf + 1).colwise().mean())
                  .matrix()
                  .norm();
  return size;
}

// The first of the channels that tendons, their pressure or a gap change by 0.3 of a pulse, s.
double light_moves(const Recording& r, double touch_s) {
  const Eigen::ArrayXd t = seconds(r, "optical");
  const Eigen::ArrayXXd moved = values(r, "truth_optical", "part_bulge") +
                                values(r, "truth_optical", "part_pressure") +
                                values(r, "truth_optical", "part_gap");
  const Eigen::ArrayXXd pulse = values(r, "truth_optical", "part_pulse");
  double first = kNever;
  for (Eigen::Index c = 0; c < moved.cols(); ++c) {
    const double height = 2.8 * spread(pulse.col(c));  // peak to peak
    if (height == 0) continue;                         // black ink
    first = std::min(first, half_way(t, moved.col(c), touch_s - 0.4, touch_s + 0.2, 0.3 * height));
  }
  return first;
}

// Touches of index finger and thumb that nothing else of the hand has preceded for 0.6 s.
std::vector<double> first_taps(const Recording& r) {
  std::vector<double> taps;
  double last = -1;
  for (const Event& e : r.events) {
    if (e.source != "contact") continue;
    if (e.start_s > last + 0.6 && e.start_s > 1 && e.start_s < 9) taps.push_back(e.start_s);
    last = e.start_s;
  }
  return taps;
}

// T15.
TEST(OpticalRecipe, ADoublePinchIsSeenInTheLightBeforeTheAccelerometerFeelsIt) {
  int taps = 0, seen = 0, early = 0;
  std::vector<double> leads;
  for (std::uint64_t person = 0; person < 16; ++person) {
    const Recording r = record({"subjects.count=16", "motions.classes=[\"double_pinch\"]"}, person);
    if (r.scenario.motion.activity == "walk") continue;  // whose steps hide the burst
    const Eigen::ArrayXd t = seconds(r, "imu"), felt = burst(r);
    for (const double touch : first_taps(r)) {
      ++taps;
      const double light = light_moves(r, touch);
      if (light == kNever) continue;
      ++seen;
      const double lead = half_way(t, felt, touch - 0.25, touch + 0.1, 0) - light;
      leads.push_back(lead);
      early += lead >= -0.005 && lead <= 0.120;  // half a sample: clocks are not in step
    }
  }
  ASSERT_GT(taps, 25);
  EXPECT_GE(seen, 0.95 * taps);
  EXPECT_GE(early, 0.9 * seen);
  std::sort(leads.begin(), leads.end());
  EXPECT_GT(leads[leads.size() / 2], 0.010);
  EXPECT_LT(leads[leads.size() / 2], 0.080);
}

// Of the green light, relative to it; ambient A.
struct Looseness {
  double pulse = 0, motion = 0, ambient = 0;
};

Looseness walk_worn_at(const std::string& pressure) {
  constexpr std::uint64_t kPeople = 6;
  Looseness of;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    const Recording r =
        record({"subjects.count=6", "motions.classes=[\"walk\"]",
                "environment.illuminance_lux=[500, 500]", "wear.pressure=\"" + pressure + "\""},
               person);
    const auto part = [&](const char* name) -> Eigen::ArrayXd {
      return values(r, "truth_optical", name).col(0) /
             values(r, "truth_optical", "part_steady").col(0);
    };
    const double share = 1 / static_cast<double>(kPeople);
    of.pulse += share * spread(part("part_pulse"));
    of.motion += share * spread(part("part_venous") + part("part_pressure") + part("part_gap"));
    of.ambient += share * values(r, "truth_optical", "part_ambient").col(0).mean();
  }
  return of;
}

TEST(OpticalRecipe, LooseningTheStrapStepByStepTakesPulseAndBringsMotionAndDaylight) {
  Looseness before = walk_worn_at("8 kPa");
  const Looseness tightest = before;
  for (const char* pressure : {"4 kPa", "1 kPa", "0.4 kPa"}) {
    const Looseness now = walk_worn_at(pressure);
    EXPECT_LT(now.pulse, before.pulse) << pressure;
    EXPECT_GT(now.motion, before.motion) << pressure;
    EXPECT_GE(now.ambient, 0.999 * before.ambient) << pressure;  // none, until there is a gap
    before = now;
  }
  EXPECT_LT(before.pulse, 0.5 * tightest.pulse);
  EXPECT_GT(before.motion, 2 * tightest.motion);
  EXPECT_GT(before.ambient, 1.5 * tightest.ambient);
}

// Times at which a channel has lost 70 % of its light to a gap and stays so for a third of a
// second, two of the sensor's looks at its own signal. s, of times at least a second before the
// end.
std::vector<double> lift_offs(const Recording& r, Eigen::Index channel) {
  constexpr double kLost = 0.7, kFor = 0.33;  // 1, s
  const Eigen::ArrayXd t = seconds(r, "optical");
  const Eigen::ArrayXd left = 1 + values(r, "truth_optical", "part_gap").col(channel) /
                                      values(r, "truth_optical", "part_steady").col(channel);
  const Eigen::ArrayXd now = light_of(r, channel);
  std::vector<double> lifts;
  for (Eigen::Index i = 0, since = 0; i < t.size(); ++i) {
    const bool lost = now[i] < 1 - kLost && left[i] < 1;
    if (!lost) since = i + 1;
    const bool told = !lifts.empty() && lifts.back() >= t[std::min(since, t.size() - 1)];
    if (lost && !told && t[i] - t[since] > kFor && t[since] + 1 < t[t.size() - 1])
      lifts.push_back(t[since]);
  }
  return lifts;
}

bool is_low(double flags) {
  return (static_cast<int>(flags) & static_cast<int>(kPpgLowSignal)) != 0;
}

struct Told {
  int lifts = 0, told = 0, low = 0;  // low: samples, of any channel
};

Told told_of(const std::string& pressure, const std::string& name) {
  Told sum;
  for (std::uint64_t person = 0; person < 16; ++person) {
    const Recording r =
        record({"subjects.count=16", "duration=12 s", "motions.classes=[\"" + name + "\"]",
                "wear.pressure=\"" + pressure + "\""},
               person);
    const Eigen::ArrayXd t = seconds(r, "optical");
    const Eigen::ArrayXXd each = values(r, "optical", "channel_flags");
    const Eigen::ArrayXd any = values(r, "optical", "flags").col(0);
    for (Eigen::Index c = 0; c < each.cols(); ++c) {
      for (const double lift : lift_offs(r, c)) {
        ++sum.lifts;
        Eigen::Index k = sample_at(t, lift);
        while (t[k] < lift + 1 && !is_low(each(k, c))) ++k;
        sum.told += t[k] < lift + 1 && is_low(any[k]);
      }
      for (const double flags : each.col(c)) sum.low += is_low(flags);
    }
  }
  return sum;
}

// T13. A strap that hardly holds the watch lets it fly when the arm is stopped.
TEST(OpticalRecipe, ALiftedWatchSaysWithinASecondThatTheSignalIsLow) {
  int lifts = 0, told = 0;
  for (const char* name : {"hammer", "slap_table", "raise_and_drop"}) {
    const Told loose = told_of("0.1 kPa", name);
    lifts += loose.lifts;
    told += loose.told;
    EXPECT_EQ(told_of("4 kPa", name).low, 0) << name;
  }
  ASSERT_GE(lifts, 4);
  EXPECT_EQ(told, lifts);
}

struct Raise {
  double height;           // m; from before to after
  double pulse, infrared;  // after over before: green pulse, infrared light
  double time_s;           // to 63 % of the change of infrared light
};

// A bag carried, then a phone at the ear; over the last 14 s of both.
Raise raise_of(const Recording& r) {
  const Eigen::ArrayXd t = seconds(r, "optical"), at = seconds(r, "imu");
  const Eigen::ArrayXd wrist =
      values(r, "truth", "case_position").col(2) - values(r, "truth", "thorax_position").col(2);
  const Eigen::ArrayXXd led = values(r, "optical", "led_current");
  const Eigen::ArrayXd light = values(r, "optical", "counts").col(1) / led.col(1);
  const Eigen::ArrayXd pulse = values(r, "truth_optical", "part_pulse").col(0) / led.col(0);
  const double start = r.scenario.motion.then[0].start_s;
  const auto mean = [](const Eigen::ArrayXd& clock, const Eigen::ArrayXd& x, double to_s) {
    const Eigen::Index first = sample_at(clock, to_s - 14), end = sample_at(clock, to_s);
    return x.segment(first, end - first).mean();
  };
  const auto swing = [&](double to_s) {
    const Eigen::Index first = sample_at(t, to_s - 14), end = sample_at(t, to_s);
    return spread(pulse.segment(first, end - first));
  };
  const double before = mean(t, light, start), after = mean(t, light, 60);
  // Light follows the veins; pulses and nodding are averaged away.
  const Eigen::Index width = 100;
  Eigen::Index i = sample_at(t, start);
  while (i + width < t.size() &&
         (light.segment(i, width).mean() - before) / (after - before) < 0.63)
    ++i;
  return {mean(at, wrist, 60) - mean(at, wrist, start), swing(60) / swing(start), after / before,
          t[std::min(i + width / 2, t.size() - 1)] - start};
}

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

// T11, between its -0.5 m and its +0.5 m: logarithms in proportion to the height on each side.
TEST(OpticalRecipe, AnArmRaisedByHalfAMetrePulsesMoreAndDrainsItsVeins) {
  std::vector<double> heights, pulses, infrared, times;
  for (std::uint64_t person = 0; person < 16; ++person) {
    const Recording r =
        record({"subjects.count=16", "motions.classes=[\"carry_bag\", \"phone_call\"]",
                "motions.chain=[2, 2]", "duration=60 s", "wear.pressure=\"2.4 kPa\""},
               person);
    if (r.scenario.motion.then[0].activity != "phone_call") continue;
    const Raise raise = raise_of(r);
    heights.push_back(raise.height);
    pulses.push_back(raise.pulse);
    infrared.push_back(raise.infrared);
    times.push_back(raise.time_s);
  }
  ASSERT_GE(heights.size(), 5u);
  EXPECT_NEAR(median(heights), 0.55, 0.1);
  // From 0.33 m below the heart to 0.22 m above it: AC x 2.2-6.7 over the lower 0.5 m, x 1.3-2.0
  // over the upper; infrared light x 1.05-1.33 and x 1-1.25.
  EXPECT_GT(median(pulses), std::pow(2.2, 0.66) * std::pow(1.3, 0.44));
  EXPECT_LT(median(pulses), std::pow(6.7, 0.66) * std::pow(2.0, 0.44));
  EXPECT_GT(median(infrared), std::pow(1.05, 0.66));
  EXPECT_LT(median(infrared), std::pow(1.33, 0.66) * std::pow(1.25, 0.44));
  EXPECT_GT(median(times), 2);
  EXPECT_LT(median(times), 15);
}

}  // namespace
}  // namespace wrist
