// SPDX-License-Identifier: Apache-2.0
/// A Monte Carlo mean and how far to trust it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace wrist {

struct Estimate {
  double value = 0;
  double error = 0;  // one standard error
};

/// Sums over photons of a score each; who is not added scores 0.
struct Score {
  double sum = 0, squares = 0;

  void add(double x) {
    sum += x;
    squares += x * x;
  }
  Score& operator+=(const Score& other) {
    sum += other.sum;
    squares += other.squares;
    return *this;
  }
  Estimate mean(std::int64_t photons) const {
    const double n = static_cast<double>(photons), average = sum / n;
    return {average, std::sqrt(std::max(0., squares / n - average * average) / n)};
  }
  /// How many photons of equal score would be as sure.
  double effective() const { return squares > 0 ? sum * sum / squares : 0; }
};

/// Sums for the mean of a length over photons of unequal weight: a ratio of two random sums.
struct WeightedLength {
  Score share;                    // of weight x length
  double ww = 0, wwl = 0, w = 0;  // sums of weight^2, weight^2 x length, weight

  void add(double weight, double length) {
    share.add(weight * length);
    w += weight;
    ww += weight * weight;
    wwl += weight * weight * length;
  }
  WeightedLength& operator+=(const WeightedLength& other) {
    share += other.share;
    w += other.w;
    ww += other.ww;
    wwl += other.wwl;
    return *this;
  }
  /// Error to first order: sum of weight^2 (length - mean)^2.
  Estimate mean() const {
    if (w <= 0) return {};
    const double m = share.sum / w;
    return {m, std::sqrt(std::max(0., share.squares - 2 * m * wwl + m * m * ww)) / w};
  }
};

}  // namespace wrist
