// SPDX-License-Identifier: Apache-2.0
// The smoothing chosen from the data against the best there is, which only an oracle finds: known
// motion, white noise on it, every fixed cutoff tried.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "tests/support/pose_text.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::read_trajectory;

constexpr double kDuration = 20, kQuiet = 1.5;  // s; the second is left out at either end
constexpr double kStep = 1.1;                   // ratio of the cutoffs tried

// A sum of sines per axis: positions whose acceleration has `size` rms, and small rotations.
struct Motion {
  std::vector<double> frequency_hz;
  double size;           // m/s2
  double turn;           // rad/s
  double fade_hz = 1e9;  // lines above it fade out as 1 / f^3

  // Golden angles, squared: no two lines in step.
  double phase(int axis, std::size_t i) const {
    return 2.4 * static_cast<double>(i * i) + 1.7 * axis;
  }
  // Sum of sines whose derivative `order` has the rms `rms`; its derivative `d`.
  double at(double t, int axis, double rms, int order, int d) const {
    double sum = 0;
    const double each = rms * std::sqrt(2 / static_cast<double>(frequency_hz.size()));
    for (std::size_t i = 0; i < frequency_hz.size(); ++i) {
      const double w = 2 * kPi * frequency_hz[i] * (1 + 0.03 * axis);
      sum += each / (1 + std::pow(frequency_hz[i] / fade_hz, 3)) * std::pow(w, d - order) *
             std::sin(w * t + phase(axis, i) + d * kPi / 2);
    }
    return sum;
  }
  // Rotation about z alone, so that its rate is known; specific force of the origin in the body.
  Pose pose(double t) const {
    return {Eigen::Quaterniond(Eigen::AngleAxisd(at(t, 3, turn, 1, 0), Eigen::Vector3d::UnitZ())),
            {at(t, 0, size, 2, 0), at(t, 1, size, 2, 0), at(t, 2, size, 2, 0)}};
  }
};

struct Errors {
  double accel, gyro;
};

Errors errors(const fs::path& file, const Motion& motion, const TrajectorySpec& spec) {
  const testing::ReadTrajectory r = read_trajectory(file, spec);
  double accel = 0, gyro = 0, count = 0;
  for (std::size_t i = 0; i < r.times_s.size(); ++i) {
    const double t = r.times_s[i];
    if (t < kQuiet || t > kDuration - kQuiet) continue;
    const auto row = static_cast<Index>(i);
    const Eigen::Vector3d a(motion.at(t, 0, motion.size, 2, 2), motion.at(t, 1, motion.size, 2, 2),
                            motion.at(t, 2, motion.size, 2, 2) + kGravity);
    const Eigen::Vector3d f = r.motion.specific_force_B.row(row).matrix().transpose();
    // In the world: what smoothing of positions does, not what tilt does to gravity.
    accel += (quaternion(r.motion.R_WB, row) * f - a).squaredNorm();
    const Eigen::Vector3d w(0, 0, motion.at(t, 3, motion.turn, 1, 1));
    gyro += (r.motion.w_WB_B.row(row).matrix().transpose() - w).squaredNorm();
    count += 3;
  }
  return {std::sqrt(accel / count), std::sqrt(gyro / count)};
}

struct Case {
  double rate_hz, position_m, rotation_deg;
  Motion motion;
};

class SmoothingOracle : public ::testing::TestWithParam<Case> {};

