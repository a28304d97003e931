// SPDX-License-Identifier: Apache-2.0
/// Whether two shards, fixtures or datasets say the same: exactly, or within a tolerance.
///
///   A, B -> files by name -> recordings by index -> datasets by path -> values -> Comparison
///
/// What counts: the values of every dataset, and the attributes of groups and datasets but the seed
/// of /splits; of the file itself Conventions and schema_version alone, for title, recipe, version
/// and seed say how it was made and not what is in it. Within a tolerance the texts of /sequences (scenarios, arms) do not
/// count either.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "generators/compare_tolerance.h"

namespace wrist {

/// Where A and B differ first, within one dataset of one file.
struct Difference {
  std::string file;             // of A, or of B where A has none
  std::string dataset;          // path, or empty
  std::string what;             // such as "values differ", "missing in B"
  std::int64_t recording = -1;  // its index in the dataset; -1: of no recording
  std::int64_t sample = -1;     // row within the recording, or of the table
  std::int64_t column = -1;
  std::string a, b;  // both values, as they are stored; empty where there are none
};

/// One dataset over all files and recordings.
struct DatasetSummary {
  std::string dataset;
  std::int64_t values = 0;     // compared
  std::int64_t different = 0;  // not the same
  double largest = 0;          // greatest difference, in stored units
  bool equal = true;           // or within the tolerance
};

struct Comparison {
  std::vector<Difference> differences;     // the first of each dataset and file; empty: equal
  std::vector<DatasetSummary> datasets;    // in the order they were met
  std::int64_t files = 0, recordings = 0;  // in both
};

/// `tolerance` empty: exactly. Throws Error(io) or Error(bad_data) for what is no shard,
/// Error(usage) for a tolerance that cannot be applied.
Comparison compare(const std::filesystem::path& a, const std::filesystem::path& b,
                   const std::optional<CompareTolerance>& tolerance);

/// "shard.h5: /imu/accel: recording 3, sample 17, column 2: values differ: -12 and 40".
std::string to_text(const Difference& difference);
/// One JSON object.
std::string to_json(const Comparison& comparison);

}  // namespace wrist
