// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset.h"

#include <algorithm>
#include <system_error>

#include "generators/dataset_check.h"
#include "generators/dataset_column.h"
#include "generators/dataset_commit.h"
#include "generators/dataset_index.h"
#include "sim/base/parallel.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

void write_root_attributes(hdf::Id file, const ShardHeader& h) {
  const std::vector<std::pair<std::string, Attribute>> attributes = {
      {"Conventions", "CF-1.10"},
      {"schema_version", kSchemaVersion},
      {"dataset_id", h.dataset_id},
      {"title", h.title},
      {"license", h.license},
      {"history", h.history},
      {"generator_version", h.generator_version},
      {"generator_commit", h.generator_commit},
      {"recipe_json", h.recipe_json},
      {"recipe_sha256", h.recipe_sha256},
      {"seed", h.seed},
      {"shard_index", h.shard_index},
      {"shard_count", h.shard_count}};
  for (const auto& [name, value] : attributes) hdf::write_attribute(file, name, value);
}

Attributes attributes_of(const ShardHeader& header, const std::string& group) {
  const auto found = header.group_attributes.find(group);
  return found == header.group_attributes.end() ? Attributes{} : found->second;
}

std::vector<std::string> names_of(const std::vector<ClassInfo>& classes) {
  std::vector<std::string> names;
  for (const ClassInfo& c : classes) names.push_back(c.name);
  return names;
}

}  // namespace

struct ShardWriter::State {
  fs::path path, temporary;
  ShardHeader header;
  int jobs;
  ShardIndex index;
  hdf::Handle file;
  std::vector<ChannelSpec> specs;  // of the first recording, and so of all
  std::deque<ColumnGroup> groups;
  std::vector<Column*> columns;  // one per channel, then class_id if there is an imu
  bool usable = true;            // false once writing failed or the shard is committed

  ~State();
  ColumnGroup& group(const std::string& name);
  void add_column(const std::string& group_name, ColumnSpec spec);
  void create_streams();
  void check(const Recording& recording);
  std::vector<StreamSlice> slices(const Recording& recording) const;
  void write(const Recording& recording, const std::vector<std::int16_t>& class_id);
  std::string finish();
  void close_and_move();

  template <typename Work>
  auto named(const Work& work) {
    const hdf::Session quiet;
    try {
      require(usable, ErrorKind::internal, "the shard is committed, or an earlier write failed");
      return work();
    } catch (const Error& error) {
      throw Error(error.kind(), path.string() + ": " + error.what());
    }
  }
};

ShardWriter::State::~State() {
  const hdf::Session quiet;
  groups.clear();
  file.reset();
  std::error_code ignored;
  if (!temporary.empty()) fs::remove(temporary, ignored);
}

ColumnGroup& ShardWriter::State::group(const std::string& name) {
  for (ColumnGroup& g : groups)
    if (g.name() == name) return g;
  return groups.emplace_back(file, name, attributes_of(header, name));
}

void ShardWriter::State::add_column(const std::string& group_name, ColumnSpec spec) {
  if (group_name == clock_stream(group_name) && spec.name != "t")
    spec.attributes.emplace("coordinates", "t");
  columns.push_back(&group(group_name).add(spec));
}

void ShardWriter::State::create_streams() {
  for (const ChannelSpec& spec : specs) add_column(spec.group, spec.column);
  const bool imu = std::any_of(specs.begin(), specs.end(),
                               [](const ChannelSpec& spec) { return spec.group == "imu"; });
  if (imu)
    add_column("imu",
               {"class_id", Element::i2, 1, "imu_sample", "",
                flag_attributes("class of the sample", "unlabelled", names_of(header.classes))});
}

void ShardWriter::State::check(const Recording& recording) {
  check_channels(recording.channels, index.sequences());
  if (index.sequences() > 0)
    check_same_channels(specs, channel_specs(recording.channels), index.sequences());
}

std::vector<StreamSlice> ShardWriter::State::slices(const Recording& recording) const {
  std::vector<StreamSlice> all;
  for (std::size_t i = 0; i < recording.channels.size(); ++i) {
    const Channel& channel = recording.channels[i];
    if (channel.name != "t" || channel.group != clock_stream(channel.group)) continue;
    all.push_back({channel.group, columns.empty() ? 0 : columns[i]->rows(),
                   clock_of(recording.channels, channel.group)});
  }
  return all;
}

void ShardWriter::State::write(const Recording& recording,
                               const std::vector<std::int16_t>& class_id) {
  usable = false;
  if (columns.empty()) create_streams();
  parallel_for(std::ssize(columns), jobs, [&](std::int64_t k) {
    const auto i = static_cast<std::size_t>(k);
    columns[i]->append(i < specs.size() ? bytes_of(recording.channels[i])
                                        : std::as_bytes(std::span(class_id)));
  });
  write_pending(columns, jobs);
  usable = true;
}

std::string ShardWriter::State::finish() {
  usable = false;
  std::vector<std::string> content;
  for (Column* column : columns) {
    column->finish();
    content.push_back(column->content());
  }
  write_pending(columns, jobs);
  for (ColumnGroup& g : groups) g.finish();
  for (const Table& table : index.tables())
    for (const std::string& line : write_table(file, table, jobs)) content.push_back(line);
  const std::string hash = content_hash(content);
  hdf::write_attribute(file, "content_sha256", hash);
  hdf::write_attribute(file, "complete", std::int64_t{1});
  return hash;
}

void ShardWriter::State::close_and_move() {
  columns.clear();
  groups.clear();
  if (!file.reset()) hdf::check(-1, "close the file");
  commit_file(temporary, path);
  temporary.clear();
}

ShardWriter::ShardWriter(fs::path file, ShardHeader header, int compress_jobs) {
  ShardIndex index(header);
  const fs::path temporary = temporary_file(file);
  state_.reset(new State{std::move(file),
                         temporary,
                         std::move(header),
                         compress_jobs,
                         std::move(index),
                         {},
                         {},
                         {},
                         {},
                         true});
  state_->named([&] {
    state_->file = hdf::create_file(temporary);
    write_root_attributes(state_->file, state_->header);
  });
}

ShardWriter::~ShardWriter() = default;

void ShardWriter::append(const Recording& recording) {
  State& s = *state_;
  s.named([&] {
    s.check(recording);
    const bool first = s.index.sequences() == 0;
    const std::vector<StreamSlice> slices = s.slices(recording);
    std::vector<std::int16_t> class_id;
    for (const StreamSlice& slice : slices)
      if (slice.stream == "imu") class_id = s.index.class_ids(recording, slice.t);
    s.index.add(recording, slices, class_id);
    if (first) s.specs = channel_specs(recording.channels);
    s.write(recording, class_id);
  });
}

std::string ShardWriter::commit() {
  State& s = *state_;
  return s.named([&] {
    const std::string hash = s.finish();
    s.close_and_move();
    return hash;
  });
}

}  // namespace wrist
