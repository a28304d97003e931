// SPDX-License-Identifier: Apache-2.0
#include "generators/contact_asset.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/measure_blows.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

const fs::path& shipped() {
  static const fs::path kFile = testing::asset_folder() / "contacts" / "blows.toml";
  return kFile;
}

// The file says what the engine says today: a change of the arm or of the engine must renew it with
// `wristsim judge --contacts`.
TEST(ContactAsset, IsWhatTheEngineSaysToday) {
  SubjectParams man;
  man.measures = testing::assets().populations.begin()->second.male.mean;
  const ArmModel arm = build_arm(man, Side::right);
  const Eigen::Array<double, kHinges, 1> rest =
      rest_motion(arm, make_grid(0.1, 100)).angles.row(0).transpose();
  for (const BlowPair& pair : {BlowPair{Body::hand, {}, 3}, BlowPair{Body::index_distal, {}, 0}}) {
    const Eigen::ArrayXXd said =
        measure_blow(arm, {pair, rest}, 55 * kDegree, 60 * kDegree, 20 * kDegree, {});
    PlaceShares shares(pair.place + 1, 0);
    shares[pair.place] = 1;
    const BlowKernel k = blow_kernel(testing::assets().contacts, arm, pair,
                                     Eigen::Vector3d::UnitZ(), shares, 55 * kDegree, 60 * kDegree);
    const auto error = [](const auto& a, const auto& b) {
      return (a - b).matrix().norm() / b.matrix().norm();
    };
    EXPECT_LT(error(k.point, said.col(20)), 0.08);
    EXPECT_LT(error(k.force_F, said.middleCols(21, 3)), 0.08);
    EXPECT_LT(error(k.alpha_F, said.middleCols(24, 3)), 0.08);
  }
}

TEST(ContactAsset, IsWrittenAsItIsRead) {
  const fs::path again = testing::scratch_folder() / "again.toml";
  write_contact_table(again, read_contact_table(shipped()));
  EXPECT_EQ(text_of(again), text_of(shipped()));
}

std::string error_of(const std::string& from, const std::string& to) {
  std::string text = text_of(shipped());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  text.replace(at, from.size(), to);
  const fs::path file = testing::scratch_folder() / "broken.toml";
  std::ofstream(file) << text;
  try {
    read_contact_table(file);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(ContactAsset, MistakesAreNamed) {
  EXPECT_NE(error_of("striker = \"hand\"", "striker = \"hant\"").find("a body of the arm"),
            std::string::npos);
  EXPECT_NE(error_of("weights = [\n", "weights = [\n1.0, ").find("numbers (found"),
            std::string::npos);
  EXPECT_NE(error_of("values = [\n", "values = [\n1.0, ").find("numbers (found"),
            std::string::npos);
  EXPECT_NE(error_of("mass = ", "maas = ").find("mass"), std::string::npos);
  EXPECT_THROW(read_contact_table(testing::scratch_folder() / "none.toml"), Error);
}

}  // namespace
}  // namespace wrist
