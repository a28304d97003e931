// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/check_manifest.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "generators/sha256.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// One entry with file, bytes and sha256.
void check_file(const fs::path& folder, const json& entry, Problems& problems) {
  const std::string name = entry.at("file");
  const fs::path file = folder / fs::path(name).filename();
  if (!fs::exists(file)) {
    problems.add(name + ": missing, the manifest lists it");
    return;
  }
  const auto bytes = static_cast<std::int64_t>(fs::file_size(file));
  const std::int64_t says = entry.at("bytes");
  if (bytes != says)
    problems.add(name + ": " + std::to_string(bytes) + " bytes, the manifest says " +
                 std::to_string(says));
  else if (file_sha256(file) != entry.at("sha256").get<std::string>())
    problems.add(name + ": its SHA-256 is not the manifest's");
}

void check_shard(const fs::path& folder, const json& entry, const std::string& recipe,
                 Problems& problems) {
  check_file(folder, entry, problems);
  const std::string name = entry.at("file");
  const fs::path file = folder / fs::path(name).filename();
  if (!fs::exists(file)) return;
  try {
    const ShardIdentity there = read_identity(file);
    const auto expect = [&](bool same, const char* what) {
      if (!same) problems.add(name + ": " + what + " is not the manifest's");
    };
    expect(there.content_sha256 == entry.at("content_sha256").get<std::string>(), "content_sha256");
    expect(there.sequences == entry.at("sequences").get<std::int64_t>(), "number of recordings");
    expect(there.shard_index == entry.at("index").get<std::int64_t>(), "number");
    expect(there.recipe_sha256 == recipe, "recipe_sha256");
  } catch (const Error&) {
    // Said when the shard itself was looked at.
  }
}

void check_total(const json& manifest, const char* name, Problems& problems) {
  std::int64_t sum = 0;
  for (const json& shard : manifest.at("shards")) sum += shard.at(name).get<std::int64_t>();
  const std::int64_t says = manifest.at("counts").at(name);
  if (sum != says)
    problems.add("manifest.json: counts." + std::string(name) + " is " + std::to_string(says) +
                 ", its shards have " + std::to_string(sum));
}

void check_all(const ShardSet& set, const json& manifest, Problems& problems) {
  if (std::ssize(manifest.at("shards")) != std::ssize(set.files))
    problems.add("manifest.json: lists " + std::to_string(manifest.at("shards").size()) +
                 " shards of " + std::to_string(set.files.size()));
  const std::string recipe = manifest.at("recipe_sha256");
  for (const json& shard : manifest.at("shards")) check_shard(set.folder, shard, recipe, problems);
  for (const json& table : manifest.at("tables")) check_file(set.folder, table, problems);
  for (const char* name : {"sequences", "events", "windows", "bytes"})
    check_total(manifest, name, problems);
}

}  // namespace

void check_manifest(const ShardSet& set, Problems& problems) {
  std::ifstream in(set.folder / "manifest.json");
  const json manifest = json::parse(in, nullptr, false);
  if (!manifest.is_object()) {
    problems.add("manifest.json: expected a JSON object; run wristsim merge again");
    return;
  }
  try {
    check_all(set, manifest, problems);
  } catch (const json::exception& error) {
    problems.add(std::string("manifest.json: not as its schema says: ") + error.what());
  }
}

}  // namespace wrist
