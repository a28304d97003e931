// SPDX-License-Identifier: Apache-2.0
// Exports of small shards: what is chosen, what stands in the files, what is refused.
#include "generators/export/export.h"

#include <gtest/gtest.h>

#include "generators/export/npy.h"
#include "generators/export/output_files.h"
#include "generators/export/tar.h"
#include "tests/generators/export/export_fixture.h"

namespace wrist::exports {
namespace {

namespace fs = std::filesystem;
using namespace testing;

TEST(Export, NpyHeaderIsAlignedAndPythonic) {
  const std::string one = npy_header("<i8", {7}), three = npy_header("<f4", {7, 256, 6});
  EXPECT_EQ(one.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  EXPECT_TRUE(contains(one, "{'descr': '<i8', 'fortran_order': False, 'shape': (7,), }"));
  EXPECT_TRUE(contains(three, "'shape': (7, 256, 6), }"));
  for (const std::string& header : {one, three}) {
    EXPECT_EQ(header.size() % 64, 0u);
    EXPECT_EQ(header.back(), '\n');
    EXPECT_EQ(static_cast<unsigned char>(header[8]) + 256u * static_cast<unsigned char>(header[9]),
              header.size() - 10);
  }
}

TEST(Export, TarBlocksAddUp) {
  const std::string header = tar_header("a.json", 513);
  EXPECT_EQ(header.size(), 512u);
  EXPECT_EQ(header.substr(124, 11), "00000001001");
  // By hand: "a.json" 585, mode "0000644" 350, uid and gid "0000000" 336 each, size 530, mtime
  // "00000000000" 528, eight blanks 256, type 48, "ustar" 559, version 96.
  EXPECT_EQ(header.substr(148, 8), std::string("007050\0 ", 8));
  EXPECT_EQ(tar_padding(512).size(), 0u);
  EXPECT_EQ(tar_padding(513).size(), 511u);
  EXPECT_EQ((10240 + tar_end(10240).size()) % 10240, 0u);
  EXPECT_GE(tar_end(9728).size(), 1024u);
  EXPECT_THROW(tar_header(std::string(101, 'a'), 1), Error);
}

TEST(Export, FiltersCountAndChoose) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  // 8 s hold 5 windows of 2.56 s every 1.28 s.
  EXPECT_EQ(run_export({shard, "npy", folder / "all", {}}).windows, 10);
  EXPECT_EQ(run_export({shard, "npy", folder / "train", {"", {"train"}, {}, {}}}).windows, 5);
  EXPECT_EQ(run_export({shard, "npy", folder / "one", {"", {}, {}, {101}}}).windows, 5);
  const ExportSummary both =
      run_export({shard, "npy", folder / "both", {"", {"train"}, {"walk"}, {100}}});
  EXPECT_LE(both.windows, 5);
  EXPECT_GE(both.windows, 1);
  EXPECT_EQ(both.samples, 256 * both.windows);
  EXPECT_EQ(
      run_export({shard, "sensorlog", folder / "log", {"", {}, {"double tap"}, {}}}).recordings, 1);
  const std::string empty = error_of(ErrorKind::usage, [&] {
    run_export({shard, "npy", folder / "none", {"", {"train"}, {}, {101}}});
  });
  EXPECT_TRUE(
      contains(empty, "there are 10 windows; in split train 5; of the recordings asked for 5"))
      << empty;
  EXPECT_FALSE(fs::exists(folder / "none"));
}

TEST(Export, UnknownNamesSayWhatWasMeant) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  const auto error = [&](const std::string& format, const Filter& filter) {
    return error_of(ErrorKind::usage, [&] { run_export({shard, format, folder / "x", filter}); });
  };
  EXPECT_TRUE(contains(error("webdatset", {}), "did you mean webdataset?"));
  EXPECT_TRUE(contains(error("npy", {"", {}, {"doubletap"}, {}}), "did you mean double tap?"));
  EXPECT_TRUE(contains(error("npy", {"", {"trian"}, {}, {}}), "did you mean train?"));
  EXPECT_TRUE(contains(error("npy", {"", {}, {}, {7}}), "between 100 and 101"));
  EXPECT_TRUE(contains(error("npy", {"other", {}, {}, {}}), "--watch"));
  EXPECT_EQ(entries(folder), 1);
}

TEST(Export, ShardsOfTwoDevicesAreNamed) {
  const fs::path folder = scratch_folder();
  ShardHeader fast = small_header();
  fast.group_attributes["imu"]["rate_hz"] = 200.0;
  fast.group_attributes["imu"]["watch"] = "fast";
  exportable_shard(folder / "a.h5");
  exportable_shard(folder / "b.h5", 2, 2, fast);
  const auto two = [&] { run_export({folder, "npy", folder / "x", {}}); };
  const std::string text = error_of(ErrorKind::bad_data, two);
  EXPECT_TRUE(contains(text, "a.h5") && contains(text, "b.h5") && contains(text, "watch")) << text;
  EXPECT_FALSE(fs::exists(folder / "x"));
  EXPECT_GT(run_export({folder, "npy", folder / "x", {"fast", {}, {}, {}}}).windows, 0);
  EXPECT_EQ(run_export({folder, "sensorlog", folder / "log", {}}).recordings, 4);
}

TEST(Export, BrokenShardsAreRefusedAndLeaveNothing) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  fs::copy(shard, folder / "cut.h5");
  fs::resize_file(folder / "cut.h5", fs::file_size(shard) / 2);
  ShardWriter bare(folder / "bare.h5", small_header(), 1);  // no gyroscope
  bare.append(small_recording(800, 0));
  bare.commit();
  for (const std::string& format : export_formats()) {
    for (const char* file : {"cut.h5", "bare.h5"})
      EXPECT_TRUE(contains(error_of(ErrorKind::bad_data,
                                    [&] {
                                      run_export({folder / file, format, folder / "x", {}});
                                    }),
                           file));
    EXPECT_FALSE(fs::exists(folder / "x")) << format;
  }
}

