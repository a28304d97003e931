// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/trajectory.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iomanip>

#include "sim/base/error.h"
#include "tests/support/pose_text.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::PoseNoise;
using testing::read_trajectory;
using testing::ReadTrajectory;
using testing::write_poses;

fs::path poses_of(const TimeGrid& time, const testing::PoseAt& pose, const PoseNoise& noise = {}) {
  const fs::path file = testing::scratch_folder() / "poses.csv";
  write_poses(file, time, pose, noise);
  return file;
}

Pose sway(double t) {
  return {testing::turned_by({0.6 * std::sin(5 * t), 0.4 * std::cos(7 * t), 0.9 * std::sin(3 * t)}),
          {0.1 * std::sin(9 * t), 0.05 * std::sin(20 * t), 0.2 * std::cos(4 * t)}};
}

TEST(Trajectory, SpinAtThousandDegreesPerSecondIsExact) {
  const Eigen::Vector3d axis = Eigen::Vector3d(1, 1, 1).normalized();
  const double rate = 1000 * kDegree;
  const auto spin = [&](double t) { return Pose{testing::turned_by(rate * t * axis), {1, 2, 3}}; };
  for (const double hz : {100., 120., 285.}) {
    const ReadTrajectory r = read_trajectory(poses_of({3, hz, static_cast<Index>(9 * hz)}, spin));
    ASSERT_EQ(std::ssize(r.times_s), static_cast<Index>(9 * hz));
    // Exact inside; at a free end, which is flagged, a quintic spline guesses the third derivative.
    for (Index i = 0; i < r.motion.time.count; ++i) {
      const double tolerance = (r.flags[i] & kFlagEnd) != 0 ? 1e-2 : 1e-6;
      for (int k = 0; k < 3; ++k)
        ASSERT_NEAR(r.motion.w_WB_B(i, k), rate * axis[k], tolerance * rate) << hz << ' ' << i;
    }
  }
}

TEST(Trajectory, LeverOnASpinFeelsTheCentripetalTermInwards) {
  const auto spin = [](double t) {
    return Pose{Eigen::Quaterniond(Eigen::AngleAxisd(10 * t, Eigen::Vector3d::UnitZ())), {0, 0, 0}};
  };
  TrajectorySpec spec;
  spec.g_W.setZero();
  const ReadTrajectory r = read_trajectory(poses_of({0, 200, 1600}, spin), spec);
  const RigidSeries chip = shift(r.motion, {Eigen::Quaterniond::Identity(), {0.1, 0, 0.1}});
  for (Index i = 200; i < 1400; ++i) {
    ASSERT_NEAR(chip.specific_force_B(i, 0), -10, 1e-4);
    ASSERT_NEAR(chip.specific_force_B(i, 1), 0, 1e-4);
    ASSERT_NEAR(chip.specific_force_B(i, 2), 0, 1e-4);
  }
}

TEST(Trajectory, RestIsGravityUpInTheBodysAxes) {
  const Eigen::Quaterniond R(Eigen::AngleAxisd(0.7, Eigen::Vector3d(1, 2, 2) / 3));
  const ReadTrajectory r = read_trajectory(poses_of({0, 100, 300}, [&](double) {
    return Pose{R, {1, 0, 0}};
  }));
  const Eigen::Vector3d up = R.conjugate() * Eigen::Vector3d(0, 0, kGravity);
  for (Index i = 0; i < 300; ++i)
    for (int k = 0; k < 3; ++k) ASSERT_NEAR(r.motion.specific_force_B(i, k), up[k], 1e-9);
}

TEST(Trajectory, SinusoidsComeOutAsStated) {
  const double f = 6, w = 2 * kPi * f, cutoff = 12;
  const auto shake = [w](double t) {
    return Pose{Eigen::Quaterniond::Identity(), {0.01 * std::sin(w * t), 0, 0}};
  };
  TrajectorySpec spec;
  spec.position_hz = spec.rotation_hz = cutoff;
  spec.rate_hz = 1000;
  const ReadTrajectory r = read_trajectory(poses_of({0, 120, 1200}, shake), spec);
  const double kept = 1 / (1 + std::pow(f / cutoff, 6));
  for (Index i = 1000; i < 9000; ++i)
    ASSERT_NEAR(r.motion.specific_force_B(i, 0),
                -0.01 * w * w * kept * std::sin(w * r.times_s[static_cast<std::size_t>(i)]), 0.02);
}

TEST(Trajectory, WindowsDoNotShowWithACutoffGiven) {
  const fs::path file = poses_of({0, 150, 4500}, sway, {3e-4, 3e-3, 7});
  TrajectorySpec spec;
  spec.position_hz = spec.rotation_hz = 8;
  const ReadTrajectory whole = [&] {
    TrajectorySpec one = spec;
    one.spacing_s = 100;
    return read_trajectory(file, one);
  }();
  for (const double spacing : {2., 4., 5.7}) {
    spec.spacing_s = spacing;
    const ReadTrajectory r = read_trajectory(file, spec);
    ASSERT_EQ(r.motion.time.count, whole.motion.time.count);
    EXPECT_LT((r.motion.specific_force_B - whole.motion.specific_force_B).abs().maxCoeff(), 1e-6);
    EXPECT_LT((r.motion.w_WB_B - whole.motion.w_WB_B).abs().maxCoeff(), 1e-6);
  }
}

