// SPDX-License-Identifier: Apache-2.0
/// What the signals of a dataset look like: one pass over its shards, window by window.
///
///   inventory -> which windows -> features, spectra, wear, stillness, windows to show
///
/// Memory does not grow with the length of recordings: blocks of a few thousand rows, sums, and a
/// few floats per window of at most kMostWindows of each class.
#pragma once

#include "generators/report/class_statistics.h"
#include "generators/report/inventory.h"
#include "generators/report/still_survey.h"
#include "generators/report/wear_survey.h"

namespace wrist::report {

/// Windows measured of one class; of more, this many are taken in even steps.
inline constexpr std::int64_t kMostWindows = 20000;

/// Whether window `number` (0, 1, ...) of `total` is among `most` taken in even steps.
bool is_taken(std::int64_t number, std::int64_t total, std::int64_t most);

struct Survey {
  std::vector<ClassStatistics> classes;  // as Inventory::classes, like the next two
  std::vector<ThumbnailRow> thumbnails;
  Numbers labelled_s;
  WearSurvey wear;
  StillSurvey still;
  std::int64_t measured = 0, incomplete = 0;  // windows; incomplete: a sample is missing
};

Survey take_survey(const std::vector<std::filesystem::path>& shards, const Inventory& inventory);

}  // namespace wrist::report
