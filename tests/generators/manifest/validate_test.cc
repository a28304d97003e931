// SPDX-License-Identifier: Apache-2.0
// Every kind of damage is found and named; sound datasets, merged or not, are not called bad.
#include "generators/validate.h"

#include <gtest/gtest.h>

#include <fstream>

#include "generators/manifest/merge.h"
#include "sim/base/error.h"
#include "tests/generators/dataset_folder.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::string joined(const Problems& problems) {
  std::string all;
  for (const std::string& text : problems.first()) all += text + "\n";
  return all;
}

std::string found_in(const fs::path& path) { return joined(validate(path, {}).problems); }

void expect_sound(const fs::path& path) {
  const Validation v = validate(path, {});
  EXPECT_EQ(v.problems.count(), 0) << joined(v.problems);
  EXPECT_GT(v.sequences, 0);
}

// Runs lines of Python on a shard opened for writing as f; h5py makes new checksums.
bool change(const fs::path& file, const std::string& lines) {
  const Outcome done = shell(
      "/usr/bin/python3 -c 'import sys\ntry: import h5py, numpy as np\n"
      "except ImportError: sys.exit(77)\nf = h5py.File(sys.argv[1], \"r+\")\n" +
      lines + "' " + file.string());
  EXPECT_TRUE(done.code == 0 || done.code == 77) << done.text;
  return done.code == 0;
}

TEST(Validate, SoundDatasetsAreValidBeforeAndAfterMerge) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"transport.loss=[30, 30]", "devices.watch=generic_bursts_50hz"}), {},
            2);
  expect_sound(out);
  EXPECT_FALSE(validate(out, {}).manifest);
  merge(out, {});
  expect_sound(out);
  EXPECT_TRUE(validate(out, {}).manifest);
  expect_sound(out / shard_name(4, 6));
}

TEST(Validate, EveryClassOfTheLibraryIsSound) {
  const fs::path out = scratch_folder();
  make_part(out, shipped_recipe("library", {"fidelity=ideal", "subjects.count=1", "recordings=91"}),
            {}, 2);
  expect_sound(out);
}

// Gestures and activities that a transition cuts keep events and labels together.
TEST(Validate, RecordingsOfSeveralActivitiesAreSound) {
  const fs::path out = scratch_folder();
  make_part(out, shipped_recipe("day", {"fidelity=ideal"}), {}, 2);
  expect_sound(out);
}

TEST(Validate, WornWatchesWithAMagnetometerAreSound) {
  const fs::path out = scratch_folder();
  make_part(out,
            six_shards({"fidelity=worn", "duration=4 s", "devices.watch=generic_compass_100hz"}),
            {}, 2);
  expect_sound(out);
}

struct Damage {
  const char* name;
  const char* python;
  const char* text;  // what validate says
};

class Damaged : public ::testing::TestWithParam<Damage> {};

TEST_P(Damaged, IsFoundAndNamed) {
  const fs::path out = fs::path(WRIST_BINARY_DIR) / "scratch" / "Damaged" / GetParam().name;
  fs::remove_all(out);
  make_part(out, six_shards({"duration=4 s", "motions.classes=[\"double_pinch\"]"}), {1, 6});
  const fs::path file = out / shard_name(1, 6);
  expect_sound(file);
  if (!change(file, GetParam().python)) GTEST_SKIP() << "SKIPPED: h5py is missing";
  const std::string text = found_in(file);
  EXPECT_NE(text.find("shard-00001-of-00006.h5: content_sha256 is "), std::string::npos) << text;
  EXPECT_NE(text.find(GetParam().text), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(
    All, Damaged,
    ::testing::Values(
        Damage{"label",
               "c = f[\"imu/class_id\"]; i = np.flatnonzero(np.diff(c[:]))[0]; c[i - 9] = 0",
               "/imu/class_id of sequence 0"},
        Damage{"unlabelled", "c = f[\"imu/class_id\"]; k = np.flatnonzero(c[:] == 0)[3]; c[k] = -1",
               "/imu/class_id says nothing"},
        Damage{"class", "f[\"imu/class_id\"][7] = 999", "999 is no class"},
        Damage{"purity", "f[\"windows/purity\"][0] = 0.123", "/windows row 0: purity is "},
        Damage{"window", "w = f[\"windows/imu_start\"]; w[-1] += 500", "are not all of sequence 1"},
        Damage{"quaternion", "f[\"truth/case_orientation\"][11] *= 1.01",
               "/truth/case_orientation row 11: a quaternion of length 1.01"},
        Damage{"nan", "f[\"truth/gap\"][5] = np.nan", "/truth/gap row 5: not a finite number"},
        Damage{"counts", "f[\"optical/counts\"][3, 0] = 1 << 30",
               "/optical/counts row 3: 1073741824.000000 is beyond the converter"},
        Damage{"range", "f[\"imu\"].attrs[\"accel_range_m_s2\"] = 1.0; f[\"imu/accel\"][2, 1] += 1",
               "is beyond the converter"},
        Damage{"fill", "f[\"imu/accel\"][4] = -32768",
               "/imu/accel row 4: the fill value, which flags do not call dropped"},
        Damage{"clock", "t = f[\"imu/t\"]; t[40] = t[38]",
               "/imu/t of sequence 0 falls back at sample 40"},
        Damage{"late", "t = f[\"optical/t\"]; t[-1] += 10**9", "/optical/t of sequence 1 ends at "},
        Damage{"start", "f[\"sequences/imu_start\"][1] += 1",
               "/sequences row 1: expected imu_start "},
        Damage{"count", "f[\"sequences/optical_count\"][1] -= 1", "rows as /sequences says"},
        Damage{"truth", "f[\"truth/gap\"].resize(len(f[\"truth/gap\"]) - 1, 0)",
               "rows as in /imu/t, found "},
        Damage{"split", "s = f[\"sequences/split\"]; s[0] = 1",
               "is not what /sequences/split says"},
        Damage{"event", "e = f[\"events/end_ns\"]; e[0] = e[0] - 10**10", "ends before it starts"},
        Damage{"index", "i = f[\"sequences/index\"]; i[1] = i[0]", "is not above that of the row"}),
    [](const auto& damage) { return std::string(damage.param.name); });

TEST(Validate, PeopleInTwoSplitsAreFoundAcrossShards) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"duration=1 s"}), {}, 2);
  const char* move =
      "s = f[\"sequences/split\"]; s[0] = 1 if s[0] == 0 else 0\n"
      "names = s.attrs[\"flag_meanings\"].split()[1:]\n"
      "for k, n in enumerate(names):\n"
      "  r = np.flatnonzero(s[:] == k); d = f[\"splits\"][n]; d.resize(len(r), 0); d[:] = r";
  if (!change(out / shard_name(5, 6), move)) GTEST_SKIP() << "SKIPPED: h5py is missing";
  const std::string text = found_in(out);
  EXPECT_NE(text.find("shard-00005-of-00006.h5: /sequences/split: person-"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("is not what"), std::string::npos) << text;
}

