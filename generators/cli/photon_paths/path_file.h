// SPDX-License-Identifier: Apache-2.0
/// Photon path tables as text: the asset format of assets/optics, and tables for a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sensor_models/optical/photons/path_check.h"

namespace wrist::cli {

/// TOML that read_path_table reads, with what made it in comments.
std::string path_file(const PathRun& run, std::uint64_t seed);

/// What was detected at the lightest level, and where it had been: a row per distance.
std::string path_text(const PathRun& run);

/// A row per cell of the detected share, then a row per column of every melanin level.
std::string check_text(const PathRun& run, const std::vector<ColumnCheck>& columns);

}  // namespace wrist::cli
