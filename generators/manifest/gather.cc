// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/gather.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/manifest/gather_tables.h"

namespace wrist {
namespace {

using nlohmann::json;

std::string text(const Attributes& attributes, const std::string& name) {
  return attribute<std::string>(attributes, name);
}

std::vector<Tally> tallies(const std::vector<std::string>& names) {
  std::vector<Tally> all;
  for (const std::string& name : names) all.push_back({name, 0, 0, 0});
  return all;
}

// What the recipe says of the whole; recipes of other versions may say less.
void read_recipe_json(DatasetRecord& record) {
  const json recipe = json::parse(record.recipe_json, nullptr, false);
  if (!recipe.is_object()) return;
  record.planned = recipe.value("recordings", std::int64_t{0});
  if (!recipe.contains("motions") || !recipe["motions"].is_object()) return;
  const json clips = recipe["motions"].value("clips", json::array());
  for (const json& clip : clips)
    if (clip.is_object())
      record.clips.push_back({clip.value("name", ""), clip.value("sha256", "")});
}

void count(Tally& tally, double seconds) {
  ++tally.sequences;
  tally.seconds += seconds;
}

template <typename Rows>
auto& at(Rows& rows, int id) {
  return rows[static_cast<std::size_t>(id)];
}

// Channels whose values are measures; clocks, flags and ids are not.
bool is_measure(const Shard& shard, const std::string& path, const std::string& name) {
  const Element element = shard.shape(path).element;
  return name != "class_id" && element != Element::i8 && element != Element::u1;
}

bool same_names(const ShardTables& a, const ShardTables& b) {
  const auto names = [](const ShardTables& t) {
    std::vector<std::string> all;
    for (const ClassInfo& c : t.classes) all.push_back(c.name);
    return all;
  };
  return names(a) == names(b) && a.subjects == b.subjects && a.devices == b.devices &&
         a.split_names == b.split_names;
}

}  // namespace

Gatherer::Gatherer(const ShardSet& set, const Shard& first)
    : sequences_(set.folder / "sequences.csv", "One line per recording", sequence_columns()),
      events_(set.folder / "events.csv", "One line per event", event_columns()),
      classes_(set.folder / "classes.csv", "One line per class", class_columns()) {
  const Attributes about = first.attributes("/");
  record_.dataset_id = text(about, "dataset_id");
  record_.title = text(about, "title");
  record_.license = text(about, "license");
  record_.history = text(about, "history");
  record_.generator_version = text(about, "generator_version");
  record_.recipe_json = text(about, "recipe_json");
  record_.recipe_sha256 = text(about, "recipe_sha256");
  record_.seed = attribute<std::uint64_t>(about, "seed");
  read_recipe_json(record_);
  first_ = first.tables();
  first_.sequences.clear(), first_.events.clear(), first_.windows.clear(), first_.splits.clear();
  for (const ClassInfo& info : first_.classes) record_.classes.push_back({info, 0, 0, 0, 0, 0, 0});
  record_.subjects = tallies(first_.subjects);
  record_.devices = tallies(first_.devices);
  record_.splits = tallies(first_.split_names);
  record_.split_rule = first_.split_rule;
  record_.split_disjoint_by = first_.split_disjoint_by;
  subject_split_.resize(first_.subjects.size());
}

void Gatherer::check_same(const Shard& shard, const Attributes& about) const {
  const auto same = [&](const char* name, const std::string& expected) {
    const std::string found = text(about, name);
    require(found == expected, ErrorKind::bad_data,
            shard.file().string() + ": expected " + name + " " + expected.substr(0, 20) +
                " as in shard 0, found " + found.substr(0, 20));
  };
  same("recipe_sha256", record_.recipe_sha256);
  same("dataset_id", record_.dataset_id);
  same("generator_version", record_.generator_version);
  const std::int64_t index = attribute<std::int64_t>(about, "shard_index");
  require(index == std::ssize(record_.shards), ErrorKind::bad_data,
          shard.file().string() + ": says it is shard " + std::to_string(index) +
              ", its name says shard " + std::to_string(record_.shards.size()));
  require(same_names(first_, shard.tables()), ErrorKind::bad_data,
          shard.file().string() + ": classes, people, devices or splits are not those of shard 0");
}

void Gatherer::add(const Shard& shard) {
  const Attributes about = shard.attributes("/");
  check_same(shard, about);
  watch_.clear();
  if (shard.has("/imu")) {
    const Attributes imu = shard.attributes("/imu");
    if (imu.contains("watch")) watch_ = text(imu, "watch");
  }
  DatasetRecord::ShardFile file;
  file.file = shard.file().filename().string();
  file.index = std::ssize(record_.shards);
  file.bytes = static_cast<std::int64_t>(std::filesystem::file_size(shard.file()));
  file.sha256 = file_sha256(shard.file());
  file.content_sha256 = text(about, "content_sha256");
  file.watch = watch_;
  file.commit = text(about, "generator_commit");
  add_sequences(shard, file);
  add_events(shard);
  for (const auto& window : shard.tables().windows)
    if (window.class_id >= 0) ++at(record_.classes, window.class_id).windows;
  add_labels(shard);
  add_statistics(shard);
  row_ += file.sequences;
  record_.shards.push_back(file);
}

void Gatherer::add_sequences(const Shard& shard, DatasetRecord::ShardFile& file) {
  const ShardTables& t = shard.tables();
  file.sequences = std::ssize(t.sequences);
  file.events = std::ssize(t.events);
  file.windows = std::ssize(t.windows);
  for (std::size_t i = 0; i < t.sequences.size(); ++i) {
    const ShardTables::Sequence& s = t.sequences[i];
    sequences_.add(sequence_cells(t, i, {row_ + static_cast<std::int64_t>(i), file.index}));
    file.seconds += s.duration_s;
    if (s.class_id >= 0) {
      ++at(record_.classes, s.class_id).sequences;
      at(record_.classes, s.class_id).seconds += s.duration_s;
    }
    if (s.device >= 0) count(at(record_.devices, s.device), s.duration_s);
    if (s.split >= 0) count(at(record_.splits, s.split), s.duration_s);
    if (s.subject < 0) continue;
    count(at(record_.subjects, s.subject), s.duration_s);
    if (s.split >= 0) at(subject_split_, s.subject) = at(t.split_names, s.split);
  }
}

void Gatherer::add_events(const Shard& shard) {
  const ShardTables& t = shard.tables();
  for (const ShardTables::EventRow& e : t.events) {
    const ShardTables::Sequence& s = t.sequences[static_cast<std::size_t>(e.sequence)];
    events_.add(event_cells(t, e, {row_ + e.sequence, std::ssize(record_.shards)}));
    if (e.class_id >= 0 && e.class_id < std::ssize(t.classes))
      ++at(record_.classes, e.class_id).events;
    if (s.subject >= 0) ++at(record_.subjects, s.subject).events;
    if (s.device >= 0) ++at(record_.devices, s.device).events;
    if (s.split >= 0) ++at(record_.splits, s.split).events;
  }
}

void Gatherer::add_labels(const Shard& shard) {
  if (!shard.has("/imu/class_id")) return;
  const double rate_hz = number(shard.attributes("/imu"), "rate_hz", 0);
  std::vector<std::int64_t> samples(record_.classes.size());
  const std::int64_t rows = shard.shape("/imu/class_id").rows;
  for (std::int64_t first = 0; first < rows; first += kBlockRows) {
    const Eigen::ArrayXXd ids =
        shard.read("/imu/class_id", first, std::min(kBlockRows, rows - first));
    for (Index i = 0; i < ids.size(); ++i)
      if (ids(i) >= 0 && ids(i) < static_cast<double>(samples.size()))
        ++samples[static_cast<std::size_t>(ids(i))];
  }
  for (std::size_t c = 0; c < samples.size(); ++c) {
    record_.classes[c].samples += samples[c];
    if (rate_hz > 0) record_.classes[c].labelled_s += static_cast<double>(samples[c]) / rate_hz;
  }
}

void Gatherer::add_statistics(const Shard& shard) {
  for (const std::string& group : shard.groups()) {
    if (is_index_table(group)) continue;
    for (const std::string& name : shard.datasets(group)) {
      const std::string path = "/" + group + "/" + name;
      if (is_measure(shard, path, name)) add_channel(shard, path);
    }
  }
}

void Gatherer::add_channel(const Shard& shard, const std::string& path) {
  const Shard::Shape shape = shard.shape(path);
  auto found =
      std::find_if(record_.statistics.begin(), record_.statistics.end(),
                   [&](const ChannelStatistics& c) { return c.watch == watch_ && c.path == path; });
  if (found == record_.statistics.end()) {
    const Attributes about = shard.attributes(path);
    record_.statistics.push_back(
        {watch_, path, about.contains("units") ? text(about, "units") : "",
         std::vector<ColumnStatistics>(static_cast<std::size_t>(shape.columns))});
    found = std::prev(record_.statistics.end());
  }
  require(std::ssize(found->columns) == shape.columns, ErrorKind::bad_data,
          shard.file().string() + ": " + path + ": expected " +
              std::to_string(found->columns.size()) +
              " columns as in shards of the same watch, "
              "found " +
              std::to_string(shape.columns));
  for (std::int64_t first = 0; first < shape.rows; first += kBlockRows) {
    const Eigen::ArrayXXd block = shard.read(path, first, std::min(kBlockRows, shape.rows - first));
    for (Index k = 0; k < block.cols(); ++k)
      found->columns[static_cast<std::size_t>(k)].add(block.col(k).data(), block.rows());
  }
}

void Gatherer::write_classes() {
  for (std::size_t id = 0; id < record_.classes.size(); ++id)
    classes_.add(class_cells(record_.classes[id], static_cast<std::int64_t>(id)));
}

DatasetRecord Gatherer::finish() {
  write_classes();
  record_.tables = {sequences_.finish(), events_.finish(), classes_.finish()};
  for (std::size_t i = 0; i < subject_split_.size(); ++i)
    if (!subject_split_[i].empty())
      record_.subject_splits.emplace_back(first_.subjects[i], subject_split_[i]);
  for (auto* all : {&record_.subjects, &record_.devices})
    std::erase_if(*all, [](const Tally& tally) { return tally.sequences == 0; });
  for (const auto& shard : record_.shards) record_.commits.push_back(shard.commit);
  std::sort(record_.commits.begin(), record_.commits.end());
  record_.commits.erase(std::unique(record_.commits.begin(), record_.commits.end()),
                        record_.commits.end());
  return record_;
}

void Gatherer::commit() {
  for (CsvFile* file : {&sequences_, &events_, &classes_}) file->commit();
}

}  // namespace wrist
