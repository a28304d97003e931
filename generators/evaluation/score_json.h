// SPDX-License-Identifier: Apache-2.0
/// The figures of groups of windows as JSON; what is not known is null.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/evaluation/score.h"

namespace wrist::evaluation {

inline nlohmann::json number(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

nlohmann::json to_json(const Degradation& degradation);
nlohmann::json to_json(const CorruptionErrors& errors);
nlohmann::json to_json(const std::vector<ContextMetrics>& contexts);
nlohmann::json to_json(const std::vector<Slices>& all);
nlohmann::json to_json(const AttributeMetrics& metrics);

}  // namespace wrist::evaluation
