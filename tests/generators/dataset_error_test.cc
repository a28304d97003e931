// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <limits>

#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using namespace testing;
namespace fs = std::filesystem;

// The error of appending `second` after a good recording; the writer must stay usable.
std::string refused(const Recording& second) {
  const fs::path file = scratch_folder() / "a.h5";
  ShardWriter writer(file, small_header(), 1);
  writer.append(small_recording(30, 0));
  const std::string text = error_of(ErrorKind::internal, [&] { writer.append(second); });
  EXPECT_TRUE(contains(text, file.string())) << text;
  EXPECT_FALSE(contains(text, "\n")) << text;
  writer.append(small_recording(20, 1));
  writer.commit();
  EXPECT_EQ(read_values<std::int64_t>(file, "/sequences/imu_start"),
            (std::vector<std::int64_t>{0, 30}));
  return text;
}

TEST(DatasetErrors, NamesTheChannelThatDiffers) {
  Recording r = small_recording(30, 1);
  r.channels.pop_back();
  EXPECT_TRUE(contains(refused(r), "recording 1: channel /truth_optical/pulse is missing"));
  r = small_recording(30, 1);
  r.channels.push_back(
      make_channel<float>("truth", "extra", 30, 1, [](Index, Index) { return 0; }));
  EXPECT_TRUE(contains(refused(r), "channel /truth/extra is new"));
  r = small_recording(30, 1);
  r.channels[1].name = "acceleration";
  EXPECT_TRUE(contains(refused(r), "expected channel /imu/accel, found /imu/acceleration"));
  r = small_recording(30, 1);
  r.channels[6].values = Rows<float>(Rows<float>::Zero(30, 1));
  EXPECT_TRUE(contains(refused(r), "/truth/gap: expected f8[1], found f4[1]"));
  r = small_recording(30, 1);
  r.channels[1].attributes["scale_factor"] = 0.5;
  EXPECT_TRUE(contains(refused(r), "/imu/accel: attribute scale_factor is not that of"));
}

TEST(DatasetErrors, NamesTheRowThatIsNotFinite) {
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()}) {
    Recording r = small_recording(30, 1);
    std::get<Rows<float>>(r.channels[5].values)(17, 1) = static_cast<float>(bad);
    EXPECT_TRUE(
        contains(refused(r), "recording 1: /truth/position: not a finite number in row 17"));
    r = small_recording(30, 1);
    std::get<Rows<double>>(r.channels[6].values)(29, 0) = bad;
    EXPECT_TRUE(contains(refused(r), "/truth/gap: not a finite number in row 29"));
  }
}

TEST(DatasetErrors, LargestFloatIsStillANumber) {
  const fs::path file = scratch_folder() / "a.h5";
  ShardWriter writer(file, small_header(), 1);
  Recording r = small_recording(3, 0);
  std::get<Rows<double>>(r.channels[6].values)(0, 0) = std::numeric_limits<double>::max();
  std::get<Rows<float>>(r.channels[5].values)(0, 0) = std::numeric_limits<float>::lowest();
  writer.append(r);
  writer.commit();
  EXPECT_EQ(read_values<double>(file, "/truth/gap")[0], std::numeric_limits<double>::max());
}

TEST(DatasetErrors, NamesRowsThatDisagreeAndClocksThatAreMissing) {
  Recording r = small_recording(30, 1);
  r.channels[6] = make_channel<double>("truth", "gap", 29, 1, [](Index, Index) { return 0; });
  EXPECT_TRUE(contains(refused(r), "/truth/gap: expected 30 rows as in /imu/t, found 29"));
  r = small_recording(30, 1);
  r.channels[3].name = "time";
  EXPECT_TRUE(contains(refused(r), "/optical: expected a channel t of int64, found none"));
}

TEST(DatasetErrors, NamesWhatIsInNoVocabulary) {
  Recording r = small_recording(30, 1);
  r.scenario.subject_id = "eve";
  EXPECT_TRUE(contains(refused(r), "subjects: expected one of 2 names, found \"eve\""));
  r = small_recording(30, 1);
  r.labels = {{0, 1, "swim"}};
  EXPECT_TRUE(contains(refused(r), "classes: expected one of 2 names, found \"swim\""));
  r = small_recording(30, 1);
  r.scenario.split = "dev";
  EXPECT_TRUE(contains(refused(r), "found \"dev\""));
  r = small_recording(30, 1);
  r.events = {{std::numeric_limits<double>::quiet_NaN(), 1, "beat", "heart", 1}};
  EXPECT_TRUE(contains(refused(r), "not a number of seconds"));
}

