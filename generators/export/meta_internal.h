// SPDX-License-Identifier: Apache-2.0
/// What exported numbers mean, as JSON: for files whose format has no room for it.
#pragma once

#include <nlohmann/json.hpp>

#include "generators/export/window_reader.h"

namespace wrist::exports {

/// Title, license, recipe and generator of the dataset.
nlohmann::json source_json(const Plan& plan);

/// Names, units, rates, frames and gravity convention of windows in SI.
nlohmann::json windows_meta(const Plan& plan);

}  // namespace wrist::exports
