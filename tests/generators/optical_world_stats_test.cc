// SPDX-License-Identifier: Apache-2.0
// From the recipe's words to the light: how tightly the watch is worn, and a pinch.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/generators/recipe_fixture.h"

namespace wrist {
namespace {

using testing::record;
using testing::spread;
using testing::values;

// Of the green light, and relative to it.
struct Light {
  double pulse, motion, ambient, gap;
};

Light walk_worn_at(const std::string& pressure) {
  Light light{0, 0, 0, 0};
  constexpr std::uint64_t kPeople = 3;
  for (std::uint64_t person = 0; person < kPeople; ++person) {
    const Recording r =
        record({"motions.classes=[\"walk\"]", "wear.pressure=\"" + pressure + "\""}, person);
    const double steady = values(r, "truth_optical", "part_steady").col(0).mean();
    const auto part = [&](const char* name) -> Eigen::ArrayXd {
      return values(r, "truth_optical", name).col(0) / steady / static_cast<double>(kPeople);
    };
    light.pulse += spread(part("part_pulse"));
    light.motion += spread(part("part_venous") + part("part_pressure") + part("part_gap"));
    light.ambient += part("part_ambient").mean();
    light.gap += values(r, "truth", "gap").mean() / static_cast<double>(kPeople);
  }
  return light;
}

TEST(OpticalWorld, ALooserStrapWeakensThePulseAndLetsMotionAndDaylightIn) {
  const Light snug = walk_worn_at("4500 Pa"), loose = walk_worn_at("300 Pa");
  EXPECT_LT(loose.pulse, 0.9 * snug.pulse);
  EXPECT_GT(loose.motion, 1.2 * snug.motion);
  EXPECT_GE(loose.gap, snug.gap);
  EXPECT_GT(loose.ambient, snug.ambient);
}

// When a channel's motion parts have gone half their way to the greatest change about a touch, s
// after it; NaN if that change is below 0.3 of a pulse.
double onset(const Eigen::ArrayXd& t, const Eigen::ArrayXd& moved, double pulse, double touch) {
  const auto at = [&](double time) {
    return std::lower_bound(t.begin(), t.end(), time) - t.begin();
  };
  const Eigen::Index first = at(touch - 0.4), count = at(touch + 0.2) - first;
  const Eigen::ArrayXd change = (moved.segment(first, count) - moved[first]).abs();
  if (change.maxCoeff() < 0.3 * pulse) return std::nan("");
  Eigen::Index i = 0;
  while (change[i] < 0.5 * change.maxCoeff()) ++i;
  return t[first + i] - touch;
}

// T15.
TEST(OpticalWorld, APinchMovesTheLightBeforeTheTouch) {
  int pinches = 0, seen = 0, early = 0;
  std::vector<double> leads;
  for (std::uint64_t person = 0; person < 8; ++person) {
    const Recording r = record({"subjects.count=8", "motions.classes=[\"pinch\"]"}, person);
    const Eigen::ArrayXd t = values(r, "optical", "t").col(0) * 1e-9;
    const Eigen::ArrayXXd moved = values(r, "truth_optical", "part_bulge") +
                                  values(r, "truth_optical", "part_pressure") +
                                  values(r, "truth_optical", "part_gap");
    const Eigen::ArrayXXd pulse = values(r, "truth_optical", "part_pulse");
    for (const Event& e : r.events) {
      if (e.source != "contact" || e.start_s < 1 || e.start_s > 9) continue;
      ++pinches;
      double first = 1;
      for (Eigen::Index c = 0; c < moved.cols(); ++c) {
        const double height = 2.8 * spread(pulse.col(c));  // peak to peak
        const double at = onset(t, moved.col(c), height, e.start_s);
        if (!std::isnan(at)) first = std::min(first, at);
      }
      if (first == 1) continue;
      ++seen;
      leads.push_back(-first);
      early += first <= 0.01;  // the sensor's own sample time
    }
  }
  ASSERT_GT(pinches, 10);
  EXPECT_GE(seen, 0.95 * pinches);
  EXPECT_GE(early, 0.95 * seen);
  std::sort(leads.begin(), leads.end());
  EXPECT_GT(leads[leads.size() / 2], 0);
  EXPECT_LT(leads[leads.size() / 2], 0.120);
}

}  // namespace
}  // namespace wrist