TEST(DatasetErrors, RefusesWorkAfterCommit) {
  ShardWriter writer(scratch_folder() / "a.h5", small_header(), 1);
  writer.commit();
  EXPECT_TRUE(contains(error_of(ErrorKind::internal, [&] { writer.append(small_recording(3, 0)); }),
                       "the shard is committed"));
}

TEST(DatasetErrors, NeedsTheRateOfEachStream) {
  ShardHeader header = small_header();
  header.group_attributes.erase("optical");
  ShardWriter writer(scratch_folder() / "a.h5", header, 1);
  EXPECT_TRUE(contains(error_of(ErrorKind::internal, [&] { writer.append(small_recording(3, 0)); }),
                       "/optical: expected a group attribute rate_hz above 0"));
}

TEST(DatasetErrors, AFolderThatCannotBeWrittenIsAnError) {
  const fs::path file = scratch_folder() / "absent" / "a.h5";
  const std::string text =
      error_of(ErrorKind::io, [&] { ShardWriter writer(file, small_header(), 1); });
  EXPECT_EQ(text, file.string() + ": cannot create the file: No such file or directory");
}

// From a limit that stops the first chunk to one that stops the very last bytes of metadata.
TEST(DatasetErrors, AFullDiskIsAnErrorAndLeavesNothing) {
  const fs::path folder = scratch_folder();
  write_shard(folder / "whole.h5", {3000, 3000});
  const auto size = fs::file_size(folder / "whole.h5");
  fs::remove(folder / "whole.h5");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  for (const rlim_t most : {rlim_t{4096}, rlim_t{size / 4}, rlim_t{size / 2}, rlim_t{size - 1}}) {
    const rlimit limit = {most, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const std::string text = error_of(ErrorKind::io, [&] {
      write_shard(folder / "a.h5", {3000, 3000}, 2);
    });
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_TRUE(contains(text, (folder / "a.h5").string() + ": cannot ")) << text;
    EXPECT_TRUE(contains(text, ": File too large")) << text;
    EXPECT_TRUE(fs::is_empty(folder)) << "limit " << most;
  }
  write_shard(folder / "a.h5", {3000, 3000});
  EXPECT_EQ(fs::file_size(folder / "a.h5"), size);
}

TEST(DatasetErrors, AFileThatIsNoShardIsRefused) {
  const fs::path folder = scratch_folder();
  EXPECT_TRUE(contains(error_of(ErrorKind::io, [&] { inspect_shard(folder / "absent.h5"); }),
                       "absent.h5: cannot open: No such file or directory"));
  std::ofstream(folder / "text.h5") << "not HDF5";
  EXPECT_TRUE(contains(error_of(ErrorKind::bad_data, [&] { inspect_shard(folder / "text.h5"); }),
                       "expected an HDF5 file"));
  write_shard(folder / "whole.h5", {2000});
  fs::copy_file(folder / "whole.h5", folder / "cut.h5");
  fs::resize_file(folder / "cut.h5", fs::file_size(folder / "whole.h5") / 2);
  EXPECT_TRUE(contains(error_of(ErrorKind::bad_data, [&] { inspect_shard(folder / "cut.h5"); }),
                       "cut.h5: "));
}

TEST(DatasetErrors, AShardThatWasNotFinishedIsRefused) {
  const fs::path folder = scratch_folder();
  {
    const hdf::Session quiet;
    const hdf::Handle file = hdf::create_file(folder / "a.h5");
    hdf::write_attribute(file, "schema_version", kSchemaVersion);
    const hdf::Handle other = hdf::create_file(folder / "b.h5");
    hdf::write_attribute(other, "schema_version", std::int64_t{2});
  }
  EXPECT_TRUE(contains(error_of(ErrorKind::bad_data, [&] { inspect_shard(folder / "a.h5"); }),
                       "the shard is not complete"));
  EXPECT_TRUE(contains(error_of(ErrorKind::bad_data, [&] { inspect_shard(folder / "b.h5"); }),
                       "schema_version: expected 1, found 2"));
}

}  // namespace
}  // namespace wrist
