// SPDX-License-Identifier: Apache-2.0
// Resting wrists as recordings: the heart rate that a plain peak detector finds.
#include <gtest/gtest.h>

#include "tests/generators/running_wrists.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// Instants of the blood's peaks, s: least light within 0.3 s either side.
std::vector<double> find_pulses(const Series& light) {
  const Index reach = static_cast<Index>(0.3 * kStudyRate);
  std::vector<double> times;
  for (Index i = reach; i + reach < light.size(); ++i) {
    if (light[i] != light.segment(i - reach, 2 * reach + 1).minCoeff() || light[i] > 0) continue;
    const double bend = light[i - 1] - 2 * light[i] + light[i + 1];
    times.push_back((static_cast<double>(i) + 0.5 * (light[i - 1] - light[i + 1]) / bend) /
                    kStudyRate);
  }
  return times;
}

TEST(OpticalRest, APlainPeakDetectorFindsTheHeartRate) {
  const Recipe recipe =
      shipped_recipe("quickstart", {"duration=60 s", "motions.classes=[\"rest\"]", "shards=1",
                                    "subjects.count=16", "recordings=16"});
  int people = 0, right = 0;
  for (std::uint64_t i = 0; i < 16; ++i) {
    const Scenario s = draw_scenario(recipe, assets(), i);
    if (s.subject.physiology.ink > 1 || s.subject.physiology.fibrillation) continue;
    const Recording r = make_recording(s, assets(), ClipLibrary({}, 1));
    const Exercise e = exercise_of(r);
    const std::vector<double> found = find_pulses(between(e, 4, 56).light.col(0));
    ASSERT_GT(found.size(), 20u);
    const double rate = 60 * static_cast<double>(found.size() - 1) / (found.back() - found.front());
    std::vector<double> beats;  // of the pulses that were found: they travel some 0.3 s
    for (const Event& event : r.events)
      if (event.source == "heart" && event.start_s > 4 + found.front() - 0.6 &&
          event.start_s < 4 + found.back())
        beats.push_back(event.start_s);
    const double truth =
        60 * static_cast<double>(beats.size() - 1) / (beats.back() - beats.front());
    ++people;
    right += std::abs(rate - truth) < 0.5;
    RecordProperty("person_" + std::to_string(i), std::to_string(rate - truth));
  }
  EXPECT_GE(people, 12);
  EXPECT_EQ(right, people);
}

}  // namespace
}  // namespace wrist
