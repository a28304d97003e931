// SPDX-License-Identifier: Apache-2.0
/// A clean recording of the shipped stress recipe and its corrupted twins.
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "generators/evaluation/stress_suite.h"
#include "generators/flag_masks.h"
#include "tests/generators/recipe_fixture.h"

namespace wrist::testing {

using namespace evaluation;

inline const std::vector<StressSpec>& stress_library() {
  static const std::vector<StressSpec> kSpecs = stress_specs(assets());
  return kSpecs;
}

inline const StressSpec& stress_spec(const std::string& name) {
  for (const StressSpec& spec : stress_library())
    if (spec.name == name) return spec;
  throw std::runtime_error("no corruption " + name);
}

/// Severity 0: clean.
inline Recipe stressed(const std::string& name, int severity,
                       const std::vector<std::string>& more = {}) {
  std::vector<std::string> set = more;
  if (severity > 0) {
    const auto& own = stress_spec(name).severities.at(static_cast<std::size_t>(severity - 1)).set;
    set.insert(set.end(), own.begin(), own.end());
  }
  return shipped_recipe("stress", set);
}

inline Recording stressed_recording(const std::string& name, int severity,
                                    const std::vector<std::string>& more = {},
                                    std::uint64_t index = 0) {
  return make_recording(draw_scenario(stressed(name, severity, more), assets(), index), assets(),
                        ClipLibrary({}, 1));
}

/// Counts of a channel times its scale.
inline Eigen::ArrayXXd in_units(const Recording& r, const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == "imu" && c.name == name)
      return values(r, "imu", name) * std::get<double>(c.attributes.at("scale_factor"));
  ADD_FAILURE() << "no channel imu/" << name;
  return {};
}

/// The bit of the imu's flags that means `name`.
inline int flag_bit(const Recording& r, const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == "imu" && c.name == "flags")
      return static_cast<int>(flag_mask(c.attributes, name));
  return 0;
}

/// Whether each row has the flag.
inline std::vector<bool> flagged(const Recording& r, const std::string& name) {
  const int bit = flag_bit(r, name);
  std::vector<bool> rows;
  const Eigen::ArrayXXd flags = values(r, "imu", "flags");
  for (Index i = 0; i < flags.rows(); ++i)
    rows.push_back((static_cast<int>(flags(i, 0)) & bit) != 0);
  return rows;
}

inline double share(const std::vector<bool>& rows) {
  return static_cast<double>(std::count(rows.begin(), rows.end(), true)) /
         static_cast<double>(rows.size());
}

/// Root mean square of what differs, g and rad/s added up.
inline double difference(const Recording& a, const Recording& b) {
  double sum = 0;
  for (const char* name : {"accel", "gyro"}) {
    const Eigen::ArrayXXd one = in_units(a, name), other = in_units(b, name);
    const Eigen::Index rows = std::min(one.rows(), other.rows());
    sum += std::sqrt((one.topRows(rows) - other.topRows(rows)).square().mean()) /
           (std::string(name) == "accel" ? 9.80665 : 1);
  }
  return sum;
}

}  // namespace wrist::testing
