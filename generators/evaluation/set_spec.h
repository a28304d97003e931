// SPDX-License-Identifier: Apache-2.0
/// What an evaluation set is made of: recipes, one for each side, and how classes are parted.
///
///   assets/evaluation/default.toml + overrides -> read_set_spec -> SetSpec
///
/// Every side has a seed of its own, drawn from the set's: other people, other units, other
/// instances, whatever the recipes share.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/evaluation/clients.h"
#include "generators/evaluation/few_shot.h"
#include "generators/evaluation/folds.h"
#include "generators/recipe.h"

namespace wrist::evaluation {

struct SideSpec {
  std::string name;  // "train", "validation", "plain", or the context's
  Recipe recipe;
};

struct SetSpec {
  std::string title;
  std::uint64_t seed = 1;
  SideSpec train;
  std::vector<SideSpec> validation;  // one or none
  std::vector<SideSpec> test;        // "plain" first, then the contexts by name
  FoldSpec folds;
  FewShotSpec few_shot;
  ClientsSpec clients;
  std::vector<std::string> disjoint_by;  // AuditOptions: "strap", "watch"; may be empty
};

/// Overrides: "KEY=VALUE" of the file, such as few_shot.episodes=5, or of a side's recipe, with the
/// side in front: train.recordings=200, walking.wear.wetness=2. Throws Error(usage).
SetSpec read_set_spec(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                      const Assets& assets);

/// SHA-256 of everything the set depends on but the program.
std::string set_sha256(const SetSpec& spec);

}  // namespace wrist::evaluation
