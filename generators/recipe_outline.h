// SPDX-License-Identifier: Apache-2.0
/// What of a scenario is known without drawing the rest of it; see recipe.h for what is public.
#pragma once

#include "generators/recipe.h"

namespace wrist {

/// A class of the recipe by chance: rare ones as often as it says.
const std::string& chance_class(const Recipe& r, const Rng& rng);

}  // namespace wrist
