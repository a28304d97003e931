// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstring>

#include "motions/import_scene.h"
#include "motions/import_scene_apart.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"
#include "tests/support/bvh_text.h"
#include "tests/support/fbx_text.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::collada_text;
using testing::FbxText;
using testing::replaced;
using testing::scratch_folder;
using testing::write_text;

MotionClip import_made(const std::string& text, const std::string& name = "made.fbx") {
  return import_clip(write_text(scratch_folder() / name, text));
}

std::string error_of(const std::string& text, const std::string& name = "made.fbx") {
  try {
    import_made(text, name);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
    EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    return error.what();
  }
  return "";
}

bool noted(const MotionClip& clip, const std::string& part) {
  return std::any_of(clip.notes.begin(), clip.notes.end(),
                     [&](const std::string& note) { return note.find(part) != note.npos; });
}

double degrees_at(const MotionClip& clip, const std::string& joint, Index frame) {
  const auto j = static_cast<std::size_t>(clip.find(joint));
  const Eigen::Quaterniond q = quaternion(clip.joints[j].R_PJ, frame);
  return 2 * std::atan2(q.z(), q.w()) / kDegree;
}

TEST(ImportFbx, AppliesTheUnitAndTellsTheAxis) {
  FbxText fbx;
  MotionClip clip = import_made(fbx.text());
  EXPECT_EQ(clip.up, Vector3d::UnitY());
  ASSERT_GE(clip.find("tip"), 0);
  EXPECT_NEAR(clip.joints[static_cast<std::size_t>(clip.find("tip"))].offset.y(), 0.20, 1e-6);
  EXPECT_TRUE(noted(clip, "0.01 m per unit"));
  fbx.unit_scale = 2.54;
  fbx.up_axis = 2;
  clip = import_made(fbx.text());
  EXPECT_EQ(clip.up, Vector3d::UnitZ());
  EXPECT_NEAR(clip.joints[static_cast<std::size_t>(clip.find("tip"))].offset.y(), 0.508, 1e-5);
  EXPECT_EQ(clip.metres_per_unit, 1);
}

// The file's ticks are its frames: a second is a second at any of its rates.
TEST(ImportFbx, TimesDoNotDependOnTheFrameRate) {
  for (const int mode : {3, 6, 11}) {
    FbxText fbx;
    fbx.time_mode = mode;
    const MotionClip clip = import_made(fbx.text());
    EXPECT_EQ(clip.time.rate_hz, 60);
    EXPECT_EQ(clip.time.count, 61) << "mode " << mode;
    EXPECT_NEAR(degrees_at(clip, "lower", 60), 90, 1e-2);
    EXPECT_NEAR(degrees_at(clip, "lower", 30), 45, 1e-2);
  }
}

TEST(ImportFbx, ResamplesUnevenKeys) {
  FbxText fbx;
  fbx.times = {0, 0.1, 0.5, 0.55, 1.25};
  fbx.rotation = "0,30,30,10,80";
  const MotionClip clip = import_made(fbx.text());
  EXPECT_EQ(clip.time.rate_hz, 60);
  EXPECT_EQ(clip.time.count, 76);
  EXPECT_NEAR(degrees_at(clip, "lower", 6), 30, 1e-2);
  EXPECT_NEAR(degrees_at(clip, "lower", 3), 15, 1e-2);
  EXPECT_NEAR(degrees_at(clip, "lower", 33), 10, 1e-2);
  EXPECT_TRUE(noted(clip, "resampled at 60 Hz"));
  EXPECT_TRUE(noted(clip, "LINEAR"));
}

TEST(ImportFbx, AFileWithoutMotionIsAPose) {
  FbxText fbx;
  fbx.animated = false;
  const MotionClip clip = import_made(fbx.text());
  EXPECT_EQ(clip.time.count, 1);
  EXPECT_TRUE(noted(clip, "no motion"));
  EXPECT_GE(clip.find("lower"), 0);
}

