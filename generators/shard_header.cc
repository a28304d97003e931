// SPDX-License-Identifier: Apache-2.0
#include "generators/shard_header.h"

#include <algorithm>

#include "generators/class_card.h"
#include "generators/library.h"
#include "generators/record_channels.h"
#include "generators/run.h"
#include "generators/sensor_parameters.h"

namespace wrist {

std::vector<std::string> clip_vocabulary(const Recipe& recipe, const Assets& assets) {
  std::vector<std::string> names;
  for (const ClipSource& clip : recipe.clips) names.push_back(clip.name);
  for (const std::string& activity : recipe_activities(recipe, assets))
    names.push_back("activity:" + activity);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

ShardHeader shard_header(const Recipe& recipe, const Assets& assets, std::int64_t shard) {
  ShardHeader header;
  header.recipe_json = to_json(recipe);
  header.recipe_sha256 = recipe_sha256(recipe);
  header.dataset_id = "wristsim-" + header.recipe_sha256.substr(0, 12);
  header.title = recipe.title;
  header.license = recipe.license;
  header.history = recipe.history.empty() ? "wristsim " + version() + " generate" : recipe.history;
  header.generator_version = version();
  header.generator_commit = commit();
  header.seed = recipe.seed;
  header.shard_index = shard;
  header.shard_count = recipe.shards;
  header.classes = recipe_classes(recipe, assets);
  if (!header.classes.empty() && !header.classes.front().attributes.empty())
    header.class_attributes =
        attribute_names(read_attribute_schema(assets.folder / "classes" / "attributes.toml"));
  for (const ClipSource& clip : recipe.clips)  // a clip carries its class from end to end
    for (ClassInfo& c : header.classes) c.by_event = c.by_event && c.name != clip.class_name;
  for (std::int64_t s = 0; s < recipe.subjects; ++s)
    header.subjects.push_back(subject_id(static_cast<std::uint64_t>(s)));
  header.clips = clip_vocabulary(recipe, assets);
  header.devices = device_ids(recipe);
  header.straps = recipe.straps.names;
  header.placements = placement_ids();
  const WatchSpec watch =
      set_up(assets.watch(watch_of_shard(recipe, shard)), sensor_of_all(recipe));
  header.group_attributes = group_attributes(watch);
  header.group_attributes.merge(magnetometer_attributes(watch));
  header.split_rule = "subjects in a drawn order: test first, then validation, then train";
  header.split_disjoint_by = {"subject"};
  return header;
}

}  // namespace wrist
