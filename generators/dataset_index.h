// SPDX-License-Identifier: Apache-2.0
/// The index tables of a shard: what lies where, whose it is, and what it means.
///
///   recording + where its rows went -> one row of /sequences, its /events, its /windows
///
/// Rows of recordings lie one after the other, CF's contiguous ragged arrays (CF-1.10, section 9).
#pragma once

#include <span>

#include "generators/dataset.h"
#include "generators/dataset_table.h"
#include "generators/dataset_vocabulary.h"

namespace wrist {

/// CF's long_name, flag_values and flag_meanings of ids; -1 means `none` unless that is empty.
Attributes flag_attributes(const std::string& long_name, const std::string& none,
                           const std::vector<std::string>& names);

/// Where one recording lies in one stream.
struct StreamSlice {
  std::string stream;
  std::int64_t start = 0;           // row of its first sample
  std::span<const std::int64_t> t;  // ns, of its samples
};

class ShardIndex {
 public:
  /// Throws Error(internal) if the header is not consistent.
  explicit ShardIndex(const ShardHeader& header);

  /// Class of every sample: later labels win, -1 where there is none. Throws Error(internal).
  std::vector<std::int16_t> class_ids(const Recording& recording,
                                      std::span<const std::int64_t> t) const;

  /// Adds one recording whose slices always name the same streams. `class_id`: per sample of the
  /// slice of imu, or empty. Throws Error(internal), and then has added nothing.
  void add(const Recording& recording, const std::vector<StreamSlice>& slices,
           std::span<const std::int16_t> class_id);

  /// /sequences, /events, /windows, /splits, /classes and /vocab.
  std::vector<Table> tables() const;

  std::int64_t sequences() const { return static_cast<std::int64_t>(sequence_.index.size()); }

 private:
  struct SequenceRows {
    std::vector<double> duration;
    std::vector<std::int32_t> subject, clip, device, strap, placement;
    std::vector<std::int16_t> class_id;
    std::vector<std::uint64_t> seed, index;
    std::vector<std::int8_t> split;
    std::vector<std::string> scenarios;
    std::map<std::pair<std::string, Side>, std::string> arms;  // of subject and side, JSON
  };
  struct EventRows {
    std::vector<std::int32_t> sequence;
    std::vector<std::int64_t> start_ns, end_ns;
    std::vector<std::int16_t> class_id;
    std::vector<std::int8_t> source;
    std::vector<float> confidence, speed;
  };
  struct WindowRows {
    std::vector<std::int32_t> sequence;
    std::vector<std::int16_t> class_id;
    std::vector<float> purity;
  };
  struct StreamRows {
    std::string stream;
    std::vector<std::int64_t> start, count;  // per sequence
    std::vector<std::int64_t> window_start;  // per window
  };

  double rate(const std::string& stream) const;
  std::int64_t window_length(const std::string& stream) const;
  std::int64_t same_instant(const StreamSlice& slice, const StreamSlice& imu, std::size_t at) const;
  void add_sequence(const Recording& recording);
  void add_events(const std::vector<Event>& events);
  std::int16_t whole_event(std::int64_t start_ns, std::int64_t end_ns) const;
  void add_windows(const std::vector<StreamSlice>& slices, std::span<const std::int16_t> class_id);
  Table sequence_table() const;
  Table event_table() const;
  Table window_table() const;
  Table split_table() const;
  Table class_table() const;
  Table vocabulary_table() const;

  ShardHeader header_;
  Vocabulary classes_, subjects_, clips_, devices_, straps_, placements_, splits_;
  Vocabulary event_classes_, sources_;
  SequenceRows sequence_;
  EventRows event_;
  WindowRows window_;
  std::vector<StreamRows> streams_;
};

}  // namespace wrist
