// SPDX-License-Identifier: Apache-2.0
// What transport does to a recording, and that those who read it know what is missing.
#include "generators/transport_channels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/dataset_check.h"
#include "generators/flag_masks.h"
#include "generators/make_recording.h"
#include "generators/run.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

using namespace testing;

Recipe recipe_of(const std::string& watch, const std::vector<std::string>& more = {}) {
  std::vector<std::string> overrides = {"duration=8 s", "fidelity=ideal", "devices.watch=" + watch};
  overrides.insert(overrides.end(), more.begin(), more.end());
  return shipped_recipe("quickstart", overrides);
}

Recording record(const Recipe& recipe, std::uint64_t index) {
  return make_recording(draw_scenario(recipe, assets(), index), assets(), ClipLibrary({}, 1));
}

const Channel& channel(const Recording& r, const std::string& group, const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == group && c.name == name) return c;
  throw std::runtime_error("no channel " + group + "/" + name);
}

template <typename T>
const Rows<T>& rows(const Recording& r, const std::string& group, const std::string& name) {
  return std::get<Rows<T>>(channel(r, group, name).values);
}

// 1 where the flag `name` is up.
Eigen::Array<bool, Eigen::Dynamic, 1> flagged(const Recording& r, const std::string& group,
                                              const std::string& name) {
  const std::int64_t mask = flag_mask(channel(r, group, "flags").attributes, name);
  EXPECT_GT(mask, 0) << name;
  return rows<std::uint8_t>(r, group, "flags").col(0).unaryExpr([mask](std::uint8_t bits) {
    return (bits & mask) != 0;
  });
}

TEST(TransportChannels, AWatchWithoutTransportWritesTheTrueInstants) {
  const Recording r = record(recipe_of("generic_100hz"), 0);
  for (const char* stream : {"imu", "optical"}) {
    EXPECT_TRUE(
        (rows<std::int64_t>(r, stream, "t_host") == rows<std::int64_t>(r, stream, "t")).all());
    for (const char* name : {"dropped", "duplicate", "late"})
      EXPECT_FALSE(flagged(r, stream, name).any()) << name;
  }
  EXPECT_EQ(std::get<std::string>(channel(r, "imu", "flags").attributes.at("flag_meanings"))
                .substr(0, 23),
            "saturated dropped slip ");
}

template <typename T>
void expect_lost(const Recording& with, const Recording& without, const std::string& group,
                 const std::string& name) {
  const Rows<T>&found = rows<T>(with, group, name), &sent = rows<T>(without, group, name);
  const auto dropped = flagged(with, group, "dropped"),
             repeated = flagged(with, group, "duplicate");
  const T fill = std::numeric_limits<T>::min();
  ASSERT_TRUE((sent != fill).all());
  EXPECT_EQ(std::get<std::int64_t>(channel(with, group, name).attributes.at("_FillValue")), fill);
  for (Index i = 0; i < found.rows(); ++i) {
    const Index before = std::max<Index>(0, i - 1);
    const bool as_before = (found.row(i) == found.row(before)).all();
    const bool good = dropped[i]    ? (found.row(i) == fill).all()
                      : repeated[i] ? as_before || dropped[before]
                                    : (found.row(i) == sent.row(i)).all();
    ASSERT_TRUE(good) << i;
  }
}

TEST(TransportChannels, LostSamplesAreFlaggedAndOnlyThose) {
  const auto watch = "generic_bursts_50hz";
  std::array<Index, 3> seen{};
  for (const std::uint64_t index : {0u, 4u, 9u}) {
    const Recording with = record(recipe_of(watch, {"transport.loss=20"}), index);
    const Recording without = record(recipe_of(watch, {"transport.loss=0"}), index);
    expect_lost<std::int16_t>(with, without, "imu", "accel");
    expect_lost<std::int16_t>(with, without, "imu", "gyro");
    expect_lost<std::int32_t>(with, without, "optical", "counts");
    for (const char* stream : {"imu", "optical"}) {
      EXPECT_FALSE(flagged(without, stream, "dropped").any());
      seen[0] += flagged(with, stream, "dropped").count();
      seen[1] += flagged(with, stream, "duplicate").count();
      seen[2] += flagged(with, stream, "late").count();
    }
    for (const Channel& c : without.channels) {
      const bool is_truth = c.name == "t" || c.group.starts_with("truth");
      const auto sent = bytes_of(c), found = bytes_of(channel(with, c.group, c.name));
      EXPECT_TRUE(!is_truth || std::ranges::equal(sent, found)) << c.group << "/" << c.name;
    }
  }
  for (const Index count : seen) EXPECT_GT(count, 0);
}