// Rates of the faded curve are its derivatives: differences of the rotation agree.
TEST(Trajectory, RatesBelongToThePoses) {
  const fs::path file = poses_of({0, 100, 2000}, sway, {1e-4, 2e-3, 3});
  TrajectorySpec spec;
  spec.rate_hz = 2000;
  const RigidSeries m = read_trajectory(file, spec).motion;
  for (Index i = 100; i + 100 < m.time.count; i += 7) {
    const Eigen::Quaterniond step =
        quaternion(m.R_WB, i - 1).conjugate() * quaternion(m.R_WB, i + 1);
    const Eigen::Vector3d w = 2 * step.vec() * (step.w() < 0 ? -1 : 1) / (2 / spec.rate_hz);
    const Eigen::Vector3d a =
        ((m.p_WB.row(i + 1) - 2 * m.p_WB.row(i) + m.p_WB.row(i - 1)) * spec.rate_hz * spec.rate_hz)
            .matrix()
            .transpose();
    const Eigen::Vector3d f =
        quaternion(m.R_WB, i).conjugate() * (a + Eigen::Vector3d(0, 0, kGravity));
    for (int k = 0; k < 3; ++k) {
      ASSERT_NEAR(m.w_WB_B(i, k), w[k], 2e-3) << i;
      ASSERT_NEAR(m.specific_force_B(i, k), f[k], 0.02) << i;
    }
  }
}

// Lines of a file without those between two times.
void cut(const fs::path& file, double from, double to) {
  std::ifstream in(file);
  std::string all, line;
  while (std::getline(in, line)) {
    const double t = line[0] == 't' ? -1 : std::stod(line);
    if (t <= from || t >= to) all += line + '\n';
  }
  std::ofstream(file) << all;
}

TEST(Trajectory, ShortGapsAreBridgedAndLongOnesLeftOpen) {
  const fs::path file = poses_of({0, 200, 4000}, sway);
  const ReadTrajectory whole = read_trajectory(file);
  cut(file, 5, 5.06);
  cut(file, 12, 12.5);
  const ReadTrajectory r = read_trajectory(file);
  EXPECT_EQ(r.summary.gaps_bridged, 1);
  EXPECT_EQ(r.summary.stretches, 2);
  EXPECT_EQ(std::ssize(r.times_s), 4000 - 99);
  for (std::size_t i = 0; i < r.times_s.size(); ++i) {
    const double t = r.times_s[i];
    const auto row = static_cast<Index>(i);
    EXPECT_EQ((r.flags[row] & kFlagBridged) != 0, t > 5.001 && t < 5.059) << t;
    EXPECT_EQ((r.flags[row] & kFlagRestart) != 0, std::abs(t - 12.5) < 1e-3) << t;
    EXPECT_TRUE(t < 12.001 || t > 12.499) << t;
    // The same motion goes on: the gap is shorter than a tenth of the fastest period.
    if (t > 4 && t < 6) {
      const auto same = static_cast<Index>(std::lround(t * 200));
      for (int k = 0; k < 3; ++k)
        EXPECT_NEAR(r.motion.specific_force_B(row, k), whole.motion.specific_force_B(same, k), 0.3);
    }
  }
}

TEST(Trajectory, RoundedAndJitteredStampsKeepTheRate) {
  const fs::path file = testing::scratch_folder() / "poses.csv";
  std::ofstream out(file);
  out << "t,px,py,pz,qw,qx,qy,qz\n";
  for (int i = 0; i < 1200; ++i) {
    const double t = std::round(i / 0.12) / 1000;  // 120 Hz in whole ms
    out << 1.6e9 + t << std::setprecision(17) << ',' << 0.1 * std::sin(6 * t) << ",0,0,1,0,0,0\n";
  }
  out.close();
  PoseReader reader(file);
  TrajectoryStream stream(reader, {});
  EXPECT_NEAR(stream.pose_rate_hz(), 120, 0.05);
  const RigidSeries m = read_trajectory(file).motion;
  for (Index i = 120; i + 120 < m.time.count; ++i)
    ASSERT_NEAR(m.specific_force_B(i, 0), -3.6 * std::sin(6 * m.time.time(i)), 0.02);
}

TEST(Trajectory, TooLittleIsRefused) {
  const fs::path file = poses_of({0, 100, 1}, sway);
  EXPECT_THROW(read_trajectory(file), Error);
  write_poses(file, {0, 100, 11}, sway);
  EXPECT_THROW(read_trajectory(file), Error);
  write_poses(file, {0, 100, 12}, sway);
  EXPECT_EQ(read_trajectory(file).motion.time.count, 12);
  write_poses(file, {0, 5, 100}, sway);
  EXPECT_THROW(read_trajectory(file), Error) << "every distance is a gap";
  for (double TrajectorySpec::*field : {&TrajectorySpec::position_hz, &TrajectorySpec::max_gap_s,
                                        &TrajectorySpec::rate_hz, &TrajectorySpec::spacing_s}) {
    TrajectorySpec spec;
    spec.*field = -1;
    write_poses(file, {0, 100, 100}, sway);
    EXPECT_THROW(read_trajectory(file, spec), Error);
  }
}

}  // namespace
}  // namespace wrist
