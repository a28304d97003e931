// SPDX-License-Identifier: Apache-2.0
// Whole runs: the same content for any number of threads, failures listed, nothing half-written.
#include "generators/run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <map>

#include "generators/make_recording.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

using testing::assets;

Recipe quickstart(const std::vector<std::string>& overrides) {
  return testing::shipped_recipe("quickstart", overrides);
}

RunReport run_in(const fs::path& out, const Recipe& recipe, int jobs) {
  return run(recipe, assets(), {out, jobs, false, {}, {}});
}

TEST(Run, OneTwoAndFourJobsGiveTheSameContent) {
  const Recipe recipe = quickstart({"duration=2 s"});
  std::string first;
  for (const int jobs : {1, 2, 4}) {
    const RunReport report = run_in(testing::scratch_folder(), recipe, jobs);
    ASSERT_EQ(report.shards.size(), 1u);
    EXPECT_TRUE(report.failures.empty());
    if (first.empty()) first = report.shards[0].content_sha256;
    EXPECT_EQ(report.shards[0].content_sha256, first) << jobs << " jobs";
  }
}

TEST(Run, FinishedShardsAreKeptAndOtherRecipesRefused) {
  const fs::path out = testing::scratch_folder();
  const Recipe recipe = quickstart({"duration=1 s", "fidelity=ideal"});
  EXPECT_FALSE(run_in(out, recipe, 2).shards[0].skipped);
  EXPECT_TRUE(run_in(out, recipe, 2).shards[0].skipped);
  const Recipe other = quickstart({"duration=1 s", "fidelity=ideal", "seed=2"});
  try {
    run_in(out, other, 2);
    FAIL() << "another recipe wrote over a dataset";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("another recipe"), std::string::npos);
  }
  EXPECT_NO_THROW(run(other, assets(), {out, 2, true, {}, {}}));
}

TEST(Run, StoppingLeavesNoShard) {
  const fs::path out = testing::scratch_folder();
  int done = 0;
  RunOptions options{out, 2, false, [&done](const Progress&) { ++done; },
                     [&done] { return done >= 2; }};
  try {
    run(quickstart({"duration=2 s"}), assets(), options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::interrupted);
  }
  EXPECT_TRUE(fs::is_empty(out)) << "a half-written file was left";
}

TEST(Run, ABadClipFailsItsScenarioAlone) {
  const fs::path clips = testing::scratch_folder() / "clips", out = clips.parent_path() / "out";
  fs::create_directories(clips);
  std::ofstream(clips / "broken.bvh") << "HIERARCHY\nROOT hip\n{\n";
  const Recipe recipe = testing::shipped_recipe("clips", {"motions.clips=" + clips.string()});
  const RunReport report = run_in(out, recipe, 1);
  ASSERT_EQ(report.failures.size(), 1u);
  EXPECT_EQ(report.failures[0].exit_code, 65);
  EXPECT_NE(report.failures[0].error.find("broken.bvh"), std::string::npos)
      << report.failures[0].error;
  EXPECT_TRUE(report.shards.empty());
  EXPECT_FALSE(fs::exists(out / "shard-00000-of-00001.h5"));
  EXPECT_TRUE(fs::exists(out / "run-report.json"));
}

// One good clip beside the broken one: the shard is made, and neither this run nor the next calls
// it well.
TEST(Run, AShardThatLacksRecordingsStaysAFailure) {
  const fs::path clips = testing::scratch_folder() / "clips", out = clips.parent_path() / "out";
  fs::create_directories(clips);
  std::ofstream(clips / "broken.bvh") << "HIERARCHY\nROOT hip\n{\n";
  const fs::path walk = testing::shared_data() / "cmu_daz_01-09" / "07" / "07_01.bvh";
  if (!fs::exists(walk)) GTEST_SKIP() << "SKIPPED: real data not found at " << walk;
  fs::create_symlink(fs::absolute(walk), clips / "07_01.bvh");
  const Recipe recipe = testing::shipped_recipe("clips", {"motions.clips=" + clips.string()});
  const RunReport first = run_in(out, recipe, 2), second = run_in(out, recipe, 2);
  EXPECT_EQ(first.recordings, 1);
  ASSERT_EQ(first.failures.size(), 1u);
  ASSERT_EQ(second.failures.size(), 1u);
  EXPECT_TRUE(second.shards[0].skipped);
  EXPECT_NE(second.failures[0].error.find("lacks 1 of 2"), std::string::npos);
}

