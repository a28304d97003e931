// SPDX-License-Identifier: Apache-2.0
/// How often the class said is the class that was, window by window.
///
///   labels, predicted -> confusion -> precision, recall, F1 per class -> means over classes
///
/// Means are over the classes that occur among the labels. A class that is never said has precision
/// zero. Source: Sokolova and Lapalme 2009; the conventions are those of scikit-learn.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/series.h"

namespace wrist::evaluation {

/// C x C counts; rows: what was, columns: what was said.
using Confusion = Eigen::Array<std::int64_t, Eigen::Dynamic, Eigen::Dynamic>;

struct ClassMetrics {
  std::int64_t support = 0, predicted = 0;  // windows of it; windows said to be of it
  double precision = 0, recall = 0, f1 = 0;
};

struct WindowMetrics {
  Confusion confusion;
  std::vector<ClassMetrics> classes;
  std::int64_t windows = 0;
  double accuracy = 0;
  double balanced_accuracy = 0;  // mean recall
  double macro_precision = 0, macro_f1 = 0;
  double worst_f1 = 0;
  int worst_class = -1;  // the first of equals; -1 without windows
};

Confusion confusion(const std::vector<int>& labels, const std::vector<int>& predicted,
                    Index classes);
WindowMetrics window_metrics(const Confusion& counts);
inline WindowMetrics window_metrics(const std::vector<int>& labels,
                                    const std::vector<int>& predicted, Index classes) {
  return window_metrics(confusion(labels, predicted, classes));
}

}  // namespace wrist::evaluation
