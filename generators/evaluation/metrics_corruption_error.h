// SPDX-License-Identifier: Apache-2.0
/// How a recogniser gives way beside another one that is held fixed, on the same set.
///
///   errors by severity of both -> sum over sum -> mean over corruptions
///
/// Source: Hendrycks and Dietterich 2019, "Benchmarking neural network robustness to common
/// corruptions and perturbations" (mean corruption error, relative mean corruption error). The
/// error is 1 - balanced accuracy: in ImageNet every class is as frequent.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/evaluation/metrics_severity.h"

namespace wrist::evaluation {

struct CorruptionError {
  std::string name;
  double error = 0;     // sum of errors over that of the baseline; NaN if the baseline has none
  double relative = 0;  // the same of what is added to the twins' errors; NaN if the baseline adds
                        // none
};

struct CorruptionErrors {
  std::string baseline;  // what it was predicted by
  std::vector<CorruptionError> corruptions;
  double mean = 0, mean_relative = 0;  // over those that are known; 1: as the baseline
};

struct Baseline {
  std::string name;  // the file of its predictions
  Degradation degradation;
};

/// What `score --json` wrote of another recogniser. Throws Error(io), Error(bad_data) for a file of
/// another set or without degradation.
Baseline read_baseline(const std::filesystem::path& file, const std::string& set_id);

/// Throws Error(bad_data) unless the baseline has every corruption and severity, of as many
/// windows.
CorruptionErrors corruption_errors(const Degradation& own, const Baseline& baseline);

}  // namespace wrist::evaluation