// A chunk whose checksum does not hold is found only while signals are read.
TEST(Export, DamagedSignalsLeaveNothing) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  const auto accel = read_values<std::int16_t>(shard, "/imu/accel");
  const Bytes chunk = ChunkEncoder().encode(
      std::as_bytes(std::span(accel).first(static_cast<std::size_t>(3 * kChunkRows))), 2);
  std::string bytes = content(shard);
  const std::size_t at =
      bytes.find(std::string(reinterpret_cast<const char*>(chunk.data()), chunk.size()));
  ASSERT_NE(at, std::string::npos);
  bytes[at + chunk.size() / 2] = static_cast<char>(bytes[at + chunk.size() / 2] ^ 0x55);
  std::ofstream(shard, std::ios::binary) << bytes;
  for (const std::string& format : export_formats()) {
    const std::string text = error_of(ErrorKind::bad_data, [&] {
      run_export({shard, format, folder / "x" / "y", {}});
    });
    EXPECT_TRUE(contains(text, "a.h5: ") && contains(text, "/imu/accel")) << text;
    EXPECT_FALSE(fs::exists(folder / "x")) << format;
  }
}

TEST(Export, FilesThatAreThereStayUnlessForced) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  ExportSpec small{shard, "webdataset", folder / "tars" / "t", {}, 3};
  EXPECT_EQ(run_export(small).files.size(), 4u);
  const std::string first = content(folder / "tars" / "t-000000.tar");
  small.per_tar = 5;
  EXPECT_TRUE(contains(error_of(ErrorKind::usage, [&] { run_export(small); }), "--force"));
  EXPECT_EQ(content(folder / "tars" / "t-000000.tar"), first);
  small.force = true;
  EXPECT_EQ(run_export(small).files.size(), 2u);
  EXPECT_EQ(entries(folder / "tars"), 2) << "archives of the earlier export are gone";
  ExportSpec tarless{shard, "npy", folder / "npy", {}, 3};
  error_of(ErrorKind::usage, [&] { run_export(tarless); });
}

TEST(Export, TheSameBytesEveryTime) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  for (const std::string& format : export_formats()) {
    const ExportSummary a = run_export({shard, format, folder / "a" / format, {}});
    const ExportSummary b = run_export({shard, format, folder / "b" / format, {}});
    ASSERT_EQ(a.files.size(), b.files.size());
    for (std::size_t i = 0; i < a.files.size(); ++i) {
      EXPECT_FALSE(content(a.files[i]).empty());
      EXPECT_EQ(content(a.files[i]), content(b.files[i])) << a.files[i];
    }
  }
}

TEST(Export, InterruptedKeepsNothing) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  for (const std::string& format : export_formats()) {
    error_of(ErrorKind::interrupted, [&] {
      export_dataset({shard, format, folder / "x" / "y", {}}, [] { return true; });
    });
    EXPECT_FALSE(fs::exists(folder / "x")) << format;
  }
}

TEST(Export, ALostSampleIsNoRowOfALog) {
  const fs::path folder = scratch_folder(), shard = exportable_shard(folder / "a.h5");
  const ExportSummary s = run_export({shard, "sensorlog", folder / "log", {}});
  EXPECT_EQ(s.lost, 2);
  EXPECT_EQ(s.samples, 1600);
  const std::string csv = content(folder / "log" / "recording-000100.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 799);
  EXPECT_TRUE(contains(csv, ",0.050000000,") && !contains(csv, ",0.060000000,"));
}

}  // namespace
}  // namespace wrist::exports