// What is in a recording, at each fidelity: looked at as numbers.
const Channel& channel(const Recording& r, const std::string& group, const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == group && c.name == name) return c;
  throw std::runtime_error("no channel " + group + "/" + name);
}

Eigen::ArrayXXd values(const Recording& r, const std::string& group, const std::string& name) {
  return std::visit([](const auto& v) { return Eigen::ArrayXXd(v.template cast<double>()); },
                    channel(r, group, name).values);
}

class Fidelities : public ::testing::TestWithParam<const char*> {};

TEST_P(Fidelities, RestReadsGravityAndWalkSwings) {
  const Recipe recipe = quickstart({"duration=4 s", "fidelity=" + std::string(GetParam()),
                                    "motions.classes=[\"rest\", \"walk\"]"});
  const ClipLibrary clips({}, 1);
  const Recording rest = make_recording(draw_scenario(recipe, assets(), 0), assets(), clips);
  const Recording walk = make_recording(draw_scenario(recipe, assets(), 3), assets(), clips);
  ASSERT_EQ(rest.scenario.class_name, "rest");
  ASSERT_EQ(walk.scenario.class_name, "walk");
  const Eigen::ArrayXXd clean = values(rest, "truth", "clean_accel");
  EXPECT_NEAR(clean.square().rowwise().sum().sqrt().mean(), kGravity, 0.05);
  const double scale =
      std::get<double>(channel(rest, "imu", "accel").attributes.at("scale_factor"));
  const Eigen::ArrayXXd accel = scale * values(rest, "imu", "accel");
  EXPECT_NEAR(accel.square().rowwise().sum().sqrt().mean(), kGravity, 1.0) << "bias of a real part";
  const auto swing = [](const Recording& r) {
    const Eigen::ArrayXXd w = values(r, "truth", "clean_gyro");
    return std::sqrt(w.square().rowwise().sum().mean());
  };
  EXPECT_LT(swing(rest), 0.2);
  EXPECT_GT(swing(walk), 0.5);
  const Index rows = accel.rows();
  EXPECT_NEAR(static_cast<double>(rows), 400, 8) << "the true rate is off by at most 1.5 %";
  EXPECT_EQ(values(rest, "imu", "t").rows(), rows);
  EXPECT_GE(values(rest, "imu", "t")(0, 0), 0);
  EXPECT_EQ(values(rest, "truth", "joint_angles").rows(), rows);
  EXPECT_TRUE(values(rest, "optical", "counts").allFinite());
}

INSTANTIATE_TEST_SUITE_P(All, Fidelities, ::testing::Values("ideal", "worn", "full"));

TEST(MakeRecording, ADoublePinchIsFeltAtTheWatchAndSeenByTheLight) {
  const Recipe recipe =
      quickstart({"duration=6 s", "motions.classes=[\"double_pinch\"]", "wear.pressure=5 kPa"});
  const ClipLibrary clips({}, 1);
  Scenario s = draw_scenario(recipe, assets(), 0);
  s.motion.activity = "rest";
  const Recording with = make_recording(s, assets(), clips);
  s.motion.gesture.clear();
  const Recording without = make_recording(s, assets(), clips);
  int taps = 0;
  for (const Event& event : with.events) taps += event.source == "contact";
  EXPECT_GE(taps, 4);
  const auto tap_band = [](const Recording& r) {  // largest change from sample to sample
    const Eigen::ArrayXXd a = values(r, "truth", "clean_accel");
    return (a.bottomRows(a.rows() - 1) - a.topRows(a.rows() - 1)).abs().maxCoeff();
  };
  EXPECT_GT(tap_band(with), 3 * tap_band(without));
  EXPECT_GT(values(with, "truth_optical", "part_bulge").abs().maxCoeff(),
            2 * values(without, "truth_optical", "part_bulge").abs().maxCoeff());
}

TEST(MakeRecording, LooseStrapSlidesMoreThanATightOne) {
  const auto slid = [](const char* pressure) {
    const Recipe recipe =
        quickstart({"duration=6 s", "motions.classes=[\"walk\"]", "devices.strap=nylon_loop",
                    std::string("wear.pressure=") + pressure, "wear.wetness=0.6"});
    const Recording r =
        make_recording(draw_scenario(recipe, assets(), 0), assets(), ClipLibrary({}, 1));
    return values(r, "truth", "strap_slip").abs().maxCoeff();
  };
  EXPECT_GT(slid("0.6 kPa"), 2 * slid("8 kPa") + 1e-4);
}

}  // namespace
}  // namespace wrist
