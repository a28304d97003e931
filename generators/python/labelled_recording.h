// SPDX-License-Identifier: Apache-2.0
/// A recording with what its shard would say of it: class of every sample, windows, attributes.
///
///   Recording + ShardHeader -> ShardIndex, of this one recording -> arrays by path, and JSON
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generators/dataset.h"
#include "generators/dataset_table.h"

namespace wrist {

/// Where one array of a recording lies in memory.
struct ArrayView {
  std::string path;  // "imu/accel"
  Element element = Element::f8;
  std::int64_t rows = 0, columns = 1;
  int rank = 1;
  const std::byte* values = nullptr;
};

struct LabelledRecording {
  Recording recording;
  std::vector<std::int16_t> class_id;  // of every sample of imu, -1 unlabelled
  Table windows;                       // rows counted from the start of the recording
  std::string about;                   // JSON
};

/// Throws Error(internal) as ShardWriter::append does.
LabelledRecording label(Recording recording, const ShardHeader& header);

/// Views into `labelled`, which must outlive them and not move.
std::vector<ArrayView> array_views(const LabelledRecording& labelled);

}  // namespace wrist
