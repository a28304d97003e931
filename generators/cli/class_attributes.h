// SPDX-License-Identifier: Apache-2.0
/// What the cards of the classes declare against what the simulator measures.
#pragma once

#include "generators/assets.h"

namespace wrist::cli {

/// Prints every attribute that is both; 1 if any of them disagrees, else 0.
int list_attributes(const Assets& assets, int jobs, bool json);

}  // namespace wrist::cli
