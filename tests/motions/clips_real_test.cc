// SPDX-License-Identifier: Apache-2.0
// Real clips of three rig families, all the way to what a wrist would feel.
#include <algorithm>
#include <cstdio>

#include "motions/retarget.h"
#include "sim/base/constants.h"
#include "sim/body/arm_motion.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::average_man;
using testing::shared_data;

struct RealClip {
  const char* path;
  double rate_hz;
  Index frames;
  Index dropped;
};

const std::vector<RealClip> kClips = {
    {"cmu_daz_01-09/02/02_10.bvh", 120, 2646, 8},  // wash self
    {"cmu_daz_01-09/07/07_01.bvh", 120, 317, 8},   // walk
    {"cmu_daz_01-09/09/09_01.bvh", 120, 149, 8},   // run
    {"cmu_daz_10-14/12/12_01.bvh", 120, 524, 8},   // walk
    {"cmu_daz_10-14/13/13_09.bvh", 120, 1103, 8},  // drink
    {"cmu_daz_10-14/13/13_26.bvh", 120, 3029, 8},  // direct traffic, wave
    {"cmu_daz_10-14/14/14_37.bvh", 120, 514, 8},   // drink
    {"animated_drawings_bvh/cmu1/jumping_jacks.bvh", 30, 125, 0},
    {"animated_drawings_bvh/fair1/wave_hello.bvh", 1 / 0.008342, 839, 0},
    {"animated_drawings_bvh/rokoko/jesse_dance.bvh", 100, 1007, 0},
};

bool have_clips() {
  return std::filesystem::exists(shared_data() / kClips.front().path) &&
         std::filesystem::exists(shared_data() / kClips.back().path);
}

struct Wrist {
  JointMotion motion;
  RigidSeries truth;
  Series3 acceleration_W;  // m/s2, without gravity
};

Wrist wrist_of(const std::string& path, Side side) {
  const MotionClip clip = clean(import_bvh(shared_data() / path), {});
  const ArmModel arm = build_arm(average_man(), side);
  Wrist w;
  w.motion = retarget(clip, arm, {});
  const TimeGrid grid = make_grid(w.motion.time.end(), 200);
  w.truth = shift(body_motion(arm, fit_splines(w.motion), Body::forearm, grid),
                  {Eigen::Quaterniond::Identity(), {arm.body(Body::forearm).length, 0, 0}});
  w.acceleration_W = Series3(grid.count, 3);
  for (Index i = 0; i < grid.count; ++i) {
    const Eigen::Vector3d force = w.truth.specific_force_B.row(i).matrix().transpose();
    w.acceleration_W.row(i) = (quaternion(w.truth.R_WB, i) * force).transpose().array();
  }
  w.acceleration_W.col(2) -= kGravity;
  return w;
}

Series lengths(const Series3& x) { return x.square().rowwise().sum().sqrt(); }

double percentile(Series x, double share) {
  std::sort(x.begin(), x.end());
  return x[static_cast<Index>(share * static_cast<double>(x.size() - 1))];
}

// The frequency of the strongest Hann-windowed Fourier component from 0.5 to 4 Hz.
double dominant_frequency(const Series& x, double rate_hz) {
  const Index n = x.size();
  double best = 0, strongest = 0;
  for (double f = 0.5; f < 4; f += 0.02) {
    double re = 0, im = 0;
    for (Index i = 0; i < n; ++i) {
      const double window =
          1 - std::cos(2 * kPi * static_cast<double>(i) / static_cast<double>(n - 1));
      const double phase = 2 * kPi * f * static_cast<double>(i) / rate_hz;
      re += window * (x[i] - x.mean()) * std::cos(phase);
      im += window * (x[i] - x.mean()) * std::sin(phase);
    }
    if (re * re + im * im > strongest) {
      strongest = re * re + im * im;
      best = f;
    }
  }
  return best;
}

TEST(RealClips, ImportAsWrittenAndLoseOnlyTheBlendIn) {
  if (!have_clips()) GTEST_SKIP() << "SKIPPED: real clips not found below " << shared_data();
  for (const RealClip& real : kClips) {
    SCOPED_TRACE(real.path);
    const MotionClip clip = import_bvh(shared_data() / real.path);
    EXPECT_DOUBLE_EQ(clip.time.rate_hz, real.rate_hz);
    EXPECT_EQ(clip.time.count, real.frames);
    EXPECT_EQ(clip.name, std::filesystem::path(real.path).stem());
    const bool z_up = clip.name == "wave_hello";
    EXPECT_EQ(clip.up, z_up ? Eigen::Vector3d::UnitZ() : Eigen::Vector3d::UnitY());
    EXPECT_EQ(clean(clip, {}).time.count, real.frames - real.dropped);
  }
}

