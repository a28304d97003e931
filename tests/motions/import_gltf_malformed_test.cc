// SPDX-License-Identifier: Apache-2.0
// What is refused, and what it is told: cut, unsound and hostile glTF files.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>

#include "sim/base/error.h"
#include "sim/base/rng.h"
#include "tests/support/bvh_text.h"
#include "tests/support/glb.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using testing::GlbMaker;
using testing::json;
using testing::quarter_turn;
using testing::scratch_folder;
using testing::two_bones;
using testing::write_text;

MotionClip import_made(const std::string& bytes, const std::string& name) {
  return import_clip(write_text(scratch_folder() / name, bytes));
}

std::string error_of(const std::string& bytes, const std::string& name = "made.glb") {
  try {
    import_made(bytes, name);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
    EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    return error.what();
  }
  return "";
}

TEST(MalformedGltf, BuffersStayInsideTheFolder) {
  const std::filesystem::path folder = scratch_folder();
  std::filesystem::create_directories(folder / "in");
  const GlbMaker made = two_bones("LINEAR", quarter_turn());
  const auto secret = write_text(folder / "secret.bin", made.binary);
  std::filesystem::create_symlink(secret, folder / "in" / "link.bin");
  for (const std::string& uri :
       {std::string("../secret.bin"), std::string("%2e%2e/secret.bin"), secret.string(),
        "file://" + secret.string(), std::string("http://example.org/a.bin"),
        std::string("link.bin"), std::string("missing.bin"), std::string("")}) {
    const auto file = write_text(folder / "in" / "a.gltf", made.gltf(uri));
    try {
      import_clip(file);
      ADD_FAILURE() << uri;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
    }
  }
}

TEST(MalformedGltf, RefusesWhatIsNoGlb) {
  const std::string whole = two_bones("LINEAR", quarter_turn()).glb();
  EXPECT_NE(error_of(""), "");
  EXPECT_NE(error_of("glTF"), "");
  EXPECT_NE(error_of(std::string(1000, 'x')), "");
  for (std::size_t size = 0; size < whole.size(); size += 11)
    EXPECT_NE(error_of(whole.substr(0, size)), "") << size;
  EXPECT_NE(error_of(whole.substr(0, whole.size() - 4)).find("was it cut?"), std::string::npos);
  EXPECT_NE(error_of(whole + "more"), "");
  const auto with = [&](std::size_t at, std::uint32_t value) {
    std::string bytes = whole;
    std::memcpy(bytes.data() + at, &value, sizeof value);
    return error_of(bytes);
  };
  EXPECT_NE(with(4, 1).find("version 2"), std::string::npos);
  EXPECT_NE(with(12, 0xFFFFFFF0u).find("chunk"), std::string::npos);
  EXPECT_NE(with(12, 0), "");
  EXPECT_NE(with(16, 0x12345678).find("JSON as the first chunk"), std::string::npos);
  EXPECT_NE(error_of(GlbMaker::pack_glb("{\"asset\":", "")).find("expected JSON"),
            std::string::npos);
  EXPECT_NE(error_of(GlbMaker::pack_glb(std::string(100000, '['), "")).find("64 levels"),
            std::string::npos);
  EXPECT_NE(error_of(GlbMaker::pack_glb("[1]", "")), "");
  EXPECT_NE(error_of(GlbMaker::pack_glb("{}", "")).find("asset.version"), std::string::npos);
  EXPECT_NE(error_of(R"({"asset":{"version":"1.0"}})", "old.gltf").find("glTF 2"),
            std::string::npos);
}

