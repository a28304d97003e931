// SPDX-License-Identifier: Apache-2.0
#include "generators/law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// At a share of kLeastInside inside, all of these miss once in 1e17 draws.
constexpr std::uint64_t kMostTries = 4000;

// The first of a stream's standard normals that `value` maps into the ends.
template <typename Value>
double draw_within(double lowest, double highest, const Rng& rng, const Value& value) {
  for (std::uint64_t k = 0; k < kMostTries; ++k)
    if (const double x = value((k == 0 ? rng : rng / k).normal()); x >= lowest && x <= highest)
      return x;
  throw Error(ErrorKind::internal, "a truncated law never fell within its ends");
}

double draw_from(const UniformLaw& u, const Rng& rng) {
  return u.lowest + (u.highest - u.lowest) * rng.uniform();
}
double draw_from(const NormalLaw& n, const Rng& rng) {
  return draw_within(n.lowest, n.highest, rng, [&n](double z) { return n.mean + n.sd * z; });
}
double draw_from(const LogNormalLaw& l, const Rng& rng) {
  const double spread = portable::log(l.factor);
  return draw_within(l.lowest, l.highest, rng,
                     [&](double z) { return l.median * portable::exp(spread * z); });
}
double draw_from(const ChoiceLaw& c, const Rng& rng) {
  return c.values[pick(c.weights, c.values.size(), rng)];
}

double below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// The ends in standard deviations from the middle.
std::array<double, 2> ends(const NormalLaw& n) {
  return {(n.lowest - n.mean) / n.sd, (n.highest - n.mean) / n.sd};
}
std::array<double, 2> ends(const LogNormalLaw& l) {
  const auto z = [&l](double x) {
    return x > 0 ? std::log(x / l.median) / std::log(l.factor)
                 : -std::numeric_limits<double>::infinity();
  };
  return {z(l.lowest), z(l.highest)};
}

double value_at(const NormalLaw& n, double z) { return n.mean + n.sd * z; }
double value_at(const LogNormalLaw& l, double z) { return l.median * std::pow(l.factor, z); }

// Midpoint rule over the truncated law; +-12 standard deviations stand for no end.
template <typename T>
double truncated_mean(const T& law) {
  constexpr int kSteps = 20000;
  const auto [a, b] = ends(law);
  const double from = std::max(a, -12.0), step = (std::min(b, 12.0) - from) / kSteps;
  double sum = 0, weight = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double z = from + (i + 0.5) * step, w = std::exp(-0.5 * z * z);
    sum += w * value_at(law, z);
    weight += w;
  }
  return sum / weight;
}

double mean_of(const UniformLaw& u) { return 0.5 * (u.lowest + u.highest); }
double mean_of(const NormalLaw& n) { return truncated_mean(n); }
double mean_of(const LogNormalLaw& l) { return truncated_mean(l); }
double mean_of(const ChoiceLaw& c) {
  const auto count = static_cast<double>(c.values.size());
  if (c.weights.empty()) return std::accumulate(c.values.begin(), c.values.end(), 0.0) / count;
  return std::inner_product(c.values.begin(), c.values.end(), c.weights.begin(), 0.0) /
         std::accumulate(c.weights.begin(), c.weights.end(), 0.0);
}

template <typename T>
std::array<double, 2> support(const T& law) {
  return {law.lowest, law.highest};
}
std::array<double, 2> support(const ChoiceLaw& c) {
  const auto [least, most] = std::minmax_element(c.values.begin(), c.values.end());
  return {*least, *most};
}

template <typename T>
double inside(const T& law) {
  const auto [a, b] = ends(law);
  return below(b) - below(a);
}
double inside(const UniformLaw&) { return 1; }
double inside(const ChoiceLaw&) { return 1; }

}  // namespace

double draw(const Law& law, const Rng& rng) {
  return std::visit([&rng](const auto& l) { return draw_from(l, rng); }, law);
}
double lowest(const Law& law) {
  return std::visit([](const auto& l) { return support(l)[0]; }, law);
}
double highest(const Law& law) {
  return std::visit([](const auto& l) { return support(l)[1]; }, law);
}
double mean(const Law& law) {
  return std::visit([](const auto& l) { return mean_of(l); }, law);
}
double share_inside(const Law& law) {
  return std::visit([](const auto& l) { return inside(l); }, law);
}

bool Mix::has(const std::string& name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t pick(const std::vector<double>& weights, std::size_t count, const Rng& rng) {
  if (weights.empty()) return rng.below(count);
  double left = rng.uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t last = 0;  // where rounding leaves something over: the last that has a weight
  for (std::size_t i = 0; i < count; ++i) {
    if (weights[i] <= 0) continue;
    last = i;
    if ((left -= weights[i]) < 0) return i;
  }
  return last;
}

const std::string& pick(const Mix& mix, const Rng& rng) {
  return mix.names[pick(mix.weights, mix.names.size(), rng)];
}

}  // namespace wrist
