// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_severity.h"

#include <cmath>
#include <limits>
#include <map>

#include "generators/evaluation/metrics_window.h"

namespace wrist::evaluation {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

using Rows = std::vector<std::size_t>;

WindowMetrics metrics_of(const Answers& a, const std::vector<int>& predicted, const Rows& rows) {
  std::vector<int> labels, said;
  for (const std::size_t row : rows) {
    labels.push_back(a.windows[row].label);
    said.push_back(predicted[row]);
  }
  return window_metrics(labels, said, std::ssize(a.classes));
}

SeverityMetrics severity_metrics(const Answers& a, const std::vector<int>& predicted,
                                 const Rows& rows) {
  Rows twins;
  for (const std::size_t row : rows) twins.push_back(static_cast<std::size_t>(a.windows[row].twin));
  const WindowMetrics own = metrics_of(a, predicted, rows), clean = metrics_of(a, predicted, twins);
  SeverityMetrics m{
      a.windows[rows[0]].severity, std::ssize(rows),       own.macro_f1, clean.macro_f1, kUnknown,
      own.balanced_accuracy,       clean.balanced_accuracy};
  if (m.clean_macro_f1 > 0) m.relative = m.macro_f1 / m.clean_macro_f1;
  return m;
}

// Of those that are known.
template <typename List, typename Value>
double mean(const List& list, Value value) {
  double sum = 0, count = 0;
  for (const auto& item : list) {
    if (std::isnan(value(item))) continue;
    sum += value(item);
    ++count;
  }
  return count > 0 ? sum / count : kUnknown;
}

int worst_of(const std::vector<CorruptionMetrics>& corruptions) {
  int worst = -1;
  for (std::size_t i = 0; i < corruptions.size(); ++i) {
    if (std::isnan(corruptions[i].mean_relative)) continue;
    if (worst < 0 ||
        corruptions[i].mean_relative < corruptions[static_cast<std::size_t>(worst)].mean_relative)
      worst = static_cast<int>(i);
  }
  return worst;
}

}  // namespace

Degradation degradation(const Answers& a, const std::vector<int>& predicted,
                        const std::vector<std::size_t>& rows) {
  std::map<int, std::map<int, Rows>> by_severity;
  for (const std::size_t row : rows)
    by_severity[a.windows[row].corruption][a.windows[row].severity].push_back(row);
  Degradation all;
  for (const auto& [corruption, severities] : by_severity) {
    CorruptionMetrics c{a.corruptions[static_cast<std::size_t>(corruption)], {}, 0};
    for (const auto& [severity, members] : severities)
      c.severities.push_back(severity_metrics(a, predicted, members));
    c.mean_relative = mean(c.severities, [](const SeverityMetrics& s) { return s.relative; });
    all.corruptions.push_back(c);
  }
  all.mean_relative =
      mean(all.corruptions, [](const CorruptionMetrics& c) { return c.mean_relative; });
  all.worst = worst_of(all.corruptions);
  return all;
}

}  // namespace wrist::evaluation
