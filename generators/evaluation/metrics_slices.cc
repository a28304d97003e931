// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_slices.h"

#include <algorithm>
#include <map>

#include "generators/evaluation/metrics_window.h"

namespace wrist::evaluation {
namespace {

struct Members {
  std::vector<int> labels, predicted;
};

Slices slices_of(const std::string& by, const std::map<std::string, Members>& groups,
                 std::int64_t least_count, Index classes) {
  Slices all{by, {}, 0};
  for (const auto& [name, members] : groups) {
    const std::int64_t windows = std::ssize(members.labels);
    if (windows < least_count) {
      ++all.too_few;
      continue;
    }
    const WindowMetrics m = window_metrics(members.labels, members.predicted, classes);
    all.slices.push_back({name, windows, m.balanced_accuracy});
  }
  std::stable_sort(all.slices.begin(), all.slices.end(), [](const Slice& a, const Slice& b) {
    return a.balanced_accuracy < b.balanced_accuracy;
  });
  return all;
}

}  // namespace

std::vector<Slices> slices(const Answers& a, const std::vector<int>& predicted,
                           const std::vector<std::size_t>& rows, std::int64_t least_count) {
  struct By {
    const char* name;
    std::string AnswerWindow::*value;
  };
  std::vector<Slices> all;
  for (const By& by : {By{"subject", &AnswerWindow::subject}, By{"device", &AnswerWindow::device},
                       By{"strap", &AnswerWindow::strap}}) {
    std::map<std::string, Members> groups;
    for (const std::size_t row : rows) {
      const AnswerWindow& w = a.windows[row];
      if ((w.*by.value).empty()) continue;
      Members& group = groups[w.*by.value];
      group.labels.push_back(w.label);
      group.predicted.push_back(predicted[row]);
    }
    all.push_back(slices_of(by.name, groups, least_count, std::ssize(a.classes)));
  }
  return all;
}

}  // namespace wrist::evaluation
