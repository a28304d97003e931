// SPDX-License-Identifier: Apache-2.0
/// Rows of one dataset, asked for in short overlapping pieces that mostly go forward.
///
/// Keeps the last block read, so that each chunk is unpacked about once and memory stays small.
#pragma once

#include <map>

#include "generators/dataset_read.h"

namespace wrist::report {

class BlockReader {
 public:
  BlockReader(const Shard& shard, std::string path);
  /// False for a dataset the shard does not have; it must not be read then.
  bool there() const { return rows_ >= 0; }
  std::int64_t rows() const { return rows_; }
  /// Rows [first, first + count), count x columns. Throws as Shard::read.
  Eigen::ArrayXXd read(std::int64_t first, std::int64_t count);

 private:
  const Shard& shard_;
  std::string path_;
  std::int64_t rows_ = -1, first_ = 0;
  Eigen::ArrayXXd block_;
};

/// The readers of one shard, made when they are first asked for.
class ShardSignals {
 public:
  explicit ShardSignals(const Shard& shard) : shard_(shard) {}
  BlockReader& operator[](const std::string& path);
  const Shard& shard() const { return shard_; }
  /// Nominal rate of a stream such as "/imu", Hz; 0 if it is not there.
  double rate_hz(const std::string& group) const;

 private:
  const Shard& shard_;
  std::map<std::string, BlockReader> readers_;
};

}  // namespace wrist::report
