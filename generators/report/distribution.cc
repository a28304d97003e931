// SPDX-License-Identifier: Apache-2.0
#include "generators/report/distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wrist::report {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double round_step(double rough) {
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1., 2., 2.5, 5.})
    if (rough <= factor * power * (1 + 1e-9)) return factor * power;
  return 10 * power;
}

}  // namespace

double quantile(const Sample& sorted, double probability) {
  if (sorted.empty()) return kNone;
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double share = at - static_cast<double>(below);
  return (1 - share) * sorted[below] + share * sorted[above];
}

std::vector<double> quantiles(Sample values, const std::vector<double>& probabilities) {
  std::sort(values.begin(), values.end());
  std::vector<double> found;
  for (const double p : probabilities) found.push_back(quantile(values, p));
  return found;
}

double distribution_distance(const Sample& sorted_a, const Sample& sorted_b) {
  if (sorted_a.empty() || sorted_b.empty()) return kNone;
  double largest = 0;
  for (std::size_t a = 0, b = 0; a < sorted_a.size() && b < sorted_b.size();) {
    const float value = std::min(sorted_a[a], sorted_b[b]);
    while (a < sorted_a.size() && sorted_a[a] == value) ++a;
    while (b < sorted_b.size() && sorted_b[b] == value) ++b;
    largest =
        std::max(largest, std::abs(static_cast<double>(a) / static_cast<double>(sorted_a.size()) -
                                   static_cast<double>(b) / static_cast<double>(sorted_b.size())));
  }
  return largest;
}

double share_outside(const Sample& values, double low, double high) {
  if (values.empty()) return kNone;
  const auto outside = [=](float value) { return value < low || value > high; };
  return static_cast<double>(std::count_if(values.begin(), values.end(), outside)) /
         static_cast<double>(values.size());
}

std::vector<double> round_edges(double low, double high, int bins) {
  if (high - low <= 1e-9 * std::max(1., std::abs(low)))
    return {std::floor(low), std::floor(low) + 1};
  const double step = round_step((high - low) / bins);
  const double first = std::floor(low / step + 1e-9), last = std::ceil(high / step - 1e-9);
  std::vector<double> edges;
  for (double k = first; k <= last; ++k) edges.push_back(k * step);
  return edges;
}

std::vector<std::int64_t> histogram(const Sample& values, const std::vector<double>& edges) {
  std::vector<std::int64_t> counts(edges.size() - 1);
  for (const float value : values) {
    const auto above = std::upper_bound(edges.begin(), edges.end(), static_cast<double>(value));
    const auto bin =
        std::clamp<std::ptrdiff_t>(above - edges.begin() - 1, 0, std::ssize(counts) - 1);
    ++counts[static_cast<std::size_t>(bin)];
  }
  return counts;
}

}  // namespace wrist::report
