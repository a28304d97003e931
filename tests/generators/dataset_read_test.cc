// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_read.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nlohmann/json.hpp"
#include "sim/body/arm_motion.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;
using nlohmann::json;

fs::path shard_of(const std::vector<Index>& rows) {
  const fs::path file = scratch_folder() / "a.h5";
  write_shard(file, rows);
  return file;
}

TEST(DatasetRead, TablesSayWhatWasWritten) {
  const Shard shard(shard_of({300, 1300}));
  const ShardTables& t = shard.tables();
  ASSERT_EQ(t.sequences.size(), 2u);
  EXPECT_EQ(t.sequences[1].imu_start, 300);
  EXPECT_EQ(t.sequences[1].imu_count, 1300);
  EXPECT_EQ(t.sequences[1].optical_start, 75);
  EXPECT_EQ(t.sequences[1].magnetometer_count, 0) << "a shard without one is read all the same";
  EXPECT_EQ(t.window_magnetometer_length, 0);
  EXPECT_DOUBLE_EQ(t.sequences[1].duration_s, 13);
  EXPECT_EQ(t.subjects.at(static_cast<std::size_t>(t.sequences[1].subject)), "bob");
  EXPECT_EQ(t.sequences[1].seed, 0xffffffffffffff01u);
  EXPECT_EQ(t.classes.at(0).prompts, (std::vector<std::string>{"a person walks", "walking"}));
  EXPECT_TRUE(t.classes.at(1).held_out);
  EXPECT_EQ(t.splits.at("test"), std::vector<std::int64_t>{1});
  EXPECT_EQ(t.split_disjoint_by, (std::vector<std::string>{"subject", "device"}));
  EXPECT_EQ(json::parse(t.sequences[0].scenario)["subject_id"], "ada");
}

TEST(DatasetRead, NumbersAreDecodedAcrossChunks) {
  const Shard shard(shard_of({300, 1300}));
  const Eigen::ArrayXXd accel = shard.read("/imu/accel", 1000, 200);
  ASSERT_EQ(accel.rows(), 200);
  for (Index i = 0; i < 200; ++i)
    for (Index k = 0; k < 3; ++k)
      EXPECT_NEAR(accel(i, k), 0.0025 * accel_count(1, 700 + i, k), 1e-5) << i;
  EXPECT_EQ(shard.shape("/imu/accel").element, Element::i2);
  EXPECT_EQ(shard.bytes("/imu/accel", 0, 1600).size(), 9600u);
}

TEST(DatasetRead, AttributesKeepTheirTypes) {
  const Shard shard(shard_of({300}));
  const Attributes imu = shard.attributes("/imu"), accel = shard.attributes("/imu/accel");
  EXPECT_EQ(attribute<std::string>(imu, "frame"), "I");
  EXPECT_DOUBLE_EQ(number(shard.attributes("/optical"), "rate_hz", 0), 25);
  EXPECT_EQ(attribute<std::uint64_t>(shard.attributes("/"), "seed"), 0xfedcba9876543210u);
  EXPECT_EQ(attribute<std::vector<std::int64_t>>(shard.attributes("/imu/flags"), "flag_masks"),
            (std::vector<std::int64_t>{1, 2, 4}));
  EXPECT_FALSE(accel.contains("DIMENSION_LIST"));
  EXPECT_THROW(attribute<std::string>(imu, "absent"), Error);
  EXPECT_THROW(attribute<std::string>(imu, "rate_hz"), Error);
}

TEST(DatasetRead, RowsThatAreNotThereAreAnError) {
  const Shard shard(shard_of({300}));
  try {
    shard.read("/imu/accel", 200, 101);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_NE(std::string(error.what()).find("there are 300"), std::string::npos) << error.what();
  }
  EXPECT_THROW(shard.read("/imu/absent", 0, 1), Error);
  EXPECT_TRUE(shard.has("/imu/accel"));
  EXPECT_FALSE(shard.has("/imu/absent"));
  EXPECT_FALSE(shard.has("/absent/accel"));
}

double at(const json& list, std::size_t i) { return list.at(i).get<double>(); }
Eigen::Vector3d vector_of(const json& v) { return {at(v, 0), at(v, 1), at(v, 2)}; }
Eigen::Quaterniond quaternion_of(const json& q) { return {at(q, 0), at(q, 1), at(q, 2), at(q, 3)}; }

// Forward kinematics as a reader of the file would write it.
std::map<std::string, Pose> poses_of(const json& arm, const Pose& X_WT,
                                     const Eigen::Quaterniond& R_TU,
                                     const Eigen::Array<double, kHinges, 1>& q) {
  std::map<std::string, Pose> poses = {{"thorax", X_WT}};
  Index h = 0;
  for (const json& body : arm.at("bodies")) {
    const Eigen::Quaterniond turn =
        body.contains("axis")
            ? quaternion_of(body["rotation"]) * Eigen::AngleAxisd(q[h++], vector_of(body["axis"]))
            : R_TU;
    const Pose& parent = poses.at(body["parent"].get<std::string>());
    poses[body["name"].get<std::string>()] = {parent.R * turn,
                                              parent.p + parent.R * vector_of(body["position_m"])};
  }
  return poses;
}

TEST(DatasetRead, TheArmInTheFileIsTheArmThatMoved) {
  const Shard shard(shard_of({300, 300, 300}));
  const auto arms = attribute<std::vector<std::string>>(shard.attributes("/sequences"), "arms");
  ASSERT_EQ(arms.size(), 2u) << "one per person and side";
  const json text = json::parse(arms[1]);
  EXPECT_EQ(text["subject"], "bob");
  const ArmModel arm = build_arm(average_man(), Side::left);
  const Pose X_WT{Eigen::Quaterniond(Eigen::AngleAxisd(0.4, Eigen::Vector3d(1, 2, 3).normalized())),
                  {1, 2, 3}};
  const Eigen::Quaterniond R_TU = shoulder_rotation(Side::left, 0.5, 0.3, -0.2);
  Eigen::Array<double, kHinges, 1> q;
  for (Index h = 0; h < kHinges; ++h) q[h] = 0.1 + 0.03 * static_cast<double>(h);
  const auto expected = body_poses(arm, X_WT, R_TU, q);
  const auto found = poses_of(text, X_WT, R_TU, q);
  for (int b = 0; b < kBodies; ++b) {
    const Pose& pose = found.at(to_string(static_cast<Body>(b)));
    const Pose& want = expected[static_cast<std::size_t>(b)];
    EXPECT_LT((pose.p - want.p).norm(), 1e-12) << b;
    EXPECT_LT(pose.R.angularDistance(want.R), 1e-7) << b;
  }
}

}  // namespace
}  // namespace wrist
