// SPDX-License-Identifier: Apache-2.0
/// Small recordings with known numbers, and reading them back.
#pragma once

#include <cstring>

#include "generators/dataset.h"
#include "generators/dataset_hdf.h"
#include "tests/support/subjects.h"

namespace wrist::testing {

inline ShardHeader small_header() {
  ShardHeader h;
  h.dataset_id = "small";
  h.title = "Kleine Übung";
  h.license = "CC-BY-4.0";
  h.generator_version = "0.1.0";
  h.recipe_json = "{}";
  h.recipe_sha256 = "abc";
  h.seed = 0xfedcba9876543210;
  h.shard_index = 3, h.shard_count = 64;
  h.class_attributes = {"impact", "rhythm"};
  h.classes = {{"walk", "walking", {"a person walks", "walking"}, "", {0, 1}, false, false},
               {"double tap", "two taps", {}, "walk", {1, 0.5}, true, true}};
  h.subjects = {"ada", "bob"};
  h.clips = {"c1.bvh"};
  h.devices = {"watch/0"};
  h.straps = {"sport", "loop"};
  h.placements = {"left snug"};
  h.split_rule = "by subject";
  h.split_disjoint_by = {"subject", "device"};
  h.group_attributes["imu"] = {{"rate_hz", 100.0}, {"frame", "I"}};
  h.group_attributes["optical"] = {{"rate_hz", std::int64_t{25}}};
  return h;
}

/// A channel whose value in row i, column k is value(i, k).
template <typename T, typename Value>
Channel make_channel(const std::string& group, const std::string& name, Index rows, Index columns,
                     const Value& value) {
  Rows<T> values(rows, columns);
  for (Index i = 0; i < rows; ++i)
    for (Index k = 0; k < columns; ++k) values(i, k) = static_cast<T>(value(i, k));
  return {group, name, values, columns > 1 ? "axis" : "", {}};
}

inline int accel_count(Index recording, Index i, Index k) {
  return static_cast<int>((recording * 7919 + i * 131 + k * 17) % 60000) - 30000;
}
inline double gap_of(Index recording, Index i) {
  return 1e-3 * static_cast<double>(i) + static_cast<double>(recording) / 3;
}

/// `rows` samples at 100 Hz with rows / 4 optical ones, and truth beside both.
inline Recording small_recording(Index rows, Index number) {
  const auto clock = [](Index step) { return [step](Index i, Index) { return i * step; }; };
  Recording r;
  r.channels.push_back(make_channel<std::int64_t>("imu", "t", rows, 1, clock(10000000)));
  r.channels.push_back(make_channel<std::int16_t>(
      "imu", "accel", rows, 3, [=](Index i, Index k) { return accel_count(number, i, k); }));
  r.channels.back().attributes = {{"units", "m s-2"},
                                  {"long_name", "specific force"},
                                  {"scale_factor", 0.0025},
                                  {"_FillValue", std::int64_t{-32768}}};
  r.channels.push_back(
      make_channel<std::uint8_t>("imu", "flags", rows, 1, [](Index i, Index) { return i % 7; }));
  r.channels.back().attributes = {{"flag_masks", std::vector<std::int64_t>{1, 2, 4}},
                                  {"flag_meanings", "saturated dropped slip"}};
  r.channels.push_back(make_channel<std::int64_t>("optical", "t", rows / 4, 1, clock(40000000)));
  r.channels.push_back(make_channel<std::int32_t>("optical", "counts", rows / 4, 2,
                                                  [](Index i, Index k) { return 100000 * i + k; }));
  r.channels.back().column_dimension = "channel";
  r.channels.back().attributes = {{"wavelength_nm", std::vector<double>{525, 940}}};
  r.channels.push_back(make_channel<float>("truth", "position", rows, 3, [](Index i, Index k) {
    return 0.1f * static_cast<float>(i + k);
  }));
  r.channels.push_back(make_channel<double>("truth", "gap", rows, 1,
                                            [=](Index i, Index) { return gap_of(number, i); }));
  r.channels.push_back(
      make_channel<float>("truth_optical", "pulse", rows / 4, 1, [](Index i, Index) { return i; }));
  Scenario& s = r.scenario;
  s.index = static_cast<std::uint64_t>(100 + number);
  s.seed = 0xffffffffffffff00 + static_cast<std::uint64_t>(number);
  s.duration_s = static_cast<double>(rows) / 100;
  s.class_name = "walk";
  s.subject_id = number % 2 == 0 ? "ada" : "bob";
  s.subject = number % 2 == 0 ? average_woman() : average_man();
  s.device_id = "watch/0";
  s.strap = "loop";
  s.placement_id = "left snug";
  s.split = number % 2 == 0 ? "train" : "test";
  return r;
}

inline std::string write_shard(const std::filesystem::path& file, const std::vector<Index>& rows,
                               int jobs = 1) {
  ShardWriter writer(file, small_header(), jobs);
  for (std::size_t i = 0; i < rows.size(); ++i)
    writer.append(small_recording(rows[i], static_cast<Index>(i)));
  return writer.commit();
}

/// All values of a dataset, row by row, through the C API.
template <typename T>
std::vector<T> read_values(const std::filesystem::path& file, const std::string& path) {
  const hdf::Session quiet;
  const hdf::Handle handle = hdf::open_file(file);
  const hdf::Dataset set = hdf::open_dataset(handle, path);
  EXPECT_EQ(to_string(set.element), to_string(element_of<T>())) << path;
  const Bytes bytes = hdf::read_rows(set, 0, set.rows);
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

inline std::vector<std::string> read_texts(const std::filesystem::path& file,
                                           const std::string& group, const std::string& name) {
  const hdf::Session quiet;
  const hdf::Handle handle = hdf::open_file(file);
  return hdf::read_strings(hdf::open_group(handle, group), name);
}

/// Text and kind of the Error that `work` throws.
template <typename Work>
std::string error_of(ErrorKind kind, const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.kind()), static_cast<int>(kind)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace wrist::testing
