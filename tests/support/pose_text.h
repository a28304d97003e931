// SPDX-License-Identifier: Apache-2.0
/// Trajectories by formula, written as pose files and read back.
#pragma once

#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>

#include "motions/trajectory/trajectory.h"
#include "sim/base/rng.h"
#include "tests/support/paths.h"

namespace wrist::testing {

using PoseAt = std::function<Pose(double)>;

/// White noise of a tracker.
struct PoseNoise {
  double position = 0;  // m, sd per axis
  double rotation = 0;  // rad, sd per axis
  std::uint64_t seed = 1;
};

inline Eigen::Quaterniond turned_by(const Eigen::Vector3d& v) {
  const double angle = v.norm();
  return angle == 0 ? Eigen::Quaterniond::Identity()
                    : Eigen::Quaterniond(Eigen::AngleAxisd(angle, v / angle));
}

/// A CSV of `time.count` poses at `time`. Every third quaternion has the other sign, which is the
/// same rotation.
inline void write_poses(const std::filesystem::path& file, const TimeGrid& time, const PoseAt& pose,
                        const PoseNoise& noise = {}) {
  const Rng rng = Rng(noise.seed) / "poses";
  const Series3 dp = noise.position * (rng / "position").normals3(time.count);
  const Series3 dR = noise.rotation * (rng / "rotation").normals3(time.count);
  std::FILE* out = std::fopen(file.c_str(), "w");
  std::fputs("t,px,py,pz,qw,qx,qy,qz\n", out);
  for (Index i = 0; i < time.count; ++i) {
    const Pose X = pose(time.time(i));
    const Eigen::Vector3d p = X.p + dp.row(i).matrix().transpose();
    Eigen::Quaterniond q = X.R * turned_by(dR.row(i).matrix().transpose());
    if (i % 3 == 2) q.coeffs() *= -1;
    std::fprintf(out, "%.12g,%.12g,%.12g,%.12g,%.12g,%.12g,%.12g,%.12g\n", time.time(i), p.x(),
                 p.y(), p.z(), q.w(), q.x(), q.y(), q.z());
  }
  std::fclose(out);
}

/// Blocks put together.
struct ReadTrajectory {
  RigidSeries motion;
  Eigen::Array<std::uint8_t, Eigen::Dynamic, 1> flags;
  std::vector<double> times_s;  // per row; stretches leave gaps
  TrajectorySummary summary;
};

inline ReadTrajectory read_trajectory(const std::filesystem::path& file,
                                      const TrajectorySpec& spec = {}) {
  PoseReader reader(file);
  TrajectoryStream stream(reader, spec);
  std::vector<TrajectoryBlock> blocks(1);
  while (stream.next(blocks.back())) blocks.emplace_back();
  blocks.pop_back();
  Index count = 0, at = 0;
  for (const TrajectoryBlock& b : blocks) count += b.motion.time.count;
  ReadTrajectory all{make_rigid_series({0, stream.rate_hz(), count}), {}, {}, stream.summary()};
  all.flags.resize(count);
  for (const TrajectoryBlock& b : blocks) {
    const Index n = b.motion.time.count;
    all.motion.R_WB.middleRows(at, n) = b.motion.R_WB;
    all.motion.p_WB.middleRows(at, n) = b.motion.p_WB;
    all.motion.w_WB_B.middleRows(at, n) = b.motion.w_WB_B;
    all.motion.alpha_WB_B.middleRows(at, n) = b.motion.alpha_WB_B;
    all.motion.specific_force_B.middleRows(at, n) = b.motion.specific_force_B;
    all.flags.segment(at, n) = b.flags;
    for (Index i = 0; i < n; ++i) all.times_s.push_back(b.motion.time.time(i));
    at += n;
  }
  return all;
}

}  // namespace wrist::testing
