// SPDX-License-Identifier: Apache-2.0
#include "generators/summary_json.h"

#include <nlohmann/json.hpp>

namespace wrist {

using nlohmann::json;

std::string summary_json(const ShardSummary& s) {
  json streams = json::array(), classes = json::array();
  for (const auto& stream : s.streams)
    streams.push_back({{"group", stream.group},
                       {"rows", stream.rows},
                       {"rate_hz", stream.rate_hz},
                       {"channels", stream.channels}});
  for (const auto& c : s.classes)
    classes.push_back({{"name", c.name}, {"sequences", c.sequences}, {"samples", c.samples}});
  return json{{"file", s.file},
              {"title", s.title},
              {"recipe_sha256", s.recipe_sha256},
              {"content_sha256", s.content_sha256},
              {"generator_version", s.generator_version},
              {"seed", s.seed},
              {"shard_index", s.shard_index},
              {"shard_count", s.shard_count},
              {"sequences", s.sequences},
              {"subjects", s.subjects},
              {"events", s.events},
              {"duration_s", s.duration_s},
              {"streams", streams},
              {"classes", classes}}
      .dump();
}

}  // namespace wrist