TEST_P(SmoothingOracle, TheChoiceIsCloseToTheBestFixedCutoff) {
  const Case& c = GetParam();
  const fs::path file = testing::scratch_folder() / "poses.csv";
  testing::write_poses(file, {0, c.rate_hz, static_cast<Index>(kDuration * c.rate_hz)},
                       [&](double t) { return c.motion.pose(t); },
                       {c.position_m, c.rotation_deg * kDegree, 11});
  Errors best{1e9, 1e9};
  for (double cutoff = 3; cutoff < 0.6 * c.rate_hz; cutoff *= kStep) {
    TrajectorySpec spec;
    spec.position_hz = spec.rotation_hz = cutoff;
    const Errors e = errors(file, c.motion, spec);
    best = {std::min(best.accel, e.accel), std::min(best.gyro, e.gyro)};
  }
  const Errors chosen = errors(file, c.motion, {});
  EXPECT_LT(chosen.accel, 1.3 * best.accel);
  EXPECT_LT(chosen.gyro, 1.3 * best.gyro);
  RecordProperty("accel", std::to_string(chosen.accel / best.accel));
  RecordProperty("gyro", std::to_string(chosen.gyro / best.gyro));
  std::printf("%g Hz, %g mm, %g deg: accel %.3f = %.2f of the best, gyro %.4f = %.2f\n", c.rate_hz,
              1e3 * c.position_m, c.rotation_deg, chosen.accel, chosen.accel / best.accel,
              chosen.gyro, chosen.gyro / best.gyro);
}

// Movements with lines up to 5 and 8 Hz, and of many lines that fade out as those of arms do.
Motion lines(double top, double size, double turn) { return {{0.7, 1.9, 3.3, top}, size, turn}; }
Motion broad(double fade_hz, double size, double turn) {
  Motion motion{{}, size, turn, fade_hz};
  for (double f = 0.3; f < 25; f += 0.31) motion.frequency_hz.push_back(f);
  return motion;
}

INSTANTIATE_TEST_SUITE_P(
    Known, SmoothingOracle,
    ::testing::Values(Case{100, 1e-4, 0.1, lines(5, 10, 3)}, Case{100, 1e-3, 0.5, lines(5, 10, 3)},
                      Case{100, 1e-4, 0.5, lines(8, 30, 15)}, Case{100, 1e-3, 0.1, lines(8, 30, 3)},
                      Case{200, 3e-4, 0.2, lines(8, 10, 3)}, Case{200, 1e-3, 0.5, lines(8, 10, 15)},
                      Case{285, 1e-4, 0.1, lines(5, 10, 15)}, Case{285, 1e-3, 0.5, lines(8, 30, 3)},
                      Case{285, 3e-4, 0.2, lines(5, 30, 3)},
                      Case{120, 5e-4, 0.3, lines(6.5, 20, 8)},
                      Case{100, 5e-4, 0.3, broad(3, 25, 10)},
                      Case{285, 2e-4, 0.1, broad(4, 60, 20)}));

// Stillness with a gesture now and then: each window is smoothed for itself, which no fixed cutoff
// can match.
TEST(SmoothingChoice, GesturesInStillnessBeatAnyFixedCutoff) {
  const double w = 2 * kPi * 5, rate = 120;
  const auto gesture = [w](double t) {
    double x = 0;
    for (const double at : {6., 22., 38.})
      x += std::exp(-4 * (t - at) * (t - at)) * std::sin(w * t);
    return Pose{Eigen::Quaterniond::Identity(), {0.02 * x, 0, 0}};
  };
  const fs::path file = testing::scratch_folder() / "poses.csv";
  testing::write_poses(file, {0, rate, 44 * 120}, gesture, {5e-4, 0, 5});
  const auto error = [&](double cutoff) {
    TrajectorySpec spec;
    spec.position_hz = cutoff;
    const RigidSeries m = read_trajectory(file, spec).motion;
    double sum = 0;
    for (Index i = 240; i + 240 < m.time.count; ++i) {
      const double t = m.time.time(i), h = 1e-4;
      const auto x = [&](double s) { return gesture(s).p.x(); };
      const double a = (x(t + h) - 2 * x(t) + x(t - h)) / (h * h);
      sum += std::pow(m.specific_force_B(i, 0) - a, 2) + std::pow(m.specific_force_B(i, 1), 2);
    }
    return std::sqrt(sum);
  };
  double best = 1e9;
  for (double cutoff = 3; cutoff < 40; cutoff *= kStep) best = std::min(best, error(cutoff));
  EXPECT_LT(error(0), best);
}

}  // namespace
}  // namespace wrist
