// SPDX-License-Identifier: Apache-2.0
/// What a list of numbers looks like: quantiles, histograms, and how far two lists are apart.
///
/// Lists hold finite numbers only, in any order; those that are called sorted rise.
#pragma once

#include <cstdint>
#include <vector>

namespace wrist::report {

using Sample = std::vector<float>;  // 4 bytes each: there may be millions

/// Linear between the two nearest of `sorted`, NaN of none. Source: Hyndman and Fan 1996, type 7.
double quantile(const Sample& sorted, double probability);
std::vector<double> quantiles(Sample values, const std::vector<double>& probabilities);

/// The largest distance of two cumulative distributions, 0..1 (Kolmogorov and Smirnov); NaN if one
/// is empty.
double distribution_distance(const Sample& sorted_a, const Sample& sorted_b);

/// Share of `values` below `low` or above `high`; NaN of none.
double share_outside(const Sample& values, double low, double high);

/// Edges of about `bins` bins of a round width (1, 2, 2.5 or 5 times a power of ten) over
/// [low, high]; one bin of width 1 if that is a point.
std::vector<double> round_edges(double low, double high, int bins);

/// Counts between the edges; what lies beyond the ends counts in the end bins.
std::vector<std::int64_t> histogram(const Sample& values, const std::vector<double>& edges);

}  // namespace wrist::report