TEST(ImportFbx, RefusesWhatIsNoFbx) {
  EXPECT_NE(error_of(""), "");
  EXPECT_NE(error_of("text").find("expected FBX"), std::string::npos);
  EXPECT_NE(error_of(std::string("\x7f\x00\x01garbage", 10)).find("expected FBX"),
            std::string::npos);
  const std::string whole = FbxText{}.text();
  EXPECT_NE(error_of(whole.substr(0, whole.size() / 2)).find("was it cut?"), std::string::npos);
  EXPECT_NE(error_of(replaced(whole, "\"UnitScaleFactor\", \"double\", \"\", \"\",1",
                              "\"UnitScaleFactor\", \"double\", \"\", \"\",-1")),
            "");
}

// Binary FBX: the pre-scan alone, on records made by hand.
std::string record(std::size_t begin, const std::string& name, const std::string& inside) {
  const auto word = [](std::size_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    return std::string(reinterpret_cast<const char*>(&narrow), 4);
  };
  const std::size_t end = begin + 13 + name.size() + inside.size();
  return word(end) + word(0) + word(0) + static_cast<char>(name.size()) + name + inside;
}

std::string binary_fbx() {
  std::string bytes("Kaydara FBX Binary  \0\x1a\0", 23);
  bytes += std::string("\xe8\x1c\0\0", 4);  // version 7400
  const std::string null_record(13, '\0');
  bytes += record(27, "Objects", record(27 + 20, "Model", null_record) + null_record);
  return bytes + null_record;
}

