// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_context.h"

#include <limits>
#include <map>
#include <set>

#include "generators/evaluation/metrics_window.h"

namespace wrist::evaluation {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

using Rows = std::vector<std::size_t>;

WindowMetrics metrics_of(const Answers& a, const std::vector<int>& predicted, const Rows& rows) {
  Confusion counts = Confusion::Zero(std::ssize(a.classes), std::ssize(a.classes));
  for (const std::size_t row : rows) ++counts(a.windows[row].label, predicted[row]);
  return window_metrics(counts);
}

template <typename Wanted>
Rows chosen(const Rows& rows, Wanted wanted) {
  Rows some;
  for (const std::size_t row : rows)
    if (wanted(row)) some.push_back(row);
  return some;
}

// A class may be seen in one fold and unseen in the next: its clean windows are of the same folds.
ContextFigures figures(const Answers& a, const std::vector<int>& predicted, const Rows& rows,
                       const Rows& clean) {
  std::set<std::pair<int, int>> occurring;
  const auto place = [&](std::size_t row) {
    return std::pair(a.windows[row].label, a.windows[row].fold);
  };
  for (const std::size_t row : rows) occurring.insert(place(row));
  const WindowMetrics here = metrics_of(a, predicted, rows);
  const WindowMetrics there = metrics_of(
      a, predicted, chosen(clean, [&](std::size_t row) { return occurring.contains(place(row)); }));
  ContextFigures f{here.windows, here.balanced_accuracy, here.macro_f1, kUnknown, kUnknown,
                   kUnknown};
  if (there.windows == 0) return f;
  f.clean_balanced_accuracy = there.balanced_accuracy;
  f.clean_macro_f1 = there.macro_f1;
  if (there.macro_f1 > 0) f.relative = here.macro_f1 / there.macro_f1;
  return f;
}

}  // namespace

std::vector<ContextMetrics> context_metrics(const Answers& a, const std::vector<int>& predicted,
                                            const Rows& rows, const Rows& clean) {
  std::map<std::string, Rows> contexts;
  for (const std::size_t row : rows) contexts[a.windows[row].context].push_back(row);
  const auto seen = [&](std::size_t row) { return !is_unseen(a, a.windows[row]); };
  std::vector<ContextMetrics> all;
  for (const auto& [name, members] : contexts)
    all.push_back({name, figures(a, predicted, members, clean),
                   figures(a, predicted, chosen(members, seen), clean)});
  return all;
}

}  // namespace wrist::evaluation
