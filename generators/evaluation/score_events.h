// SPDX-License-Identifier: Apache-2.0
/// Which windows answer which question, and what the clean and daily ones say as events.
#pragma once

#include <optional>
#include <vector>

#include "generators/evaluation/score.h"

namespace wrist::evaluation {

/// The context of hours of daily motion.
inline constexpr const char* kDaily = "daily";

template <typename Wanted>
std::vector<std::size_t> rows_of(const Answers& answers, Wanted wanted) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < answers.windows.size(); ++i)
    if (wanted(answers.windows[i])) rows.push_back(i);
  return rows;
}

/// `said`: a class per window. Of sets with events or hours of null.
std::optional<EventReport> score_events(const Answers& answers, const Scores& scores,
                                        const std::vector<int>& said, const ScoreOptions& options);

}  // namespace wrist::evaluation