TEST(RealClips, LayOntoBothArmsInsideEveryRange) {
  if (!have_clips()) GTEST_SKIP() << "SKIPPED: real clips not found below " << shared_data();
  for (const RealClip& real : kClips)
    for (const Side side : {Side::left, Side::right}) {
      SCOPED_TRACE(real.path + std::string(" ") + to_string(side));
      const ArmModel arm = build_arm(average_man(), side);
      const Wrist w = wrist_of(real.path, side);
      for (const Body body : {Body::elbow, Body::forearm, Body::wrist_deviation, Body::hand}) {
        const Series angle = w.motion.angles.col(hinge(body));
        EXPECT_GE(angle.minCoeff(), arm.body(body).lower) << to_string(body);
        EXPECT_LE(angle.maxCoeff(), arm.body(body).upper) << to_string(body);
      }
      for (const QuatSeries* q : {&w.motion.R_WT, &w.motion.R_TU})
        for (Index i = 1; i < q->rows(); ++i)
          ASSERT_GT((q->row(i) * q->row(i - 1)).sum(), 0.9) << i;
      // Upright people of 1.76 m: shoulders at 1.4 m give or take a crouch and a jump.
      EXPECT_NEAR(w.motion.p_WT.col(2).mean(), 1.5, 0.35);
      EXPECT_GT((w.motion.R_WT.col(0).square() + w.motion.R_WT.col(3).square()).mean(), 0.85);
      EXPECT_TRUE(w.truth.specific_force_B.allFinite());
      // The mean of a is (v_end - v_start) / T: over a whole clip, gravity is what is left of the
      // force.
      const double duration_s = w.truth.time.end();
      EXPECT_NEAR(w.acceleration_W.col(2).mean(), 0, 4 / duration_s);
      const Series felt = lengths(w.acceleration_W);
      std::printf("%-14s %-5s elbow cutoff %.1f Hz: |a| median %.1f, p99 %.1f m/s2\n",
                  w.motion.clip.c_str(), to_string(side).c_str(), w.motion.cutoffs_hz[kHingeGroup + hinge(Body::elbow)],
                  percentile(felt, 0.5), percentile(felt, 0.99));
      EXPECT_LT(percentile(felt, 0.99), 110);
      EXPECT_GT(percentile(felt, 0.99), 1);
    }
}

// Arm swing of walking: one cycle per stride, 0.8 - 1.0 Hz, elbow 10 - 40 deg. Right and left
// swing against each other.
TEST(RealClips, WalkingSwingsTheArms) {
  if (!have_clips()) GTEST_SKIP() << "SKIPPED: real clips not found below " << shared_data();
  for (const char* path : {"cmu_daz_01-09/07/07_01.bvh", "cmu_daz_10-14/12/12_01.bvh"}) {
    SCOPED_TRACE(path);
    std::vector<Series> swings;
    for (const Side side : {Side::left, Side::right}) {
      const Wrist w = wrist_of(path, side);
      Series forward(w.motion.time.count);
      for (Index i = 0; i < forward.size(); ++i)
        forward[i] = (quaternion(w.motion.R_TU, i) * Eigen::Vector3d::UnitX()).x();
      swings.push_back(forward - forward.mean());
      EXPECT_NEAR(dominant_frequency(forward, 120), 0.9, 0.15);
      const Series elbow = w.motion.angles.col(hinge(Body::elbow)) / kDegree;
      EXPECT_GT(percentile(elbow, 0.5), 10);
      EXPECT_LT(percentile(elbow, 0.5), 40);
      EXPECT_LT(elbow.maxCoeff(), 60);
      const double arc = 2 * std::asin((forward.maxCoeff() - forward.minCoeff()) / 2) / kDegree;
      EXPECT_GT(arc, 15);
      EXPECT_LT(arc, 70);
      const Series rate = w.truth.w_WB_B.square().rowwise().sum().sqrt() / kDegree;
      const double rate_rms = std::sqrt(rate.square().mean());  // deg/s; WEDA-FALL: 48 - 129
      EXPECT_GT(rate_rms, 48);
      EXPECT_LT(rate_rms, 230);
    }
    EXPECT_LT((swings[0] * swings[1]).mean() /
                  std::sqrt(swings[0].square().mean() * swings[1].square().mean()),
              -0.5);
  }
}

TEST(RealClips, AStillWristFeelsGravity) {
  if (!have_clips()) GTEST_SKIP() << "SKIPPED: real clips not found below " << shared_data();
  const Wrist w = wrist_of("animated_drawings_bvh/fair1/wave_hello.bvh", Side::right);
  const Series felt =
      lengths(w.truth.specific_force_B);  // from 0.5 s on she stands, until she waves
  const Series still = felt.segment(100, 300);
  EXPECT_NEAR(still.mean(), kGravity, 0.3);
  EXPECT_LT((still - kGravity).abs().maxCoeff(), 1.5);
  EXPECT_GT(lengths(w.truth.w_WB_B).maxCoeff() / kDegree, 500);
}

// Forearm up and hand at the mouth: the elbow bends far, and the wrist comes near the head.
TEST(RealClips, DrinkingBringsTheHandToTheMouth) {
  if (!have_clips()) GTEST_SKIP() << "SKIPPED: real clips not found below " << shared_data();
  const Wrist w = wrist_of("cmu_daz_10-14/13/13_09.bvh", Side::right);
  EXPECT_GT(w.motion.angles.col(hinge(Body::elbow)).maxCoeff() / kDegree, 100);
  double nearest = 1e9;
  for (Index i = 0; i < w.motion.time.count; i += 10) {
    const Eigen::Vector3d mouth = w.motion.p_WT.row(i).matrix().transpose() +
                                  quaternion(w.motion.R_WT, i) * Eigen::Vector3d(0.12, 0, 0.15);
    const Index k = std::min<Index>(w.truth.time.count - 1, i * 200 / 120);
    nearest = std::min(nearest, (w.truth.p_WB.row(k).matrix().transpose() - mouth).norm());
  }
  EXPECT_LT(nearest, 0.30);  // a hand and a glass away
}

}  // namespace
}  // namespace wrist
