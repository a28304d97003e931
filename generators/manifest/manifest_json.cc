// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "generators/manifest/write_manifest.h"

namespace wrist {
namespace {

using nlohmann::json;

constexpr double kHour = 3600;  // s

json to_json(const DatasetRecord::ShardFile& s) {
  return {{"file", s.file},
          {"index", s.index},
          {"bytes", s.bytes},
          {"sha256", s.sha256},
          {"content_sha256", s.content_sha256},
          {"watch", s.watch},
          {"commit", s.commit},
          {"sequences", s.sequences},
          {"events", s.events},
          {"windows", s.windows},
          {"hours", s.seconds / kHour}};
}

json to_json(const DatasetRecord::TableFile& t) {
  json columns = json::array();
  for (const auto& column : t.columns) columns.push_back(column.name);
  return {{"file", t.file},
          {"bytes", t.bytes},
          {"sha256", t.sha256},
          {"rows", t.rows},
          {"columns", columns}};
}

json to_json(const DatasetRecord::ClassRow& c, std::size_t id) {
  return {{"id", id},
          {"name", c.info.name},
          {"parent", c.info.parent},
          {"definition", c.info.definition},
          {"prompts", c.info.prompts},
          {"rare", c.info.rare},
          {"held_out", c.info.held_out},
          {"labelled_by", c.info.by_event ? "event" : "time"},
          {"sequences", c.sequences},
          {"events", c.events},
          {"windows", c.windows},
          {"samples", c.samples},
          {"hours", c.seconds / kHour},
          {"labelled_hours", c.labelled_s / kHour}};
}

json to_json(const std::vector<Tally>& all) {
  json list = json::array();
  for (const Tally& t : all)
    list.push_back({{"name", t.name},
                    {"sequences", t.sequences},
                    {"events", t.events},
                    {"hours", t.seconds / kHour}});
  return list;
}

// A column of nothing but missing samples has no range.
json to_json(const ChannelStatistics& c) {
  json out{{"watch", c.watch}, {"path", c.path}, {"units", c.units}};
  for (const char* name : {"count", "missing", "mean", "sd", "min", "max"})
    out[name] = json::array();
  for (const ColumnStatistics& column : c.columns) {
    const auto value = [&](double x) { return column.count > 0 ? json(x) : json(); };
    out["count"].push_back(column.count);
    out["missing"].push_back(column.missing);
    out["mean"].push_back(value(column.mean));
    out["sd"].push_back(value(column.deviation()));
    out["min"].push_back(value(column.least));
    out["max"].push_back(value(column.most));
  }
  return out;
}

json split_json(const DatasetRecord& r) {
  json members = json::object();
  for (const Tally& split : r.splits) members[split.name] = json::array();
  for (const auto& [subject, split] : r.subject_splits) members[split].push_back(subject);
  return {{"rule", r.split_rule},
          {"seed", r.seed},
          {"disjoint_by", r.split_disjoint_by},
          {"tables", to_json(r.splits)},
          {"subjects", members}};
}

template <typename Rows>
json list(const Rows& rows) {
  json all = json::array();
  for (const auto& row : rows) all.push_back(to_json(row));
  return all;
}

}  // namespace

std::string manifest_json(const DatasetRecord& r) {
  json classes = json::array(), clips = json::array();
  for (std::size_t id = 0; id < r.classes.size(); ++id)
    classes.push_back(to_json(r.classes[id], id));
  for (const auto& clip : r.clips) clips.push_back({{"name", clip.name}, {"sha256", clip.sha256}});
  const json recipe = json::parse(r.recipe_json, nullptr, false);
  return json{{"schema_version", r.schema_version},
              {"dataset_id", r.dataset_id},
              {"title", r.title},
              {"license", r.license},
              {"history", r.history},
              {"generator",
               {{"name", "wristsim"}, {"version", r.generator_version}, {"commits", r.commits}}},
              {"recipe", recipe.is_discarded() ? json(r.recipe_json) : recipe},
              {"recipe_sha256", r.recipe_sha256},
              {"seed", r.seed},
              {"counts",
               {{"planned", r.planned},
                {"shards", r.shards.size()},
                {"sequences", r.sequences()},
                {"events", r.events()},
                {"windows", r.windows()},
                {"subjects", r.subjects.size()},
                {"bytes", r.bytes()},
                {"hours", r.seconds() / kHour}}},
              {"shards", list(r.shards)},
              {"tables", list(r.tables)},
              {"classes", classes},
              {"subjects", to_json(r.subjects)},
              {"devices", to_json(r.devices)},
              {"splits", split_json(r)},
              {"clips", clips},
              {"statistics", list(r.statistics)}}
             .dump(1) +
         "\n";
}

}  // namespace wrist
