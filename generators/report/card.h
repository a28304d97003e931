// SPDX-License-Identifier: Apache-2.0
/// The data card: what the numbers of a report mean, in sentences, limits included.
#pragma once

#include "generators/report/inventory.h"

namespace wrist::report {

/// `report`: everything else filled in. `measured`, `incomplete`: windows (see Survey).
std::vector<CardSection> write_card(const Inventory& inventory, const Report& report,
                                    std::int64_t measured, std::int64_t incomplete);

}  // namespace wrist::report