TEST(Validate, ShardsThatAreMissingCutOrRottenAreNamed) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"duration=2 s"}), {}, 2);
  merge(out, {});
  fs::remove(out / shard_name(1, 6));
  fs::resize_file(out / shard_name(2, 6), fs::file_size(out / shard_name(2, 6)) / 2);
  {
    std::fstream file(out / shard_name(3, 6), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(out / shard_name(3, 6)) / 2));
    file.write("rotten", 6);
  }
  std::ofstream(out / "events.csv", std::ios::app) << "more\n";
  const std::string text = found_in(out);
  for (const char* part :
       {"shard-00001-of-00006.h5: missing", "shard-00002-of-00006.h5: the file is cut short",
        "shard-00003-of-00006.h5: its SHA-256 is not the manifest's",
        "events.csv: ", "shard-00002-of-00006.h5: "})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  for (const char* sound : {"shard-00000", "shard-00004", "shard-00005", "sequences.csv"})
    EXPECT_EQ(text.find(sound), std::string::npos) << text;
}

TEST(Validate, AStaleManifestIsFound) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"duration=1 s"}), {});
  merge(out, {});
  run(six_shards({"duration=1 s", "seed=9"}), assets(), {out, 1, true, {}, {}, {}});
  EXPECT_NE(found_in(out).find("content_sha256 is not the manifest's"), std::string::npos);
  std::ofstream(out / "manifest.json") << "{";
  EXPECT_NE(found_in(out).find("manifest.json: expected a JSON object"), std::string::npos);
  std::ofstream(out / "manifest.json") << "{\"shards\": 3}";
  EXPECT_NE(found_in(out).find("manifest.json: not as its schema says"), std::string::npos);
}

TEST(Validate, TheProgramListsTheFirstTwentyAndCounts) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"duration=4 s"}), {}, 2);
  EXPECT_EQ(wristsim("validate " + out.string()).code, 0);
  if (!change(out / shard_name(0, 6),
              "f[\"windows/purity\"][:] = 2; f[\"events/confidence\"][:] = 3"))
    GTEST_SKIP() << "SKIPPED: h5py is missing";
  const Outcome bad = wristsim("validate " + out.string());
  EXPECT_EQ(bad.code, 1) << bad.text;
  const auto lines = std::count(bad.text.begin(), bad.text.end(), '\n');
  EXPECT_EQ(lines, 22) << bad.text;
  const Outcome json = shell(kProgram + "validate --json " + out.string() +
                             " | /usr/bin/python3 -c 'import json,sys; d=json.load(sys.stdin); "
                             "print(d[\"valid\"], len(d[\"problems\"]), d[\"count\"] > 20)'");
  EXPECT_NE(json.text.find("False 20 True"), std::string::npos) << json.text;
  EXPECT_EQ(wristsim("validate /nowhere").code, 74);
  EXPECT_EQ(wristsim("merge /nowhere").code, 74);
}

}  // namespace
}  // namespace wrist
