// SPDX-License-Identifier: Apache-2.0
/// The statistics of a dataset, as the report page draws them.
///
///   shards -> tables, signals -> counts, features, spectra -+
///   real recordings -> the same measures -------------------+-> JSON
#pragma once

#include "generators/report/real_recording.h"

namespace wrist {

/// One JSON object of kind "report" about the shards of one dataset, laid against real recordings
/// if there are any. Throws as Shard does, Error(usage) for shards of two datasets and
/// Error(bad_data) for a dataset without recordings.
std::string dataset_report(const std::vector<std::filesystem::path>& shards,
                           const std::vector<RealRecording>& against);

}  // namespace wrist
