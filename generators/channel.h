// SPDX-License-Identifier: Apache-2.0
/// A named block of numbers: all the dataset writer knows about any sensor or truth.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/series.h"

namespace wrist {

template <typename T>
using Rows = Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;  // N x C

using ChannelValues = std::variant<Rows<std::int16_t>, Rows<std::int32_t>, Rows<std::int64_t>,
                                   Rows<std::uint8_t>, Rows<float>, Rows<double>>;
using Attribute = std::variant<double, std::int64_t, std::string, std::vector<double>,
                               std::vector<std::int64_t>, std::vector<std::string>, std::uint64_t>;
using Attributes = std::map<std::string, Attribute>;

/// One dataset of a stream. All channels of a group have the same number of rows; group "truth"
/// stands on the clock of "imu", group "truth_X" on that of "X". Every other group has a channel
/// `t`, N x 1 of int64, ns since the start of the recording, never falling.
struct Channel {
  std::string group;             // "imu", "optical", "truth", "truth_optical"
  std::string name;              // dataset name
  ChannelValues values;          // N x C; C = 1 without a column_dimension is written as a vector
  std::string column_dimension;  // name of the second dimension, such as "axis"
  Attributes attributes;         // units, long_name, frame, scale_factor, ...
};

}  // namespace wrist