TEST(TransportChannels, BurstsArriveLateAndInOrder) {
  const Recording r = record(recipe_of("generic_bursts_50hz", {"transport.loss=0"}), 3);
  const Stamps t = rows<std::int64_t>(r, "imu", "t").col(0);
  const Stamps host = rows<std::int64_t>(r, "imu", "t_host").col(0);
  const Index n = t.size();
  EXPECT_TRUE((host.tail(n - 1) > host.head(n - 1)).all());
  EXPECT_TRUE((host > t).all());
  EXPECT_LT((host - t).cast<double>().mean(), 0.15e9) << "half an interval and the latency";
}

TEST(TransportChannels, MultipliersAreDrawnIntoTheScenario) {
  const Recipe recipe =
      recipe_of("generic_bursts_50hz", {"transport.loss=[0, 10]", "transport.jitter=2"});
  const Scenario a = draw_scenario(recipe, assets(), 0), b = draw_scenario(recipe, assets(), 1);
  EXPECT_NE(a.transport.loss, b.transport.loss);
  EXPECT_EQ(a.transport.jitter, 2);
  EXPECT_EQ(a.transport.skew, 1);
  const nlohmann::json text = nlohmann::json::parse(to_json(a));
  EXPECT_EQ(text.at("transport").at("loss").get<double>(), a.transport.loss);
  EXPECT_NE(recipe_sha256(recipe), recipe_sha256(recipe_of("generic_bursts_50hz")));
}

TEST(TransportChannels, MistakesAreNamed) {
  for (const auto& [override, part] :
       {std::pair("transport.loss=-1", "multiplier from 0 to 1000"),
        std::pair("transport.lost=1", "did you mean transport.loss?")}) {
    try {
      recipe_of("generic_bursts_50hz", {override});
      ADD_FAILURE() << override;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }
}

TEST(TransportChannels, TheSameForAnyNumberOfThreads) {
  std::string first;
  for (const int jobs : {1, 2, 8}) {
    const Recipe recipe = recipe_of("generic_bursts_50hz", {"transport.loss=10", "duration=2 s"});
    const RunReport report = run(recipe, assets(), {scratch_folder(), jobs, false, {}, {}});
    ASSERT_TRUE(report.failures.empty());
    if (first.empty()) first = report.shards[0].content_sha256;
    EXPECT_EQ(report.shards[0].content_sha256, first) << jobs << " jobs";
  }
}

TEST(TransportChannels, ReadersKnowWhatIsMissing) {
  const auto out = scratch_folder();
  const Recipe recipe = recipe_of("generic_bursts_50hz", {"transport.loss=20"});
  run(recipe, assets(), {out, 2, false, {}, {}});
  const std::string folder = out.string();
  const Outcome traces = wristsim("inspect " + folder + " --sequence 0 --json");
  EXPECT_EQ(traces.code, 0) << traces.text;
  for (const auto& trace : nlohmann::json::parse(traces.text).at("traces")) {
    const double least = trace.at("unit") == "m/s2" ? -45 : -1e6;  // 4 g; no fill value
    EXPECT_GT(trace.at("lowest").get<double>(), least) << trace.at("name");
  }
  EXPECT_EQ(wristsim("inspect " + folder).code, 0);
  EXPECT_EQ(wristsim("report " + folder + " --out " + folder + "/report.html").code, 0);
  EXPECT_EQ(wristsim("view " + folder + " --sequence 0 --out " + folder + "/view.html").code, 0);
}

// A value that means "none" where nothing says so would be read as a blow of -range.
TEST(TransportChannels, AFillValueThatIsNotFlaggedIsRefused) {
  const Recipe recipe = recipe_of("generic_100hz", {"duration=2 s"});
  Recording r = record(recipe, 0);
  for (Channel& c : r.channels)
    if (c.group == "imu" && c.name == "gyro")
      std::get<Rows<std::int16_t>>(c.values)(17, 1) = -32768;
  ShardHeader header;
  header.group_attributes = {{"imu", {{"rate_hz", 100.}}}, {"optical", {{"rate_hz", 100.}}}};
  try {
    ShardWriter(scratch_folder() / "a.h5", header, 1).append(r);
    FAIL();
  } catch (const Error& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("/imu/gyro: the fill value in row 17"), std::string::npos) << text;
  }
}

TEST(FlagMasks, TakeTheNextFreeBit) {
  Attributes flags;
  EXPECT_EQ(flag_mask(flags, "dropped"), 0);
  EXPECT_EQ(add_flag(flags, "saturated"), 1);
  EXPECT_EQ(add_flag(flags, "dropped"), 2);
  EXPECT_EQ(add_flag(flags, "saturated"), 1) << "there already";
  EXPECT_EQ(flag_mask(flags, "dropped"), 2);
  EXPECT_EQ(std::get<std::string>(flags.at("flag_meanings")), "saturated dropped");
  for (const char* name : {"c", "d", "e", "f", "g", "h"}) add_flag(flags, name);
  EXPECT_EQ(flag_mask(flags, "h"), 128);
  EXPECT_THROW(add_flag(flags, "i"), Error);
}

}  // namespace
}  // namespace wrist
