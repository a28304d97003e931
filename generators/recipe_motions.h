// SPDX-License-Identifier: Apache-2.0
/// The part of a recipe that says what arms do: [motions] and [timeline].
#pragma once

#include "generators/recipe.h"
#include "generators/toml_internal.h"

namespace wrist {

/// `recipe`: the whole table; the recipe's subjects are known.
void read_motions(Recipe& r, const TomlTable& recipe, const Assets& assets);

/// The clips of [motions] in their folder, hashed.
std::vector<ClipSource> read_clips(const TomlTable& motions);

/// Recordings of a recipe that does not say: every clip once with every gesture, every class once
/// by every person, or one day of every person.
std::int64_t recordings_once(const Recipe& r);

}  // namespace wrist
