// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_rank.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/base/error.h"

namespace wrist::evaluation {

double area_under_roc(const std::vector<double>& known, const std::vector<double>& unknown) {
  require(!known.empty() && !unknown.empty(), ErrorKind::internal,
          "area_under_roc: known and unknown windows");
  std::vector<double> sorted = unknown;
  std::sort(sorted.begin(), sorted.end());
  double wins = 0;
  for (const double k : known) {
    const auto [low, high] = std::equal_range(sorted.begin(), sorted.end(), k);
    wins += static_cast<double>(low - sorted.begin()) + 0.5 * static_cast<double>(high - low);
  }
  return wins / (static_cast<double>(known.size()) * static_cast<double>(unknown.size()));
}

OpenSetMetrics open_set_metrics(const std::vector<double>& known,
                                const std::vector<double>& unknown) {
  constexpr double kAccepted = 0.95;
  OpenSetMetrics m;
  m.auroc = area_under_roc(known, unknown);
  std::vector<double> sorted = known;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const double wanted = std::ceil(kAccepted * static_cast<double>(sorted.size()) - 1e-9);
  const double threshold = sorted[static_cast<std::size_t>(wanted) - 1];
  const auto accepted =
      std::count_if(unknown.begin(), unknown.end(), [&](double u) { return u >= threshold; });
  m.fpr95 = static_cast<double>(accepted) / static_cast<double>(unknown.size());
  return m;
}

}  // namespace wrist::evaluation
