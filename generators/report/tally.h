// SPDX-License-Identifier: Apache-2.0
/// Counts over the recordings of an inventory: pure functions of its rows.
#pragma once

#include "generators/report/inventory.h"

namespace wrist::report {

/// By subject, device, strap, placement and clip; names without a recording are left out.
std::vector<CountTable> count_tables(const Inventory& inventory);

DurationFigure count_durations(const Inventory& inventory);

/// Splits in the order of the shards, empty ones too.
std::vector<SplitFigure> count_splits(const Inventory& inventory);

/// Checks what the dataset claims: every name that is in more than one split though no two splits
/// share such names.
DisjointFigure check_disjoint(const Inventory& inventory);

/// labelled_s is left 0: it needs the samples.
std::vector<ClassFigure> count_classes(const Inventory& inventory);

Totals count_totals(const Inventory& inventory);

}  // namespace wrist::report
