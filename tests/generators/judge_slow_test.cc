// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "generators/judge.h"
#include "generators/world.h"
#include "sensor_models/signal/low_pass.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using testing::assets;

Verdict verdict(const std::string& class_name, std::uint64_t index) {
  const Recipe recipe = testing::shipped_recipe(
      "judge", {"motions.classes=[\"" + class_name + "\"]", "recordings=4", "subjects.count=4"});
  return judge(draw_scenario(recipe, assets(), index), assets(), ClipLibrary({}, 1));
}

double energy_ratio(const Verdict& v, std::size_t band) {
  return v.worn[band] * v.worn[band] / (v.full[band] * v.full[band]);
}

// Without touches both are the same arm and the same strap.
TEST(Judge, WalkingIsTheSameToAFewPercent) {
  const Verdict v = verdict("walk", 0);
  EXPECT_LT(v.difference, 0.01 * v.rms);
  EXPECT_LT(v.gyro_difference, 0.01 * v.gyro_rms);
  for (std::size_t band = 0; band < kJudgedBands.size(); ++band)
    EXPECT_NEAR(energy_ratio(v, band), 1, 0.2) << band;
}

// Worn takes a blow from the table, full from the engine.
TEST(Judge, BlowsAgreeInEveryBandWithinAFactorOfTwoAndMovementWithinATenth) {
  for (const char* name : {"clap", "double_pinch", "drink"}) {
    std::array<double, kJudgedBands.size()> worn{}, full{};
    double difference = 0, rms = 0;
    for (std::uint64_t person = 0; person < 4; ++person) {
      const Verdict v = verdict(name, person);
      for (std::size_t band = 0; band < kJudgedBands.size(); ++band) {
        worn[band] += v.worn[band] * v.worn[band];
        full[band] += v.full[band] * v.full[band];
      }
      difference += v.difference * v.difference;
      rms += v.rms * v.rms;
      EXPECT_GT(v.worn_contacts, 0u);
      EXPECT_NEAR(v.worn_force / v.full_force, 1, 0.5) << name;
    }
    EXPECT_LT(std::sqrt(difference / rms), 0.1) << name;
    for (std::size_t band = 0; band < kJudgedBands.size(); ++band) {
      EXPECT_GT(worn[band] / full[band], 0.5) << name << " " << band;
      EXPECT_LT(worn[band] / full[band], 2) << name << " " << band;
    }
  }
}

// The watch of a recording of the judge's, worn, without the lead.
struct Watched {
  RigidSeries watch;
  std::vector<Contact> contacts;
};
Watched watched(const std::string& class_name, std::uint64_t index) {
  const Recipe recipe =
      testing::shipped_recipe("judge", {"motions.classes=[\"" + class_name + "\"]", "recordings=8",
                                        "subjects.count=8", "fidelity=worn"});
  const Scenario s = draw_scenario(recipe, assets(), index);
  const ArmModel arm = build_arm(s.subject, s.side);
  const JointMotion motion = perform(s, arm, assets(), ClipLibrary({}, 1), Rng(s.seed) / "motion");
  const Wearing wearing{assets().watch(s.watch).case_spec,
                        assets().strap(s.strap),
                        s.wear,
                        wrist_shape(arm, s.wear),
                        {}};
  return {simulate(s, arm, motion, wearing, assets().contacts).worn.motion, motion.contacts};
}

// A pinch is a burst at the watch of its own, between 20 and 250 Hz: as long as its envelope stands
// above a quarter of its peak.
TEST(Judge, ADoublePinchIsTwoBurstsOf30To80Milliseconds) {
  std::vector<double> length_s;
  for (std::uint64_t person = 0; person < 8; ++person) {
    const Watched w = watched("double_pinch", person);
    const double rate = w.watch.time.rate_hz;
    Series size = Series::Zero(w.watch.time.count);
    for (Index axis = 0; axis < 3; ++axis) {
      const Series x = filter(design_low_pass(4, 250, rate), w.watch.specific_force_B.col(axis));
      size += (x - filter(design_low_pass(2, 20, rate), x)).square();
    }
    size = size.sqrt();
    const auto at = [&](double time_s) {
      return static_cast<Index>((time_s - w.watch.time.start_s) * rate);
    };
    const Contact& first = w.contacts.front();
    const double quiet = size.segment(at(first.time_s - 0.15), at(0.13) - at(0)).maxCoeff();
    if (quiet > 0.05) continue;  // walking: heel strikes beside it
    for (std::size_t k = 0; k < 2; ++k) {
      const Index from = at(w.contacts[k].time_s - 0.01);
      const Series burst = size.segment(from, at(0.2) - at(0));
      const double peak = burst.maxCoeff();
      EXPECT_GT(peak, 0.1) << person << " " << k;  // m/s2
      EXPECT_LT(peak, 2) << person << " " << k;
      Index last = burst.size() - 1;
      while (burst[last] < peak / 4) --last;
      Index begin = 0;
      while (burst[begin] < peak / 4) ++begin;
      length_s.push_back(static_cast<double>(last - begin) / rate);
    }
  }
  ASSERT_GE(length_s.size(), 6u);
  std::sort(length_s.begin(), length_s.end());
  const double median = length_s[length_s.size() / 2];
  EXPECT_GT(median, 0.03);
  EXPECT_LT(median, 0.08);
  EXPECT_LT(length_s.back(), 0.15);
}

// m/s2, above 20 Hz: a pinch 0.02-0.2 g, a firm slap 4-20 g, a clap 1-8 g.
TEST(Judge, BlowsHaveTheSizeOfRealOnes) {
  for (std::uint64_t person = 0; person < 4; ++person) {
    const Verdict pinch = verdict("double_pinch", person), clap = verdict("clap", person),
                  slap = verdict("slap_table", person);
    EXPECT_GT(pinch.worn_peak, 0.196) << person;
    EXPECT_LT(pinch.worn_peak, 1.96) << person;
    EXPECT_GT(clap.worn_peak, 9.8) << person;
    EXPECT_LT(clap.worn_peak, 80) << person;
    EXPECT_GT(slap.worn_peak, 39) << person;
    EXPECT_LT(slap.worn_peak, 200) << person;
  }
}

}  // namespace
}  // namespace wrist
