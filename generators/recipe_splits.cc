// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe_splits.h"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/base/rng.h"

namespace wrist {
namespace {

double number_of(const Rng& rng, std::int64_t person) {
  return (rng / static_cast<std::uint64_t>(person)).uniform();
}

// How many of the first places are below a share.
std::int64_t places_below(double share, std::int64_t people) {
  const auto n = static_cast<double>(people);
  const auto inside = [&](std::int64_t place) {
    return (static_cast<double>(place) + 0.5) / n < share;
  };
  std::int64_t count = std::clamp<std::int64_t>(static_cast<std::int64_t>(share * n), 0, people);
  while (count < people && inside(count)) ++count;
  while (count > 0 && !inside(count - 1)) --count;
  return count;
}

// The `rank`-th smallest number, counted from 0: by a histogram first, so that a billion people
// need no memory.
double number_at(const Rng& rng, std::int64_t people, std::int64_t rank) {
  constexpr std::size_t kBins = 1 << 16;
  const auto bin = [](double number) {
    return std::min(kBins - 1, static_cast<std::size_t>(number * static_cast<double>(kBins)));
  };
  std::vector<std::int64_t> counts(kBins);
  for (std::int64_t p = 0; p < people; ++p) ++counts[bin(number_of(rng, p))];
  std::size_t at = 0;
  while (rank >= counts[at]) rank -= counts[at++];
  std::vector<double> candidates;
  for (std::int64_t p = 0; p < people; ++p)
    if (const double number = number_of(rng, p); bin(number) == at) candidates.push_back(number);
  std::nth_element(candidates.begin(), candidates.begin() + rank, candidates.end());
  return candidates[static_cast<std::size_t>(rank)];
}

}  // namespace

SplitLimits split_limits(std::uint64_t seed, std::int64_t people, double test_share,
                         double validation_share) {
  const Rng rng = Rng(seed) / "split";
  SplitLimits limits;
  limits.test_people = places_below(test_share, people);
  limits.held_people =
      std::max(limits.test_people, places_below(test_share + validation_share, people));
  if (limits.test_people > 0) limits.test = number_at(rng, people, limits.test_people - 1);
  if (limits.held_people == limits.test_people)
    limits.validation = limits.test;
  else
    limits.validation = number_at(rng, people, limits.held_people - 1);
  return limits;
}

const std::string& to_string(Split split) {
  static const std::array<std::string, 3> kNames = {"train", "validation", "test"};
  return kNames[static_cast<std::size_t>(split)];
}

Split split_of(std::uint64_t seed, const SplitLimits& limits, std::uint64_t person) {
  const double number = (Rng(seed) / "split" / person).uniform();
  if (number <= limits.test) return Split::test;
  return number <= limits.validation ? Split::validation : Split::train;
}

}  // namespace wrist