std::string scan_error(const std::string& bytes) {
  try {
    scan_fbx(bytes, "made.fbx");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  return "";
}

TEST(ImportFbx, ScansBinaryRecords) {
  const std::string whole = binary_fbx();
  EXPECT_EQ(scan_error(whole), "");
  for (std::size_t size = 21; size < whole.size(); ++size)
    EXPECT_NE(scan_error(whole.substr(0, size)), "") << size;
  std::string old = whole, outside = whole;
  old[23] = 1;
  old[24] = 0;
  EXPECT_NE(scan_error(old).find("version 6000 to 7900"), std::string::npos);
  outside[47] = static_cast<char>(0x7F);  // the inner record ends beyond the outer one
  EXPECT_NE(scan_error(outside), "");
  std::string deep = whole.substr(0, 27);
  std::string nest;
  for (int level = 200; level > 0; --level)
    nest = record(27 + 14 * (static_cast<std::size_t>(level) - 1), "a", nest);
  EXPECT_NE(scan_error(deep + nest + std::string(13, '\0')).find("64 levels"), std::string::npos);
}

TEST(ImportCollada, ReadsTimesUnitAndAxis) {
  const MotionClip clip = import_made(collada_text("Y_UP", "0 0.5 1", "0 90 0", 3), "made.dae");
  EXPECT_EQ(clip.up, Vector3d::UnitY());
  EXPECT_EQ(clip.time.rate_hz, 60);
  EXPECT_EQ(clip.time.count, 61);
  EXPECT_NEAR(degrees_at(clip, "lower", 15), 45, 1e-2);
  EXPECT_NEAR(degrees_at(clip, "lower", 30), 90, 1e-2);
  EXPECT_NEAR(clip.joints[static_cast<std::size_t>(clip.find("tip"))].offset.y(), 0.20, 1e-6);
  EXPECT_EQ(import_made(collada_text("Z_UP", "0 0.5 1", "0 90 0", 3), "made.dae").up,
            Vector3d::UnitZ());
  EXPECT_EQ(import_made(collada_text("X_UP", "0 0.5 1", "0 90 0", 3), "made.dae").up,
            Vector3d::UnitX());
}

TEST(ImportCollada, RefusesWhatIsNoCollada) {
  const std::string whole = collada_text("Y_UP", "0 0.5 1", "0 90 0", 3);
  EXPECT_NE(error_of("", "made.dae"), "");
  EXPECT_NE(error_of("<xml/>", "made.dae").find("expected Collada"), std::string::npos);
  EXPECT_NE(error_of(whole.substr(0, whole.size() - 12), "made.dae").find("was it cut?"),
            std::string::npos);
  EXPECT_NE(
      error_of(replaced(whole, "<COLLADA", "<!DOCTYPE a [<!ENTITY b \"c\">]><COLLADA"), "made.dae")
          .find("entities"),
      std::string::npos);
  std::string deep, shallow;
  for (int i = 0; i < 100000; ++i) deep += "<node>", shallow += "</node>";
  EXPECT_NE(error_of(replaced(whole, "<node id=\"upper\"", deep + shallow + "<node id=\"upper\""),
                     "made.dae")
                .find("256 deep"),
            std::string::npos);
  EXPECT_NE(error_of(collada_text("Y_UP", "0 1 0.5", "0 90 0", 3), "made.dae"), "");
  EXPECT_NE(error_of(collada_text("Y_UP", "0 nan 1", "0 90 0", 3), "made.dae"), "");
}

// What an Error, a crash and a runaway in the child process are to its parent.
TEST(RunApart, ACrashIsAnError) {
  EXPECT_EQ(run_apart([] { return std::string("answer"); }, "f"), "answer");
  const std::string large(3 << 20, 'x');
  EXPECT_EQ(run_apart([&] { return large; }, "f"), large);
  const auto error = [](const std::function<std::string()>& work) {
    try {
      run_apart(work, "f.fbx");
    } catch (const Error& caught) {
      EXPECT_EQ(caught.kind(), ErrorKind::bad_data);
      return std::string(caught.what());
    }
    return std::string();
  };
  EXPECT_EQ(error([]() -> std::string { throw Error(ErrorKind::bad_data, "f.fbx: torn"); }),
            "f.fbx: torn");
  EXPECT_EQ(error([]() -> std::string { throw std::runtime_error("odd"); }), "f.fbx: odd");
  for (const int signal : {SIGKILL, SIGABRT, SIGSEGV})
    EXPECT_NE(error([signal]() -> std::string {
                std::raise(signal);
                return "";
              }).find("crashes"),
              std::string::npos);
  // The program goes on as before.
  EXPECT_EQ(run_apart([] { return std::string(); }, "f"), "");
}

TEST(RunApart, ScenesSurviveTheWay) {
  MotionScene scene;
  scene.nodes.push_back({.name = "a", .skinned = true});
  scene.nodes.push_back({.name = "b", .parent = 0, .translation = {1, 2, 3}});
  scene.animations.push_back({"walk",
                              {{1,
                                KeyPath::rotation,
                                KeyMode::linear,
                                Series::LinSpaced(3, 0, 1),
                                Eigen::ArrayXXd::Random(3, 4),
                                {},
                                {}}}});
  scene.notes = {"note"};
  scene.metres_per_unit = 0.01;
  const std::string bytes = pack(scene);
  const MotionScene back = unpack_scene(bytes);
  ASSERT_EQ(back.nodes.size(), 2u);
  EXPECT_EQ(back.nodes[1].translation, Vector3d(1, 2, 3));
  EXPECT_TRUE(back.nodes[0].skinned);
  EXPECT_TRUE(
      (back.animations.at(0).tracks.at(0).values == scene.animations[0].tracks[0].values).all());
  EXPECT_EQ(back.notes, scene.notes);
  EXPECT_EQ(back.metres_per_unit, 0.01);
  for (std::size_t size = 0; size < bytes.size(); size += 5)
    EXPECT_THROW(unpack_scene(bytes.substr(0, size)), Error);
}

template <typename Fuzzed>
void fuzz(const std::string& whole, const char* name, const Fuzzed& check) {
  for (std::uint64_t k = 0; k < 100; ++k) {
    const Rng rng = Rng(5) / name / k;
    std::string bytes = whole;
    for (std::uint64_t change = 0; change <= (rng / "count").below(8); ++change)
      bytes[(rng / change / "at").below(bytes.size())] =
          static_cast<char>((rng / change / "byte").below(256));
    try {
      const MotionClip clip = import_made(bytes, name);
      EXPECT_TRUE(clip.root.allFinite());
      check(true);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
      check(false);
    }
  }
}

TEST(ImportFbx, SurvivesRandomBytes) {
  int accepted = 0, refused = 0;
  const auto count = [&](bool sound) { ++(sound ? accepted : refused); };
  fuzz(FbxText{}.text(), "fuzz.fbx", count);
  fuzz(collada_text("Y_UP", "0 0.5 1", "0 90 0", 3), "fuzz.dae", count);
  EXPECT_GT(accepted, 10);
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace wrist
