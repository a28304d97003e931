// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "generators/dataset.h"
#include "generators/dataset_column.h"

namespace wrist {
namespace {

template <typename Work>
auto named(const std::filesystem::path& file, const Work& work) {
  const hdf::Session quiet;
  try {
    return work(hdf::open_file(file));
  } catch (const Error& error) {
    throw Error(error.kind(), file.string() + ": " + error.what());
  }
}

// Calls use(bytes) block by block, so that a dataset larger than memory is no trouble.
template <typename Use>
void read_blocks(const hdf::Dataset& set, const Use& use) {
  constexpr std::int64_t kBlockRows = 64 * kChunkRows;
  for (std::int64_t first = 0; first < set.rows; first += kBlockRows)
    use(hdf::read_rows(set, first, std::min(kBlockRows, set.rows - first)));
}

// Calls use(value) for each value of a vector of T.
template <typename T, typename Use>
void for_each(hdf::Id file, const std::string& path, const Use& use) {
  const hdf::Dataset set = hdf::open_dataset(file, path);
  require(set.element == element_of<T>() && set.rank == 1, ErrorKind::bad_data,
          path + ": expected a vector of " + to_string(element_of<T>()));
  read_blocks(set, [&](const Bytes& bytes) {
    std::vector<T> values(bytes.size() / sizeof(T));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    for (const T value : values) use(value);
  });
}

void check_schema(hdf::Id file) {
  const std::int64_t version = hdf::read_integer(file, "schema_version");
  require(version == kSchemaVersion, ErrorKind::bad_data,
          "schema_version: expected " + std::to_string(kSchemaVersion) + ", found " +
              std::to_string(version));
  require(hdf::has_attribute(file, "complete") && hdf::read_integer(file, "complete") == 1,
          ErrorKind::bad_data, "the shard is not complete");
}

// "accel i2[3] m s-2"
std::string describe(const hdf::Dataset& set, const std::string& name) {
  std::string text = name + " " + to_string(set.element);
  if (set.rank == 2) text.append("[").append(std::to_string(set.columns)).append("]");
  if (hdf::has_attribute(set.id, "units"))
    text.append(" ").append(hdf::read_string(set.id, "units"));
  return text;
}

ShardSummary::Stream read_stream(hdf::Id file, const std::string& name) {
  ShardSummary::Stream stream;
  stream.group = name;
  const hdf::Handle group = hdf::open_group(file, name);
  if (hdf::has_attribute(group, "rate_hz")) stream.rate_hz = hdf::read_number(group, "rate_hz");
  for (const std::string& dataset : hdf::dataset_names(group)) {
    const hdf::Dataset set = hdf::open_dataset(file, "/" + name + "/" + dataset);
    stream.rows = set.rows;
    stream.channels.push_back(describe(set, dataset));
  }
  return stream;
}

void count_classes(hdf::Id file, ShardSummary& summary) {
  const hdf::Handle group = hdf::open_group(file, "classes");
  for (const std::string& name : hdf::read_strings(group, "names"))
    summary.classes.push_back({name, 0, 0});
  const auto count = [&](std::int64_t ShardSummary::ClassCount::*what) {
    return [&summary, what](std::int16_t id) {
      if (id >= 0 && id < std::ssize(summary.classes))
        ++(summary.classes[static_cast<std::size_t>(id)].*what);
    };
  };
  for_each<std::int16_t>(file, "/sequences/class_id", count(&ShardSummary::ClassCount::sequences));
  if (hdf::has(file, "imu"))
    for_each<std::int16_t>(file, "/imu/class_id", count(&ShardSummary::ClassCount::samples));
}

void count_sequences(hdf::Id file, ShardSummary& summary) {
  std::set<std::int32_t> subjects;
  for_each<std::int32_t>(file, "/sequences/subject", [&](std::int32_t id) {
    ++summary.sequences;
    if (id >= 0) subjects.insert(id);
  });
  summary.subjects = std::ssize(subjects);
  for_each<double>(file, "/sequences/duration", [&](double s) { summary.duration_s += s; });
  summary.events = hdf::open_dataset(file, "/events/sequence").rows;
}

ShardSummary summarise(hdf::Id file) {
  check_schema(file);
  ShardSummary summary;
  summary.complete = true;
  summary.title = hdf::read_string(file, "title");
  summary.recipe_sha256 = hdf::read_string(file, "recipe_sha256");
  summary.content_sha256 = hdf::read_string(file, "content_sha256");
  summary.generator_version = hdf::read_string(file, "generator_version");
  summary.shard_index = hdf::read_integer(file, "shard_index");
  summary.shard_count = hdf::read_integer(file, "shard_count");
  summary.seed = hdf::read_unsigned(file, "seed");
  const std::set<std::string> tables = {"sequences", "events",  "windows",
                                        "splits",    "classes", "vocab"};
  for (const std::string& name : hdf::group_names(file))
    if (!tables.contains(name)) summary.streams.push_back(read_stream(file, name));
  count_classes(file, summary);
  count_sequences(file, summary);
  return summary;
}

std::string hash_dataset(hdf::Id file, const std::string& path) {
  const hdf::Dataset set = hdf::open_dataset(file, path);
  Sha256 values;
  read_blocks(set, [&](const Bytes& bytes) { values.update(bytes); });
  const std::array<std::int64_t, 2> shape = {set.rows, set.columns};
  return content_line(path, set.element, std::span(shape).first(static_cast<std::size_t>(set.rank)),
                      values);
}

std::string hash_content(hdf::Id file) {
  std::vector<std::string> lines;
  for (const std::string& group : hdf::group_names(file))
    for (const std::string& name : hdf::dataset_names(hdf::open_group(file, group)))
      lines.push_back(hash_dataset(file, "/" + group + "/" + name));
  return content_hash(lines);
}

}  // namespace

ShardSummary inspect_shard(const std::filesystem::path& file) {
  ShardSummary summary = named(file, [](const hdf::Handle& h) { return summarise(h); });
  summary.file = file.string();
  return summary;
}

std::string content_sha256(const std::filesystem::path& file) {
  return named(file, [](const hdf::Handle& h) { return hash_content(h); });
}

}  // namespace wrist
