// SPDX-License-Identifier: Apache-2.0
/// Finished shards as files that other programs read.
///
///   shards -> filter -> windows (HDF5) | npy | webdataset (tar) | sensorlog (CSV)
///
/// Signals are read block by block: memory does not grow with the dataset. Files are there whole or
/// not at all, the same bytes every time.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "generators/export/selection.h"

namespace wrist::exports {

struct ExportSpec {
  std::filesystem::path from;  // shard, or folder of shards
  std::string format;          // of export_formats()
  std::filesystem::path out;   // file, folder or, of webdataset, start of the archives' names
  Filter filter;
  std::int64_t per_tar = 0;  // windows; of webdataset alone, 0: kPerTar
  bool force = false;        // write over files
};

/// Some 10 MB of 2.56 s windows at 100 Hz.
inline constexpr std::int64_t kPerTar = 1000;

struct ExportSummary {
  std::string format;
  std::int64_t windows = 0, recordings = 0;  // one of them; the other is 0
  std::int64_t samples = 0, lost = 0;        // inertial, of what was written
  std::vector<std::filesystem::path> files;
  std::int64_t bytes = 0;  // of all files
};

const std::vector<std::string>& export_formats();

/// Throws Error(usage) for an unknown format, class, split or recording, for an empty selection and
/// for files that are there; Error(bad_data) for a broken shard; Error(io); Error(interrupted).
ExportSummary export_dataset(const ExportSpec& spec, const std::function<bool()>& interrupted);

/// One JSON object.
std::string to_json(const ExportSummary& summary);

}  // namespace wrist::exports
