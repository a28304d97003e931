// SPDX-License-Identifier: Apache-2.0
#include "motions/residual.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/rng.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

constexpr double kRate = 120;    // Hz; of a usual capture
constexpr double kNoise = 4e-4;  // rad; of its angles
constexpr double kSize = 0.03;   // rad; of the movement at 5 and at 10 Hz

// The elbow moves at 5 and 10 Hz; the wrist holds still; both are captured with noise.
JointMotion captured() {
  const ArmModel arm = build_arm(testing::average_man(), Side::left);
  JointMotion motion = rest_motion(arm, make_grid(10, kRate));
  const Index elbow = hinge(Body::elbow), wrist = hinge(Body::hand);
  motion.angles.col(elbow) += 1;
  for (Index i = 0; i < motion.time.count; ++i) {
    const double t = motion.time.time(i);
    motion.angles(i, elbow) += kSize * (std::sin(2 * kPi * 5 * t) + std::sin(2 * kPi * 10 * t + 1));
  }
  motion.angles.col(elbow) += kNoise * Rng(1).normals(motion.time.count);
  motion.angles.col(wrist) += kNoise * Rng(2).normals(motion.time.count);
  return motion;
}

// How much of the acceleration of a sine of kSize is left in the elbow's spline.
double kept(const JointSplines& splines, double frequency_hz) {
  const TimeGrid at{1, 1000, 8000};
  const Series a = sample(splines.spline, at, kHingeChannel + hinge(Body::elbow), 1).second.col(0);
  double c = 0, s = 0;
  for (Index i = 0; i < at.count; ++i) {
    const double phase = 2 * kPi * frequency_hz * at.time(i);
    c += a[i] * std::cos(phase), s += a[i] * std::sin(phase);
  }
  const double found = 2 * std::hypot(c, s) / static_cast<double>(at.count);
  return found / (kSize * std::pow(2 * kPi * frequency_hz, 2));
}

TEST(Residual, WhatMovesIsKeptAndWhatOnlyShakesIsNot) {
  JointMotion motion = captured();
  motion.cutoffs_hz = joint_cutoffs(motion, {});
  const double elbow = motion.cutoffs_hz[kHingeGroup + hinge(Body::elbow)];
  EXPECT_GT(elbow, 14.4);
  EXPECT_LE(elbow, 20);
  EXPECT_LE(motion.cutoffs_hz[kHingeGroup + hinge(Body::hand)], 9);
  const JointSplines splines = fit_splines(motion);
  EXPECT_GE(kept(splines, 5), 0.98);
  EXPECT_GE(kept(splines, 10), 0.9);
  EXPECT_LE(kept(splines, 5), 1.02);
  EXPECT_LE(kept(splines, 10), 1.02);
}

TEST(Residual, MoreNoiseIsSmoothedMore) {
  const Series sway = [] {
    Series x(1200);
    for (Index i = 0; i < x.size(); ++i)
      x[i] = std::sin(2 * kPi * 9 * static_cast<double>(i) / kRate);
    return x;
  }();
  const Series noise = Rng(3).normals(sway.size());
  double before = 100;
  for (const double level : {0.001, 0.05, 2.0}) {
    const double cutoff = residual_cutoff(sway + level * noise, kRate, 8, 20);
    EXPECT_LE(cutoff, before);
    before = cutoff;
  }
  EXPECT_LT(before, 12);
  EXPECT_EQ(residual_cutoff(sway, kRate, 5, 5), 5);
}

TEST(Residual, OneCutoffForAllIfAskedFor) {
  CleanSpec spec;
  spec.cutoff_hz = 11;
  const Series all = joint_cutoffs(captured(), spec);
  ASSERT_EQ(all.size(), kJointGroups);
  EXPECT_TRUE((all == 11).all());
  EXPECT_NE(cutoff_note(all).find("elbow 11 Hz"), std::string::npos) << cutoff_note(all);
}

}  // namespace
}  // namespace wrist
