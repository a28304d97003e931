// SPDX-License-Identifier: Apache-2.0
/// What exported numbers mean, as JSON: for files whose format has no room for it.
#pragma once

#include "generators/export/window_reader.h"

namespace wrist::exports {

/// An object: title, license, recipe and generator of the dataset.
std::string source_json(const Plan& plan);

/// An object: names, units, rates, frames and gravity convention of windows in SI, and the source.
std::string windows_json(const Plan& plan);

}  // namespace wrist::exports
