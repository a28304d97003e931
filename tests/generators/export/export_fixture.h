// SPDX-License-Identifier: Apache-2.0
/// Small shards that can be exported: a gyroscope and a true attitude too, and samples lost.
#pragma once

#include <fstream>
#include <sstream>

#include "generators/export/export.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist::testing {

inline constexpr Index kLostRow = 6;  // of every recording; its flags say dropped

inline Recording exportable_recording(Index rows, Index number) {
  Recording r = small_recording(rows, number);
  std::get<Rows<std::int16_t>>(r.channels[1].values).row(kLostRow).setConstant(-32768);
  Channel gyro = make_channel<std::int16_t>("imu", "gyro", rows, 3, [](Index i, Index k) {
    return i == kLostRow ? -32768 : i - 100 * k;
  });
  gyro.attributes = {
      {"units", "rad s-1"}, {"scale_factor", 0.001}, {"_FillValue", std::int64_t{-32768}}};
  r.channels.push_back(gyro);
  r.channels.push_back(make_channel<float>("truth", "case_orientation", rows, 4,
                                           [](Index, Index k) { return k == 0 ? 1 : 0; }));
  r.channels.back().column_dimension = "quaternion";
  r.labels = {{0, 5, number % 2 == 0 ? "walk" : "double tap"}};
  r.scenario.class_name = r.labels[0].class_name;
  r.events = {{1, 1.5, "beat", "heart", 1}, {2, 2.5, "double tap:first", "motion", 0.5}};
  return r;
}

/// Recordings 100, 101, ... of 8 s at 100 Hz; windows of 2.56 s every 1.28 s.
inline std::filesystem::path exportable_shard(const std::filesystem::path& file, Index first,
                                              Index count, const ShardHeader& header) {
  ShardWriter writer(file, header, 1);
  for (Index i = first; i < first + count; ++i) writer.append(exportable_recording(800, i));
  writer.commit();
  return file;
}
inline std::filesystem::path exportable_shard(const std::filesystem::path& file) {
  return exportable_shard(file, 0, 2, small_header());
}

inline exports::ExportSummary run_export(const exports::ExportSpec& spec) {
  return exports::export_dataset(spec, [] { return false; });
}

inline std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::ptrdiff_t entries(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

}  // namespace wrist::testing
