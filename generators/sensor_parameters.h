// SPDX-License-Identifier: Apache-2.0
/// The keys of [sensor]: how each is written, its limits, and what it sets.
#pragma once

#include <span>

#include "generators/law_toml.h"
#include "generators/recipe.h"

namespace wrist {

struct SensorParameter {
  const char* key;   // as one writes it
  const char* json;  // as the resolved recipe and the scenario call it, in SI units
  Limits limits;
  bool one;  // the same in every recording: no law but a constant
  std::optional<double> SensorSettings::*value;
};
std::span<const SensorParameter> sensor_parameters();

/// The settings that are the same in every recording of the recipe.
SensorSettings sensor_of_all(const Recipe& recipe);

/// Reads [sensor]. Throws Error(usage).
void read_sensor(Recipe& recipe, const TomlTable& table);

}  // namespace wrist
