// SPDX-License-Identifier: Apache-2.0
#include "generators/python/labelled_recording.h"

#include <nlohmann/json.hpp>

#include "generators/dataset_check.h"
#include "generators/dataset_index.h"

namespace wrist {
namespace {

using nlohmann::json;

json to_json(const Attributes& attributes) {
  json all = json::object();
  for (const auto& [name, value] : attributes)
    std::visit([&, &key = name](const auto& v) { all[key] = v; }, value);
  return all;
}

std::vector<StreamSlice> slices(const std::vector<Channel>& channels) {
  std::vector<StreamSlice> all;
  for (const Channel& channel : channels)
    if (channel.name == "t" && channel.group == clock_stream(channel.group))
      all.push_back({channel.group, 0, clock_of(channels, channel.group)});
  return all;
}

Table window_table(const ShardIndex& index) {
  for (Table& table : index.tables())
    if (table.group == "windows") return std::move(table);
  return {"windows", {}, {}};
}

json attributes_by_path(const LabelledRecording& labelled, const ShardHeader& header) {
  json all;
  for (const auto& [group, attributes] : header.group_attributes) all[group] = to_json(attributes);
  for (const Channel& c : labelled.recording.channels)
    all[c.group + "/" + c.name] = to_json(c.attributes);
  all["windows"] = to_json(labelled.windows.attributes);
  return all;
}

json labels(const std::vector<Label>& all) {
  json list = json::array();
  for (const Label& l : all)
    list.push_back({{"start_s", l.start_s}, {"end_s", l.end_s}, {"class", l.class_name}});
  return list;
}

json events(const std::vector<Event>& all) {
  json list = json::array();
  for (const Event& e : all)
    list.push_back({{"start_s", e.start_s},
                    {"end_s", e.end_s},
                    {"class", e.class_name},
                    {"source", e.source},
                    {"confidence", e.confidence},
                    {"speed", e.speed}});
  return list;
}

std::string about(const LabelledRecording& labelled, const ShardHeader& header) {
  const Recording& r = labelled.recording;
  json classes = json::array();
  for (const ClassInfo& c : header.classes) classes.push_back(c.name);
  return json{{"index", r.scenario.index},  {"scenario", json::parse(to_json(r.scenario))},
              {"labels", labels(r.labels)}, {"events", events(r.events)},
              {"classes", classes},         {"attributes", attributes_by_path(labelled, header)}}
      .dump();
}

}  // namespace

LabelledRecording label(Recording recording, const ShardHeader& header) {
  LabelledRecording labelled{std::move(recording), {}, {}, ""};
  const Recording& r = labelled.recording;
  check_channels(r.channels, static_cast<std::int64_t>(r.scenario.index));
  ShardIndex index(header);
  labelled.class_id = index.class_ids(r, clock_of(r.channels, "imu"));
  index.add(r, slices(r.channels), labelled.class_id);
  labelled.windows = window_table(index);
  labelled.about = about(labelled, header);
  return labelled;
}

std::vector<ArrayView> array_views(const LabelledRecording& labelled) {
  std::vector<ArrayView> all;
  const auto add = [&all](const std::string& group, const ColumnSpec& spec,
                          std::span<const std::byte> bytes) {
    all.push_back({group + "/" + spec.name, spec.element,
                   static_cast<std::int64_t>(bytes.size() / spec.row_bytes()), spec.columns,
                   spec.rank(), bytes.data()});
  };
  const std::vector<Channel>& channels = labelled.recording.channels;
  const std::vector<ChannelSpec> specs = channel_specs(channels);
  for (std::size_t i = 0; i < specs.size(); ++i)
    add(specs[i].group, specs[i].column, bytes_of(channels[i]));
  add("imu", {"class_id", Element::i2, 1, "imu_sample", "", {}},
      std::as_bytes(std::span(labelled.class_id)));
  for (const Table::Column& column : labelled.windows.columns)
    add("windows", column.spec, column.values);
  return all;
}

}  // namespace wrist
