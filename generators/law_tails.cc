// SPDX-License-Identifier: Apache-2.0
#include "generators/law_tails.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kFarthest = 8;  // standard deviations; beyond lies 1e-15

// Marsaglia 2004, "Evaluating the normal distribution", J. Stat. Softw. 11(4).
double normal_below(double z) {
  double term = z, sum = z;
  for (int i = 3; std::abs(term) > 1e-17 * std::abs(sum); i += 2) sum += term *= z * z / i;
  return 0.5 + sum * portable::exp(-0.5 * z * z) / std::sqrt(2 * kPi);
}

// The z of that probability in a standard normal between two ends, by halving.
double normal_quantile(double p, double lowest, double highest) {
  double a = std::clamp(lowest, -kFarthest, kFarthest);
  double b = std::clamp(highest, -kFarthest, kFarthest);
  const double below_a = normal_below(a);
  const double wanted = below_a + p * (normal_below(b) - below_a);
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (a + b);
    (normal_below(middle) < wanted ? a : b) = middle;
  }
  return 0.5 * (a + b);
}

double value_at(const UniformLaw& u, double p) { return u.lowest + (u.highest - u.lowest) * p; }
double value_at(const NormalLaw& n, double p) {
  const double z = normal_quantile(p, (n.lowest - n.mean) / n.sd, (n.highest - n.mean) / n.sd);
  return std::clamp(n.mean + n.sd * z, n.lowest, n.highest);
}
double value_at(const LogNormalLaw& l, double p) {
  const double spread = portable::log(l.factor);
  const auto z = [&](double x) {
    return x <= 0             ? -kFarthest
           : std::isfinite(x) ? portable::log(x / l.median) / spread
                              : kFarthest;
  };
  return std::clamp(
      l.median * portable::exp(spread * normal_quantile(p, z(l.lowest), z(l.highest))), l.lowest,
      l.highest);
}
double value_at(const ChoiceLaw& c, double p) {
  std::vector<std::size_t> order(c.values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&c](std::size_t a, std::size_t b) { return c.values[a] < c.values[b]; });
  const auto weight = [&c](std::size_t i) { return c.weights.empty() ? 1.0 : c.weights[i]; };
  double whole = 0, sum = 0;
  for (const std::size_t i : order) whole += weight(i);
  double last = c.values[order.front()];
  for (const std::size_t i : order) {
    if (weight(i) <= 0) continue;
    last = c.values[i];
    if ((sum += weight(i)) >= p * whole) return last;
  }
  return last;
}

}  // namespace

double quantile(const Law& law, double p) {
  return std::visit([p](const auto& l) { return value_at(l, p); }, law);
}

double tail_probability(double beyond, const Rng& rng) {
  const double u = 2 * rng.uniform();
  return u < 1 ? u * (1 - beyond) : beyond + (u - 1) * (1 - beyond);
}

}  // namespace wrist
