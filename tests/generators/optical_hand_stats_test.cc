// SPDX-License-Identifier: Apache-2.0
// What moving fingers do to the light, against the artefacts of moving hands (T15): rms over the
// clean pulse's, Gamma of mean 3.1, and a spectrum that falls by 25.5 dB a decade; Paliakaite et
// al. 2021, BSPC 66:102421.
#include <gtest/gtest.h>

#include "sensor_models/signal/spectrum.h"
#include "tests/generators/running_wrists.h"

namespace wrist {
namespace {

using namespace wrist::testing;

constexpr const char* kHands[] = {"pinch",         "double_pinch", "middle_pinch", "clench",
                                  "double_clench", "finger_snap",  "thumb_slide",  "fidget",
                                  "type",          "scroll_phone", "use_mouse",    "write",
                                  "point"};

// Of the green light, over its LED current.
struct Artefact {
  Eigen::ArrayXXd motion, pulse;  // N x channels
  double rms_over_pulse = 0;      // 0.5 to 5 Hz
  double slope = 0;               // dB per decade, 1 to 9 Hz
};

// Straight line through the decibels of bands a quarter of an octave wide and more.
double slope_of(const Series& x, double rate_hz) {
  const Spectrum s = welch(x, rate_hz, static_cast<Index>(8 * rate_hz));
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (double centre = 1; centre < 9; centre *= 1.25, ++n) {
    double sum = 0, lines = 0;
    for (Index k = 1; k < s.frequency_hz.size(); ++k)
      if (std::abs(std::log(s.frequency_hz[k] / centre)) < 0.113) sum += s.density(k, 0), ++lines;
    const double decade = std::log10(centre), decibels = 10 * std::log10(sum / lines);
    sx += decade;
    sy += decibels;
    sxx += decade * decade;
    sxy += decade * decibels;
  }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

Artefact artefact(const std::string& name, std::uint64_t person) {
  const Recipe recipe =
      shipped_recipe("quickstart", {"duration=30 s", "shards=1", "subjects.count=20",
                                    "recordings=20", "motions.classes=[\"" + name + "\"]"});
  const Scenario scenario = draw_scenario(recipe, assets(), person);
  const Recording r = make_recording(scenario, assets(), ClipLibrary({}, 1));
  const Exercise e = exercise_of(r);
  Artefact a{motion_of(r), {}, 0, 0};
  a.pulse = e.pulse;
  a.rms_over_pulse = rms(e.motion.col(0)) / rms(e.pulse.col(0));
  a.slope = slope_of(a.motion.col(0), 100);
  return a;
}

TEST(OpticalHand, T15ArtefactsAreAsLargeAndAsSteepAsThoseOfMovingHands) {
  std::vector<double> sizes, slopes;
  for (const char* name : kHands)
    for (std::uint64_t person = 0; person < 6; ++person) {
      const Artefact a = artefact(name, person);
      sizes.push_back(a.rms_over_pulse);
      slopes.push_back(a.slope);
    }
  const auto count = static_cast<Index>(sizes.size());
  const Eigen::Map<const Series> size(sizes.data(), count), slope(slopes.data(), count);
  RecordProperty("size", std::to_string(size.mean()));
  RecordProperty("slope", std::to_string(slope.mean()));
  const double variance = (size - size.mean()).square().mean();
  RecordProperty("gamma_shape", std::to_string(size.mean() * size.mean() / variance));
  EXPECT_NEAR(size.mean(), 3.1, 0.3 * 3.1);
  EXPECT_NEAR(slope.mean(), -25, 6);
}

// By where the tendons pass, a channel gains or loses light: both happen, and channels disagree.
TEST(OpticalHand, T15ChannelsDoNotAllMoveAlike) {
  int together = 0, apart = 0;
  for (std::uint64_t person = 0; person < 20; ++person) {
    const Artefact a = artefact("clench", person);
    const Series green = a.motion.col(0) - a.motion.col(0).mean();
    const Series infrared = a.motion.col(1) - a.motion.col(1).mean();
    ((green * infrared).sum() > 0 ? together : apart) += 1;
  }
  EXPECT_GT(together, 3);  // of 20, by chance: 4 and more in 99.9 %
  EXPECT_GT(apart, 3);
}

}  // namespace
}  // namespace wrist
