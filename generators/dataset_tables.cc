// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "generators/dataset_index.h"

namespace wrist {
namespace {

constexpr const char* kSequence = "sequence";
constexpr const char* kEvent = "event";
constexpr const char* kWindow = "window";

Attributes about(const std::string& long_name, const std::string& units = "") {
  Attributes attributes{{"long_name", long_name}};
  if (!units.empty()) attributes["units"] = units;
  return attributes;
}

Attributes about_id(const std::string& long_name, const std::string& vocabulary) {
  return {{"long_name", long_name + ", -1 for none"}, {"vocabulary", vocabulary}};
}

// "tap_double slow_walk": CF wants words without blanks.
std::string meanings(const std::vector<std::string>& names) {
  std::string text;
  for (std::string name : names) {
    for (char& c : name)
      if (c == ' ') c = '_';
    text += (text.empty() ? "" : " ") + name;
  }
  return text;
}

// "first line\nsecond line": an attribute holds no list of lists.
std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "\n") + text;
  return all;
}

}  // namespace

Attributes flag_attributes(const std::string& long_name, const std::string& none,
                           const std::vector<std::string>& names) {
  std::vector<std::int64_t> values;
  std::vector<std::string> words;
  if (!none.empty()) values.push_back(-1), words.push_back(none);
  for (std::size_t i = 0; i < names.size(); ++i) values.push_back(static_cast<std::int64_t>(i));
  words.insert(words.end(), names.begin(), names.end());
  return {{"long_name", long_name}, {"flag_values", values}, {"flag_meanings", meanings(words)}};
}

std::vector<Table> ShardIndex::tables() const {
  std::vector<Table> all = {sequence_table(), event_table(), window_table(),
                            split_table(),    class_table(), vocabulary_table()};
  for (Table& table : all) {
    const auto extra = header_.group_attributes.find(table.group);
    if (extra != header_.group_attributes.end())
      table.attributes.insert(extra->second.begin(), extra->second.end());
  }
  return all;
}

Table ShardIndex::sequence_table() const {
  std::vector<std::string> arms;
  for (const auto& [wearer, text] : sequence_.arms) arms.push_back(text);
  Table table{"sequences", {{"scenarios", sequence_.scenarios}, {"arms", arms}}, {}};
  const auto add = [&](const std::string& name, const auto& values, const Attributes& attributes) {
    table.columns.push_back(table_column(name, kSequence, values, attributes));
  };
  for (const StreamRows& s : streams_) {
    add(s.stream + "_start", s.start, about("first row in /" + s.stream));
    Attributes count = about("rows in /" + s.stream);
    count["sample_dimension"] = s.stream + "_sample";
    add(s.stream + "_count", s.count, count);
  }
  add("duration", sequence_.duration, about("duration", "s"));
  add("subject", sequence_.subject, about_id("person", "/vocab subjects"));
  add("clip", sequence_.clip, about_id("motion clip", "/vocab clips"));
  add("device", sequence_.device, about_id("watch and unit", "/vocab devices"));
  add("strap", sequence_.strap, about_id("strap", "/vocab straps"));
  add("placement", sequence_.placement, about_id("side and tightness", "/vocab placements"));
  add("class_id", sequence_.class_id, about_id("class the recording is about", "/classes names"));
  add("seed", sequence_.seed, about("seed of the recording"));
  add("index", sequence_.index, about("number of the recording over all shards"));
  add("split", sequence_.split, flag_attributes("split", "none", splits_.names()));
  return table;
}

Table ShardIndex::event_table() const {
  Table table{"events", {{"names", event_classes_.names()}, {"sources", sources_.names()}}, {}};
  const auto add = [&](const std::string& name, const auto& values, const Attributes& attributes) {
    table.columns.push_back(table_column(name, kEvent, values, attributes));
  };
  add("sequence", event_.sequence, about("row of /sequences"));
  add("start_ns", event_.start_ns, about("start since the start of the recording", "ns"));
  add("end_ns", event_.end_ns, about("end since the start of the recording", "ns"));
  add("class_id", event_.class_id, about_id("what happened", "/events names"));
  add("source", event_.source, flag_attributes("who says so", "unknown", sources_.names()));
  add("confidence", event_.confidence, about("confidence", "1"));
  add("speed", event_.speed, about("closing speed of a contact, NaN where there is none", "m s-1"));
  return table;
}

Table ShardIndex::window_table() const {
  Table table{"windows", {{"length_s", header_.window_s}, {"hop_s", header_.window_hop_s}}, {}};
  const auto add = [&](const std::string& name, const auto& values, const Attributes& attributes) {
    table.columns.push_back(table_column(name, kWindow, values, attributes));
  };
  add("sequence", window_.sequence, about("row of /sequences"));
  for (const StreamRows& s : streams_) {
    table.attributes[s.stream + "_length"] = window_length(s.stream);
    add(s.stream + "_start", s.window_start, about("first row in /" + s.stream));
  }
  add("class_id", window_.class_id, about_id("class of an event that lies whole in the window, else of most samples", "/classes names"));
  add("purity", window_.purity, about("share of samples of that class", "1"));
  return table;
}

Table ShardIndex::split_table() const {
  Table table{"splits",
              {{"rule", header_.split_rule},
               {"seed", header_.seed},
               {"disjoint_by", header_.split_disjoint_by}},
              {}};
  for (std::size_t k = 0; k < splits_.names().size(); ++k) {
    std::vector<std::int32_t> rows;
    for (std::size_t i = 0; i < sequence_.split.size(); ++i)
      if (sequence_.split[i] == static_cast<std::int8_t>(k))
        rows.push_back(static_cast<std::int32_t>(i));
    const std::string& name = splits_.names()[k];
    table.columns.push_back(
        table_column(name, name + "_sequence", rows, about("rows of /sequences")));
  }
  return table;
}

Table ShardIndex::class_table() const {
  std::vector<std::string> definitions, prompts, parents, labelled_by;
  std::vector<std::int16_t> ids;
  std::vector<std::uint8_t> rare, held_out;
  std::vector<float> matrix;
  for (const ClassInfo& c : header_.classes) {
    ids.push_back(static_cast<std::int16_t>(ids.size()));
    definitions.push_back(c.definition);
    prompts.push_back(lines(c.prompts));
    parents.push_back(c.parent);
    labelled_by.push_back(c.by_event ? "event" : "time");
    rare.push_back(c.rare), held_out.push_back(c.held_out);
    for (const double value : c.attributes) matrix.push_back(static_cast<float>(value));
  }
  Table table{"classes",
              {{"names", classes_.names()},
               {"definitions", definitions},
               {"prompts", prompts},
               {"parents", parents},
               {"labelled_by", labelled_by},
               {"attribute_names", header_.class_attributes}},
              {}};
  table.columns = {table_column("id", "class", ids, about("position in names")),
                   table_column("rare", "class", rare, about("1 if the class is rare")),
                   table_column("held_out", "class", held_out, about("1 if kept out of training"))};
  if (!header_.class_attributes.empty())
    table.columns.push_back({{"attributes", Element::f4, std::ssize(header_.class_attributes),
                              "class", "class_attribute", about("attributes, see attribute_names")},
                             to_bytes(matrix)});
  return table;
}

Table ShardIndex::vocabulary_table() const {
  return {"vocab",
          {{"subjects", subjects_.names()},
           {"clips", clips_.names()},
           {"devices", devices_.names()},
           {"straps", straps_.names()},
           {"placements", placements_.names()}},
          {}};
}

}  // namespace wrist