TEST(MalformedGltf, RefusesUnsoundScenes) {
  const auto broken = [](const std::function<void(json&)>& breaking, const char* part) {
    GlbMaker made = two_bones("LINEAR", quarter_turn());
    breaking(made.doc);
    const std::string error = error_of(made.glb());
    EXPECT_NE(error.find(part), std::string::npos) << "expected " << part << ", found: " << error;
  };
  broken([](json& d) { d["nodes"][1]["children"] = {0}; }, "own ancestors");
  broken([](json& d) { d["nodes"][0]["children"] = {1, 2}; }, "one parent");
  broken([](json& d) { d["nodes"][1]["children"] = {7}; }, "children that are nodes");
  broken([](json& d) { d["nodes"][1]["children"] = {-1}; }, "children that are nodes");
  broken([](json& d) { d["nodes"] = 3; }, "list of nodes");
  broken([](json& d) { d["nodes"][1] = 3; }, "objects");
  broken([](json& d) { d["nodes"][1]["rotation"] = {0, 0, 0, 0}; }, "rotation of length 1");
  broken([](json& d) { d["nodes"][1]["rotation"] = {0, 0, 0}; }, "4 numbers");
  broken([](json& d) { d["nodes"][1]["scale"] = {0, 0, 0}; }, "scaled to nothing");
  broken([](json& d) { d["nodes"][1]["translation"] = {0, 1e300, 0}; }, "sensible translation");
  broken([](json& d) { d["nodes"] = json::array(); }, "");
  broken([](json& d) { d["accessors"][0]["count"] = 1000; }, "inside its buffer");
  broken([](json& d) { d["accessors"][0]["count"] = 1u << 31; }, "count");
  broken([](json& d) { d["accessors"][0]["count"] = -2; }, "count");
  broken([](json& d) { d["accessors"][0]["count"] = 0; }, "inside its buffer");
  broken([](json& d) { d["accessors"][0]["byteOffset"] = 1u << 30; }, "inside its buffer");
  broken([](json& d) { d["accessors"][0]["componentType"] = 5125; }, "type 5120");
  broken([](json& d) { d["accessors"][0]["type"] = "MAT4"; }, "SCALAR");
  broken([](json& d) { d["accessors"][0]["sparse"] = json::object(); }, "sparse");
  broken([](json& d) { d["accessors"][1]["type"] = "VEC3"; }, "values of 4 numbers");
  broken([](json& d) { d["bufferViews"][0]["byteLength"] = 1u << 30; }, "inside its buffer");
  broken([](json& d) { d["bufferViews"][0]["buffer"] = 3; }, "buffer from 0");
  broken([](json& d) { d["bufferViews"][0]["extensions"]["EXT_meshopt_compression"] = 1; },
         "compressed");
  broken([](json& d) { d["animations"][0]["samplers"][0]["interpolation"] = "BEZIER"; }, "BEZIER");
  broken([](json& d) { d["animations"][0]["samplers"][0]["interpolation"] = "CUBICSPLINE"; },
         "6 values");
  broken([](json& d) { d["animations"][0]["channels"][0]["target"]["node"] = 99; }, "node from 0");
  broken([](json& d) { d["animations"][0]["channels"][0]["sampler"] = 9; }, "sampler from 0");
  broken([](json& d) { d["animations"][0].erase("samplers"); }, "not sound glTF");
  broken([](json& d) { d["skins"] = {{{"joints", {99}}}}; }, "joints of a skin");
}

TEST(MalformedGltf, RefusesUnsoundKeys) {
  const auto of_times = [](const std::vector<double>& times, const std::vector<double>& turns) {
    GlbMaker made = two_bones("LINEAR", quarter_turn());
    made.doc["animations"].clear();
    made.animation("bad");
    made.keys(1, "rotation", times, turns);
    return error_of(made.glb());
  };
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(of_times({1, 0}, quarter_turn()).find("times that increase"), std::string::npos);
  EXPECT_NE(of_times({1, 1}, quarter_turn()).find("times that increase"), std::string::npos);
  EXPECT_NE(of_times({0, kNan}, quarter_turn()).find("finite"), std::string::npos);
  EXPECT_NE(of_times({0, 1e30}, quarter_turn()).find("finite"), std::string::npos);
  EXPECT_NE(of_times({0, 9e5}, quarter_turn()).find("poses of joints"), std::string::npos);
  EXPECT_NE(of_times({0, 1}, {0, 0, 0, 1, 0, 0, kNan, 1}).find("finite"), std::string::npos);
  EXPECT_NE(of_times({0, 1}, {0, 0, 0, 1, 0, 0, 0, 0}).find("length 1"), std::string::npos);
}

TEST(MalformedGltf, RefusesDeepAndCrowdedTrees) {
  GlbMaker deep;
  int node = -1;
  for (int i = 0; i < 300; ++i) node = deep.node('j' + std::to_string(i), node, {0, 1, 0});
  EXPECT_NE(error_of(deep.glb()).find("256 deep"), std::string::npos);
  GlbMaker crowded;
  for (int i = 0; i < 5000; ++i) crowded.node('j' + std::to_string(i), -1);
  EXPECT_NE(error_of(crowded.glb()).find("4096 nodes"), std::string::npos);
}

// Files with one to eight bytes overwritten, every other one among the keys alone: a clean error or
// a finite clip.
TEST(MalformedGltf, SurvivesRandomBytes) {
  const std::string whole = two_bones("LINEAR", quarter_turn()).glb();
  const std::filesystem::path folder = scratch_folder();
  int accepted = 0, refused = 0;
  for (std::uint64_t k = 0; k < 300; ++k) {
    const Rng rng = Rng(11) / k;
    std::string bytes = whole;
    const std::size_t first = k % 2 == 0 ? 0 : whole.find("BIN") + 4;
    for (std::uint64_t change = 0; change <= (rng / "count").below(8); ++change)
      bytes[first + (rng / change / "at").below(bytes.size() - first)] =
          static_cast<char>((rng / change / "byte").below(256));
    try {
      const MotionClip clip = import_clip(write_text(folder / "fuzz.glb", bytes));
      EXPECT_TRUE(clip.root.allFinite());
      for (const ClipJoint& joint : clip.joints) EXPECT_TRUE(joint.R_PJ.allFinite());
      ++accepted;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
      ++refused;
    }
  }
  EXPECT_GT(accepted, 5);
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace wrist
