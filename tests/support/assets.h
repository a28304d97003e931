// SPDX-License-Identifier: Apache-2.0
/// The assets and recipes of the checkout, read once per test program.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/recipe.h"

namespace wrist::testing {

inline std::filesystem::path asset_folder() {
  return std::filesystem::path(WRIST_SOURCE_DIR) / "assets";
}

inline const Assets& assets() {
  static const Assets kAssets = load_assets(asset_folder());
  return kAssets;
}

/// A shipped recipe, such as "quickstart", with overrides "KEY=VALUE".
inline Recipe shipped_recipe(const std::string& name, const std::vector<std::string>& overrides) {
  return read_recipe(asset_folder() / "recipes" / (name + ".toml"), overrides, assets());
}

}  // namespace wrist::testing
