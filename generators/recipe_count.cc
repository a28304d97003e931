// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe_count.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace wrist {
namespace {

using nlohmann::json;

// People are numbered, and the first recordings are one of each.
std::array<std::int64_t, 3> count_people(const Recipe& r) {
  std::array<std::int64_t, 3> people{};
  if (r.recordings >= r.subjects) {
    const SplitLimits& l = r.split_limits;
    return {r.subjects - l.held_people, l.held_people - l.test_people, l.test_people};
  }
  for (std::int64_t p = 0; p < r.recordings; ++p)
    ++people[static_cast<std::size_t>(
        split_of(r.seed, r.split_limits, static_cast<std::uint64_t>(p)))];
  return people;
}

json shown(const std::map<std::string, double>& figures) {
  json all = json::object();
  for (const auto& [name, figure] : figures) all[name] = std::round(figure);
  return all;
}

}  // namespace

RecipeCount count_recordings(const Recipe& r, std::int64_t most) {
  RecipeCount c;
  c.counted = std::min(r.recordings, most);
  c.exact = c.counted == r.recordings;
  c.people = count_people(r);
  const double each = static_cast<double>(r.recordings) / static_cast<double>(c.counted);
  for (std::int64_t k = 0; k < c.counted; ++k) {
    const auto index = c.exact ? static_cast<std::uint64_t>(k)
                               : static_cast<std::uint64_t>((static_cast<double>(k) + 0.5) * each);
    c.classes[recording_class(r, index)] += each;
    c.watches[watch_of(r, index)] += each;
    c.splits[static_cast<std::size_t>(split_of(r.seed, r.split_limits, subject_of(r, index)))] +=
        each;
    c.duration_s += each * recording_duration(r, index);
  }
  return c;
}

double standard_error(const RecipeCount& c, double figure, std::int64_t recordings) {
  if (c.exact) return 0;
  const auto all = static_cast<double>(recordings);
  const double share = figure / all;
  return all * std::sqrt(share * (1 - share) / static_cast<double>(c.counted));
}

std::string to_json(const RecipeCount& c, std::int64_t recordings) {
  json splits, people, errors = json::object();
  for (const Split split : {Split::train, Split::validation, Split::test}) {
    splits[to_string(split)] = std::round(c.splits[static_cast<std::size_t>(split)]);
    people[to_string(split)] = c.people[static_cast<std::size_t>(split)];
  }
  for (const auto& [name, figure] : c.classes) errors[name] = standard_error(c, figure, recordings);
  json out{{"exact", c.exact},
           {"classes", shown(c.classes)},
           {"watches", shown(c.watches)},
           {"splits", splits},
           {"people", people},
           {"counted", c.counted},
           {"duration_s", c.duration_s}};
  if (!c.exact) out["class_standard_errors"] = errors;
  return out.dump(2);
}

}  // namespace wrist
