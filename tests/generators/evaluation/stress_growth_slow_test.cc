// SPDX-License-Identifier: Apache-2.0
// A higher severity is a greater difference to the clean twin.
#include "tests/generators/evaluation/stress_twins.h"

namespace wrist {
namespace {

using namespace testing;

// How far a recording is from its clean twin.
double figure(const std::string& name, const Recording& clean, const Recording& other) {
  const double rows = static_cast<double>(values(other, "imu", "t").rows());
  if (name == "rate" || name == "decimated_rate") return 1 / rows;
  if (name == "rate_error")
    return std::abs(rows / static_cast<double>(values(clean, "imu", "t").rows()) - 1);
  if (name == "stamp_batch")
    return (values(other, "imu", "t_host") - values(clean, "imu", "t_host")).square().mean();
  if (name == "loss") return share(flagged(other, "dropped"));
  if (name == "tempo") return std::abs(other.scenario.motion.tempo - 1);
  return difference(clean, other);
}

TEST(StressGrowth, EverySeverityIsMoreThanTheOneBefore) {
  for (const StressSpec& spec : stress_library()) {
    if (spec.severities.size() != kMostSeverities) continue;
    if (spec.name.ends_with("_dropout")) continue;  // rare: sensor_settings_test counts them
    // The hand claps: what ends early must have something to cut.
    const std::vector<std::string> base = {"duration=12 s", "motions.classes=[\"clap\"]",
                                           "recordings=6"};
    const bool gesture = spec.name == "walking";
    const std::vector<std::string> used =
        gesture ? std::vector<std::string>{"duration=12 s", "motions.classes=[\"pinch\"]"} : base;
    const Recording clean = stressed_recording("", 0, used);
    double before = 0;
    for (int severity = 1; severity <= 5; ++severity) {
      const double now = figure(spec.name, clean, stressed_recording(spec.name, severity, used));
      EXPECT_GT(now, before) << spec.name << "-" << severity;
      before = now;
    }
  }
}

}  // namespace
}  // namespace wrist
