// SPDX-License-Identifier: Apache-2.0
/// Shards: HDF5 files of schema 1, written once, whole or not at all.
///
///   recordings in index order -> flat columns + index tables -> X.tmp.<host>.<pid> -> X
///
/// HDF5 lives in dataset*.cc only. Worker threads compress chunks; one thread writes them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "generators/recording.h"

namespace wrist {

inline constexpr std::int64_t kSchemaVersion = 1;

struct ClassInfo {
  std::string name;
  std::string definition;
  std::vector<std::string> prompts;
  std::string parent;
  std::vector<double> attributes;  // one per ShardHeader::class_attributes
  bool rare = false;
  bool held_out = false;  // kept out of training
  bool by_event = false;  // its samples lie in events of it; else all the time of it is labelled
};

/// What is the same for every recording of a shard.
struct ShardHeader {
  std::string dataset_id, title, license, history;
  std::string generator_version, generator_commit;
  std::string recipe_json, recipe_sha256;
  std::uint64_t seed = 0;
  std::int64_t shard_index = 0, shard_count = 1;
  std::vector<ClassInfo> classes;  // class id = position
  // Vocabularies: id = position.
  std::vector<std::string> subjects, clips, devices, straps, placements;
  std::map<std::string, Attributes> group_attributes;  // "imu" -> rate_hz, which each stream needs

  std::vector<std::string> class_attributes;  // columns of the attributes matrix of /classes
  // Ids of events: first the classes, then these, then new names in the order they turn up.
  std::vector<std::string> event_classes = {"beat", "contact", "slip"};
  std::vector<std::string> event_sources = {"motion", "contact", "strap", "heart"};
  double window_s = 2.56, window_hop_s = 1.28;
  std::string split_rule;
  std::vector<std::string> split_disjoint_by;  // what no two splits share, such as "subject"
};

class ShardWriter {
 public:
  /// Opens a temporary file beside `file`. Throws Error(io) if the folder cannot be written.
  ShardWriter(std::filesystem::path file, ShardHeader header, int compress_jobs);
  ~ShardWriter();  // removes the temporary file unless committed
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  /// Adds the next recording. Every recording must have the same channels. Throws Error(internal)
  /// on a difference or a value that is not finite, Error(io) if the disk is full.
  void append(const Recording& recording);

  /// Index tables, content_sha256, complete = 1; close, fsync, rename, fsync of the folder.
  /// Returns the content_sha256.
  std::string commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a shard says of itself.
struct ShardSummary {
  std::string file, title, recipe_sha256, content_sha256, generator_version;
  std::int64_t shard_index = 0, shard_count = 0, sequences = 0;
  std::uint64_t seed = 0;
  bool complete = false;
  struct Stream {
    std::string group;
    std::int64_t rows = 0;
    std::vector<std::string> channels;  // "accel i2[3] m s-2"
    double rate_hz = 0;
  };
  std::vector<Stream> streams;
  struct ClassCount {
    std::string name;
    std::int64_t sequences = 0, samples = 0;
  };
  std::vector<ClassCount> classes;
  std::int64_t subjects = 0, events = 0;
  double duration_s = 0;
};

/// Throws Error(io) if unreadable, Error(bad_data) if it is not a complete shard of this schema.
ShardSummary inspect_shard(const std::filesystem::path& file);

/// What a shard says of itself in a glance: attributes, and no look at its signals.
struct ShardIdentity {
  std::string dataset_id, recipe_sha256, content_sha256;
  std::int64_t shard_index = 0, shard_count = 0, sequences = 0;
};

/// Throws as inspect_shard; a file that is cut short is found out too.
ShardIdentity read_identity(const std::filesystem::path& file);

/// SHA-256 of one line per dataset, "/imu/accel i2 5000,3 <SHA-256 of its little-endian values>\n",
/// in the order of their paths; dimensions, which hold no values, left out. Throws as
/// inspect_shard.
std::string content_sha256(const std::filesystem::path& file);

}  // namespace wrist
