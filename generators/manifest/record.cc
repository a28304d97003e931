// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/record.h"

#include <algorithm>
#include <cmath>

namespace wrist {
namespace {

template <typename T>
T sum(const std::vector<DatasetRecord::ShardFile>& shards, T DatasetRecord::ShardFile::*field) {
  T total = 0;
  for (const auto& shard : shards) total += shard.*field;
  return total;
}

}  // namespace

double ColumnStatistics::deviation() const {
  return count > 0 ? std::sqrt(sum_of_squares / static_cast<double>(count)) : 0;
}

// A block by itself in two passes, then joined: exact enough for any length. Source: Chan, Golub
// and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
void ColumnStatistics::add(const double* values, std::int64_t number) {
  std::int64_t found = 0;
  double total = 0;
  for (std::int64_t i = 0; i < number; ++i) {
    if (std::isnan(values[i])) continue;
    least = count + found == 0 ? values[i] : std::min(least, values[i]);
    most = count + found == 0 ? values[i] : std::max(most, values[i]);
    total += values[i];
    ++found;
  }
  missing += number - found;
  if (found == 0) return;
  const double block_mean = total / static_cast<double>(found), step = block_mean - mean;
  double squares = 0;
  for (std::int64_t i = 0; i < number; ++i)
    if (!std::isnan(values[i])) squares += (values[i] - block_mean) * (values[i] - block_mean);
  const double before = static_cast<double>(count), now = static_cast<double>(found);
  mean += step * now / (before + now);
  sum_of_squares += squares + step * step * before * now / (before + now);
  count += found;
}

std::int64_t DatasetRecord::sequences() const { return sum(shards, &ShardFile::sequences); }
std::int64_t DatasetRecord::events() const { return sum(shards, &ShardFile::events); }
std::int64_t DatasetRecord::windows() const { return sum(shards, &ShardFile::windows); }
std::int64_t DatasetRecord::bytes() const { return sum(shards, &ShardFile::bytes); }
double DatasetRecord::seconds() const { return sum(shards, &ShardFile::seconds); }

}  // namespace wrist
