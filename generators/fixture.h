// SPDX-License-Identifier: Apache-2.0
/// Fixtures: small sets a recogniser is tested with, made from the recipes of assets/fixtures.
///
///   assets/fixtures/NAME.toml -> run -> shard-00000-of-00001.h5, events.json, sensorlog/,
///                                       manifest.json
///
/// The content depends on the recipe, its seed and the generator's version alone; the bytes also on
/// the toolchain.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generators/recipe.h"

namespace wrist {

struct FixtureInfo {
  std::string name, title;
  std::filesystem::path recipe;  // where it is on this machine
};

/// Every fixture there is, by name. Throws Error(usage) if a recipe cannot be read.
std::vector<FixtureInfo> list_fixtures(const Assets& assets);

struct FixtureOptions {
  std::filesystem::path out;
  std::optional<std::int64_t> seed;    // in place of the recipe's
  std::vector<std::string> overrides;  // "KEY=VALUE"
  int jobs = 1;
  bool force = false;          // replace what another recipe left in the folder
  std::function<bool()> stop;  // true: end now, leave no half shard
};

/// What was made; manifest.json is this.
struct Fixture {
  std::string name, title, remake;  // `remake`: the command that makes it again
  std::string generator_version, generator_commit;
  std::string recipe_json, recipe_sha256, content_sha256;
  std::string counts_sha256;  // of the integers alone, the same on every machine; see golden.h
  std::uint64_t seed = 0;
  struct File {
    std::string name, sha256;
    std::uint64_t bytes = 0;
  };
  std::vector<File> files;
  struct Expected {
    std::int64_t recordings = 0;
    std::map<std::string, std::int64_t> samples;  // by stream
    std::map<std::string, std::int64_t> events;   // by class: times it was performed, in all
    std::map<std::string, std::int64_t> flags;    // by meaning: samples of "imu" that have it
  } expected;
};

/// Makes the fixture in options.out, in place of an older one of the same recipe. Throws
/// Error(usage) for an unknown name, for more than one shard or if the folder holds another
/// recipe's shard, and as run does; a recording that fails is an error.
Fixture make_fixture(const Assets& assets, const std::string& name, const FixtureOptions& options);

/// One JSON object.
std::string to_json(const Fixture& fixture);

}  // namespace wrist
