// SPDX-License-Identifier: Apache-2.0
/// Which column of a logger's table is what, by its name.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "generators/report/recording_units.h"

namespace wrist::report {

struct RecordingColumns {
  std::array<std::size_t, 3> accel{};  // x, y, z
  std::optional<std::array<std::size_t, 3>> gyro;
  std::optional<std::size_t> time, label;
  std::string accel_unit, gyro_unit, time_unit;  // canonical; empty: the names do not say
  // CoreMotion gives the pull of gravity, the opposite of specific force.
  bool gravity_down = false;
};

/// Throws Error(bad_data) naming the header found and the names known if there is no acceleration
/// of three axes, or if units are unknown or differ between axes.
RecordingColumns find_columns(const std::filesystem::path& file,
                              const std::vector<std::string>& header);

}  // namespace wrist::report
