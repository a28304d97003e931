// SPDX-License-Identifier: Apache-2.0
/// Every number of a recipe that is drawn: its key, unit, limits, and what it is called in the
/// resolved recipe. Reading and writing go through this one list.
#pragma once

#include <span>

#include "generators/law_toml.h"
#include "generators/recipe.h"

namespace wrist {

struct Parameter {
  const char* table;  // "wear"; empty: of the recipe itself
  const char* key;    // as one writes it
  const char* json;   // as the resolved recipe calls it, in SI units
  Limits limits;
  Law Recipe::*law;
};
std::span<const Parameter> recipe_parameters();

/// Reads those of one table of the recipe.
void read_parameters(Recipe& recipe, const TomlTable& table, const std::string& name);

/// Limits of what is not in the list: the multipliers of [imu], and who people are.
Limits imu_limits();
Limits age_limits();
Limits heart_rate_limits();
Limits stretch_limits();
Limits under_limits();

/// A number of things: whole values, uniform or a choice. Throws Error(usage).
void check_whole(const TomlTable& table, const std::string& key, const Law& law);
/// Draws it; uniform over the whole numbers from lowest to highest.
std::int64_t draw_whole(const Law& law, const Rng& rng);

}  // namespace wrist
