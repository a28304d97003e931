// SPDX-License-Identifier: Apache-2.0
/// Reads one movement of the library: assets/gestures/NAME.toml. The form is in
/// assets/gestures/README.md.
#pragma once

#include <filesystem>
#include <map>

#include "motions/movement_spec.h"

namespace wrist {

/// Throws Error(usage) "FILE:LINE: KEY: expected ..., found ..." for anything it does not know.
MovementSpec read_movement(const std::filesystem::path& file);

/// Every movement of a folder by name. Throws Error(usage) also for two of one name, for an event
/// laid over what is not an activity, and for a file not named after its movement.
std::map<std::string, MovementSpec> read_movements(const std::filesystem::path& folder);

}  // namespace wrist
