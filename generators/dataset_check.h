// SPDX-License-Identifier: Apache-2.0
/// Are these the channels every recording of the shard has, and are their numbers numbers?
#pragma once

#include <span>

#include "generators/dataset_table.h"

namespace wrist {

/// The stream whose clock a group stands on: "truth" -> "imu", "truth_X" -> "X", "X" -> "X".
std::string clock_stream(const std::string& group);

/// Group and dataset of each channel, in order.
struct ChannelSpec {
  std::string group;
  ColumnSpec column;
};
std::vector<ChannelSpec> channel_specs(const std::vector<Channel>& channels);

std::span<const std::byte> bytes_of(const Channel& channel);

/// Throws Error(internal) that names the recording and the first difference.
void check_same_channels(const std::vector<ChannelSpec>& expected,
                         const std::vector<ChannelSpec>& found, std::int64_t recording);

/// Rows agree within each clock, every stream has its `t`, floats are finite, and where a
/// value is the fill value the flags of its stream, if any, say dropped.
/// Throws Error(internal) that names channel, recording and row.
void check_channels(const std::vector<Channel>& channels, std::int64_t recording);

/// Of a recording checked before. Throws Error(internal) if the stream has no channel t.
std::span<const std::int64_t> clock_of(const std::vector<Channel>& channels,
                                       const std::string& stream);

}  // namespace wrist
