// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_window.h"

#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

double ratio(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

ClassMetrics class_metrics(const Confusion& counts, Index c) {
  ClassMetrics m;
  m.support = counts.row(c).sum();
  m.predicted = counts.col(c).sum();
  m.precision = ratio(counts(c, c), m.predicted);
  m.recall = ratio(counts(c, c), m.support);
  m.f1 = ratio(2 * counts(c, c), m.support + m.predicted);
  return m;
}

}  // namespace

Confusion confusion(const std::vector<int>& labels, const std::vector<int>& predicted,
                    Index classes) {
  require(labels.size() == predicted.size(), ErrorKind::internal,
          "confusion: as many predictions as labels");
  Confusion counts = Confusion::Zero(classes, classes);
  for (std::size_t i = 0; i < labels.size(); ++i) ++counts(labels[i], predicted[i]);
  return counts;
}

WindowMetrics window_metrics(const Confusion& counts) {
  WindowMetrics all;
  all.confusion = counts;
  all.windows = counts.sum();
  all.accuracy = ratio(counts.matrix().trace(), all.windows);
  double occurring = 0;
  for (Index c = 0; c < counts.rows(); ++c) {
    const ClassMetrics m = class_metrics(counts, c);
    all.classes.push_back(m);
    if (m.support == 0) continue;
    ++occurring;
    all.balanced_accuracy += m.recall;
    all.macro_precision += m.precision;
    all.macro_f1 += m.f1;
    if (all.worst_class >= 0 && m.f1 >= all.worst_f1) continue;
    all.worst_f1 = m.f1;
    all.worst_class = static_cast<int>(c);
  }
  if (occurring == 0) return all;
  for (double* mean : {&all.balanced_accuracy, &all.macro_precision, &all.macro_f1})
    *mean /= occurring;
  return all;
}

}  // namespace wrist::evaluation
