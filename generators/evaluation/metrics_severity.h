// SPDX-License-Identifier: Apache-2.0
/// How a recogniser gives way: each severity of each corruption against the clean windows of the
/// very same motions.
///
///   stressed windows and their clean twins -> macro F1 of each -> their ratio -> means, the worst
///
/// Source: the scheme of ImageNet-C, Hendrycks and Dietterich 2019 (five severities, mean over them
/// and over corruptions), as a ratio to the clean twins instead of to another model.
#pragma once

#include <string>
#include <vector>

#include "generators/evaluation/answers.h"

namespace wrist::evaluation {

struct SeverityMetrics {
  int severity = 0;
  std::int64_t windows = 0;
  double macro_f1 = 0, clean_macro_f1 = 0;  // of the windows; of their twins
  double relative = 0;                      // their ratio; NaN if the twins have none
  double balanced_accuracy = 0, clean_balanced_accuracy = 0;
};

struct CorruptionMetrics {
  std::string name;
  std::vector<SeverityMetrics> severities;  // rising
  double mean_relative = 0;                 // over its severities; NaN if none is known
};

struct Degradation {
  std::vector<CorruptionMetrics> corruptions;
  double mean_relative = 0;  // over corruptions
  int worst = -1;            // the corruption of least mean; -1 if none is known
};

/// `predicted`: a class per window of the set. `rows`: the stressed windows to look at.
Degradation degradation(const Answers& answers, const std::vector<int>& predicted,
                        const std::vector<std::size_t>& rows);

}  // namespace wrist::evaluation
