// SPDX-License-Identifier: Apache-2.0
/// A recipe's words in, channels out.
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "generators/make_recording.h"
#include "tests/support/assets.h"

namespace wrist::testing {

/// The `index`-th recording of the quickstart, 10 s by one watch, with one-line overrides.
inline Recording record(const std::vector<std::string>& overrides, std::uint64_t index = 0) {
  std::vector<std::string> all = {"duration=10 s", "devices.watch=[\"generic_100hz\"]", "shards=1",
                                  "subjects.count=4"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  const Assets& known = assets();
  const Recipe recipe = shipped_recipe("quickstart", all);
  return make_recording(draw_scenario(recipe, known, index), known, ClipLibrary({}, 1));
}

/// A channel of the recording as numbers.
inline Eigen::ArrayXXd values(const Recording& r, const std::string& group,
                              const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == group && c.name == name)
      return std::visit([](const auto& v) { return Eigen::ArrayXXd(v.template cast<double>()); },
                        c.values);
  ADD_FAILURE() << "no channel " << group << "/" << name;
  return {};
}

inline double spread(const Eigen::ArrayXd& x) { return std::sqrt((x - x.mean()).square().mean()); }

}  // namespace wrist::testing
