// SPDX-License-Identifier: Apache-2.0
// Hand-washing from the library beside a real one whose nine rubbing steps are labelled.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "generators/make_recording.h"
#include "generators/report/real_recording.h"
#include "sim/base/constants.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

constexpr double kRate = 50;    // Hz; of the real recording
constexpr Index kWindow = 128;  // samples; 2.56 s
constexpr Index kHop = 16;
constexpr double kClock = 2;  // s; by how much a chip's clock may be slow at the end
constexpr const char* kSteps[] = {"palm_to_palm",  "palm_over_dorsum",  "dorsum_under_palm",
                                  "interlaced",    "backs_of_fingers",  "thumb_rubbed",
                                  "thumb_rubbing", "fingertips_rubbed", "fingertips_rubbing"};

struct Features {
  std::vector<double> hz, accel, gyro;  // Hz, m/s2, rad/s; one per window
};

double spread(const Eigen::ArrayXXd& x) {
  return std::sqrt((x.rowwise() - x.colwise().mean()).square().rowwise().sum().mean());
}

// Where the summed spectrum of the axes behind a Hann window is strongest, 0.6 to 12 Hz.
double strongest(const Eigen::ArrayXXd& x) {
  double best = 0, at = 0;
  for (double f = 0.6; f < 12; f += 0.05) {
    double power = 0;
    for (Index k = 0; k < x.cols(); ++k) {
      const double mean = x.col(k).mean();
      double c = 0, s = 0;
      for (Index i = 0; i < x.rows(); ++i) {
        const double turn = 2 * kPi * static_cast<double>(i);
        const double w = 0.5 - 0.5 * std::cos(turn / static_cast<double>(x.rows() - 1));
        c += w * (x(i, k) - mean) * std::cos(turn * f / kRate);
        s += w * (x(i, k) - mean) * std::sin(turn * f / kRate);
      }
      power += c * c + s * s;
    }
    if (power > best) best = power, at = f;
  }
  return at;
}

// The real gyroscope's y column is a copy of its x: only x and z are compared.
void add_windows(Features& f, const Eigen::ArrayXXd& accel, const Eigen::ArrayXXd& gyro) {
  Eigen::ArrayXXd xz(gyro.rows(), 2);
  xz << gyro.col(0), gyro.col(2);
  for (Index i = 0; i + kWindow <= accel.rows(); i += kHop) {
    f.hz.push_back(strongest(accel.middleRows(i, kWindow)));
    f.accel.push_back(spread(accel.middleRows(i, kWindow)));
    f.gyro.push_back(spread(xz.middleRows(i, kWindow)));
  }
}

std::array<Features, 9> real_steps(const RealRecording& recording) {
  std::array<Features, 9> steps;
  for (const RealRecording::Stretch& s : recording.stretches)
    for (Index first = 0, end = 0; first < s.accel.rows(); first = end) {
      const auto at = [&s](Index i) { return s.class_id[static_cast<std::size_t>(i)]; };
      for (end = first + 1; end < s.accel.rows() && at(end) == at(first);) ++end;
      if (at(first) < 0) continue;
      const std::string& name = recording.class_names[static_cast<std::size_t>(at(first))];
      const int label = std::stoi(name.substr(name.find(' ')));
      if (label >= 1 && label <= 9)
        add_windows(steps[static_cast<std::size_t>(label - 1)],
                    s.accel.middleRows(first, end - first), s.gyro.middleRows(first, end - first));
    }
  return steps;
}

// A channel of 100 Hz at 50 Hz: means of pairs.
Eigen::ArrayXXd halved(const Recording& r, const std::string& name, Index first, Index count) {
  for (const Channel& c : r.channels)
    if (c.group == "truth" && c.name == name) {
      const auto rows = std::get<Rows<float>>(c.values).middleRows(first, count).cast<double>();
      Eigen::ArrayXXd half(count / 2, rows.cols());
      for (Index i = 0; i < half.rows(); ++i)
        half.row(i) = (rows.row(2 * i) + rows.row(2 * i + 1)) / 2;
      return half;
    }
  return {};
}

std::array<Features, 9> library_steps(int people) {
  const Recipe recipe = testing::shipped_recipe(
      "quickstart", {"motions.classes=[\"hand_wash\"]",
                     std::string("subjects.count=").append(std::to_string(people)),
                     "recordings=" + std::to_string(people), "duration=\"75 s\"", "seed=99"});
  std::array<Features, 9> steps;
  for (int k = 0; k < people; ++k) {
    const Recording r =
        make_recording(draw_scenario(recipe, testing::assets(), static_cast<std::uint64_t>(k)),
                       testing::assets(), ClipLibrary({}, 1));
    for (const Event& event : r.events)
      for (std::size_t step = 0; step < 9; ++step) {
        if (event.class_name != std::string("hand_wash:") + kSteps[step]) continue;
        const auto first = static_cast<Index>(event.start_s * 100);
        const auto last =
            static_cast<Index>(std::min(event.end_s, r.scenario.duration_s - kClock) * 100);
        if (last - first < 2 * kWindow) continue;
        add_windows(steps[step], halved(r, "clean_accel", first, last - first),
                    halved(r, "clean_gyro", first, last - first));
      }
  }
  return steps;
}

double quantile(std::vector<double> x, double p) {
  std::sort(x.begin(), x.end());
  return x[static_cast<std::size_t>(p * static_cast<double>(x.size() - 1))];
}

bool inside(const std::vector<double>& ours, const std::vector<double>& real, double unit) {
  const double median = quantile(ours, 0.5), low = quantile(real, 0.25),
               high = quantile(real, 0.75);
  std::printf("  %6.2f (%.2f-%.2f)", median / unit, low / unit, high / unit);
  return median >= low && median <= high;
}

TEST(HandWashing, MostStepsLieInsideTheRealQuartiles) {
  const auto file = testing::shared_data() / "uwash_labelled" / "labelData.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "SKIPPED: real data not found at " << file;
  const std::array<Features, 9> real = real_steps(read_recording_csv(file)),
                                ours = library_steps(100);
  int good = 0;
  for (std::size_t step = 0; step < 9; ++step) {
    ASSERT_GT(real[step].hz.size(), 3u) << kSteps[step];
    ASSERT_GT(ours[step].hz.size(), 20u) << kSteps[step];
    std::printf("%-19s", kSteps[step]);
    const bool hz = inside(ours[step].hz, real[step].hz, 1);
    const bool accel = inside(ours[step].accel, real[step].accel, kGravity);
    const bool gyro = inside(ours[step].gyro, real[step].gyro, kDegree);
    std::printf("  %s\n", hz && accel && gyro ? "inside" : "");
    good += hz && accel && gyro;
  }
  EXPECT_GE(good, 6) << "of 9 steps: Hz, g, deg/s";
}

}  // namespace
}  // namespace wrist
