// SPDX-License-Identifier: Apache-2.0
/// A treadmill's protocol done by people of the population: 30 s, 60 s and 60 s of three
/// activities.
#pragma once

#include "tests/generators/recipe_fixture.h"
#include "tests/generators/wrist_spectra.h"

namespace wrist::testing {

/// The first `count` people of whom TROIKA's could have been, every other of them from `half` (0 or
/// 1) on, each with a strap, a pressure and a tempo of their own: 18 to 35 years old, without ink,
/// and fit enough to run at 12 to 15 km/h, which takes 43 to 54 ml/kg/min (ACSM [from memory]).
inline std::vector<Scenario> workouts(int count, int half,
                                      const std::array<std::string, 3>& activities) {
  const Recipe recipe = shipped_recipe(
      "quickstart", {"duration=150 s", "shards=1", "subjects.count=1000", "recordings=1000"});
  std::vector<Scenario> chosen;
  int young = 0;
  for (std::uint64_t i = 0; static_cast<int>(chosen.size()) < count; ++i) {
    Scenario s = draw_scenario(recipe, assets(), i);
    const Physiology& person = s.subject.physiology;
    if (person.age_years > 35 || person.vo2_max < 45 || person.ink > 1 || person.fibrillation)
      continue;
    if (young++ % 2 != half) continue;
    s.motion.activity = activities[0];
    s.motion.gesture = "";
    s.motion.then = {{activities[1], "", 30}, {activities[2], "", 90}};
    chosen.push_back(s);
  }
  return chosen;
}

/// Parts of workouts with their transitions left out.
inline Exercise resting(const Exercise& e) { return between(e, 4, 28); }
inline Exercise slow_part(const Exercise& e) { return between(e, 35, 87); }
inline Exercise fast_part(const Exercise& e) { return between(e, 95, 147); }

/// What each cause adds to the light over its LED current, N x 2.
inline Eigen::ArrayXXd part_of(const Recording& r, const std::string& cause) {
  return values(r, "truth_optical", "part_" + cause).leftCols(2) /
         values(r, "optical", "led_current").leftCols(2);
}

/// All that the arm and the hand do to it.
inline Eigen::ArrayXXd motion_of(const Recording& r) {
  return part_of(r, "venous") + part_of(r, "pressure") + part_of(r, "bulge") + part_of(r, "gap") +
         part_of(r, "slip");
}

inline Exercise exercise_of(const Recording& r) {
  const auto count = static_cast<Index>(r.scenario.duration_s * kStudyRate);
  const Series t = values(r, "optical", "t").col(0) * 1e-9;
  const Eigen::ArrayXXd current = values(r, "optical", "led_current").leftCols(2);
  Exercise e;
  double scale = 1;
  for (const Channel& c : r.channels)
    if (c.name == "counts") scale = std::get<double>(c.attributes.at("ampere_per_count"));
  e.light = in_band(t, scale * values(r, "optical", "counts").leftCols(2) / current, count);
  e.pulse = in_band(t, part_of(r, "pulse"), count);
  e.motion = in_band(t, motion_of(r), count);
  e.accel = in_band(values(r, "imu", "t").col(0) * 1e-9,
                    values(r, "truth", "clean_accel") / kGravity, count);
  const Series bpm = values(r, "truth_optical", "heart_rate").col(0);
  e.heart_hz.resize(count);
  for (Index k = 0; k < count; ++k) e.heart_hz[k] = bpm[k * bpm.size() / count] / 60;
  return e;
}

inline Exercise work_out(const Scenario& scenario) {
  return exercise_of(make_recording(scenario, assets(), ClipLibrary({}, 1)));
}

}  // namespace wrist::testing
