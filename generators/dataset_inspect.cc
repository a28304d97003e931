// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "generators/dataset.h"
#include "generators/dataset_column.h"
#include "generators/dataset_read_tables.h"

namespace wrist {
namespace {

// Calls use(bytes) block by block, so that a dataset larger than memory is no trouble.
template <typename Use>
void read_blocks(const hdf::Dataset& set, const Use& use) {
  constexpr std::int64_t kBlockRows = 64 * kChunkRows;
  for (std::int64_t first = 0; first < set.rows; first += kBlockRows)
    use(hdf::read_rows(set, first, std::min(kBlockRows, set.rows - first)));
}

// "accel i2[3] m s-2"
std::string describe(const Shard& shard, const std::string& path, const std::string& name) {
  const Shard::Shape shape = shard.shape(path);
  std::string text = name + " " + to_string(shape.element);
  if (shape.rank == 2) text.append("[").append(std::to_string(shape.columns)).append("]");
  const Attributes attributes = shard.attributes(path);
  if (attributes.contains("units"))
    text.append(" ").append(attribute<std::string>(attributes, "units"));
  return text;
}

ShardSummary::Stream read_stream(const Shard& shard, const std::string& group) {
  ShardSummary::Stream stream;
  stream.group = group;
  stream.rate_hz = number(shard.attributes("/" + group), "rate_hz", 0);
  for (const std::string& name : shard.datasets(group)) {
    const std::string path = "/" + group + "/" + name;
    stream.rows = shard.shape(path).rows;
    stream.channels.push_back(describe(shard, path, name));
  }
  return stream;
}

// Calls use(value) for each number of a vector, block by block.
template <typename Use>
void for_each(const Shard& shard, const std::string& path, const Use& use) {
  constexpr std::int64_t kBlockRows = 64 * kChunkRows;
  const std::int64_t rows = shard.shape(path).rows;
  for (std::int64_t first = 0; first < rows; first += kBlockRows) {
    const Eigen::ArrayXXd block = shard.read(path, first, std::min(kBlockRows, rows - first));
    for (Index i = 0; i < block.size(); ++i) use(block(i));
  }
}

void count_classes(const Shard& shard, ShardSummary& summary) {
  for (const ClassInfo& info : shard.tables().classes) summary.classes.push_back({info.name, 0, 0});
  const auto of = [&summary](double id) {
    return &summary.classes.at(static_cast<std::size_t>(id));
  };
  for (const ShardTables::Sequence& s : shard.tables().sequences)
    if (s.class_id >= 0) ++of(s.class_id)->sequences;
  if (!shard.has("/imu")) return;
  for_each(shard, "/imu/class_id", [&](double id) {
    if (id >= 0 && id < static_cast<double>(summary.classes.size())) ++of(id)->samples;
  });
}

void count_sequences(const Shard& shard, ShardSummary& summary) {
  std::set<int> subjects;
  for (const ShardTables::Sequence& s : shard.tables().sequences) {
    if (s.subject >= 0) subjects.insert(s.subject);
    summary.duration_s += s.duration_s;
  }
  summary.sequences = std::ssize(shard.tables().sequences);
  summary.subjects = std::ssize(subjects);
  summary.events = std::ssize(shard.tables().events);
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
  const Shard shard(file);
  const Attributes about = shard.attributes("/");
  ShardSummary summary;
  summary.file = file.string();
  summary.complete = true;
  summary.title = attribute<std::string>(about, "title");
  summary.recipe_sha256 = attribute<std::string>(about, "recipe_sha256");
  summary.content_sha256 = attribute<std::string>(about, "content_sha256");
  summary.generator_version = attribute<std::string>(about, "generator_version");
  summary.shard_index = attribute<std::int64_t>(about, "shard_index");
  summary.shard_count = attribute<std::int64_t>(about, "shard_count");
  summary.seed = attribute<std::uint64_t>(about, "seed");
  const std::set<std::string> tables = {"sequences", "events",  "windows",
                                        "splits",    "classes", "vocab"};
  for (const std::string& name : shard.groups())
    if (!tables.contains(name)) summary.streams.push_back(read_stream(shard, name));
  count_classes(shard, summary);
  count_sequences(shard, summary);
  return summary;
}

ShardIdentity read_identity(const std::filesystem::path& path) {
  const hdf::Session quiet;
  try {
    const hdf::Handle file = hdf::open_file(path);
    hdf::check_schema(file);
    ShardIdentity identity;
    identity.dataset_id = hdf::read_string(file, "dataset_id");
    identity.recipe_sha256 = hdf::read_string(file, "recipe_sha256");
    identity.content_sha256 = hdf::read_string(file, "content_sha256");
    identity.shard_index = hdf::read_integer(file, "shard_index");
    identity.shard_count = hdf::read_integer(file, "shard_count");
    identity.sequences = hdf::open_dataset(file, "/sequences/index").rows;
    return identity;
  } catch (const Error& error) {
    throw Error(error.kind(), path.string() + ": " + error.what());
  }
}

std::string content_sha256(const std::filesystem::path& file) {
  const hdf::Session quiet;
  try {
    return hash_content(hdf::open_file(file));
  } catch (const Error& error) {
    throw Error(error.kind(), file.string() + ": " + error.what());
  }
}

}  // namespace wrist
