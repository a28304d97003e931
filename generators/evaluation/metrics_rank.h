// SPDX-License-Identifier: Apache-2.0
/// Open set: does the confidence in the known classes tell windows of known from those of unknown
/// ones?
///
///   confidence of known and of unknown windows -> order of all -> area under the ROC curve
///
/// Source: Hanley and McNeil 1982 (the area is the chance that a known window ranks above an
/// unknown one, equals counting half); Hendrycks and Gimpel 2017 (greatest probability as
/// confidence).
#pragma once

#include <vector>

namespace wrist::evaluation {

struct OpenSetMetrics {
  double auroc = 0;  // 1: apart, 0.5: chance
  double fpr95 = 0;  // share of the unknown accepted where at least 95 % of the known are
};

/// Both with at least one window.
double area_under_roc(const std::vector<double>& known, const std::vector<double>& unknown);
OpenSetMetrics open_set_metrics(const std::vector<double>& known,
                                const std::vector<double>& unknown);

}  // namespace wrist::evaluation
