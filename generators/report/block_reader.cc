// SPDX-License-Identifier: Apache-2.0
#include "generators/report/block_reader.h"

#include <algorithm>

namespace wrist::report {

BlockReader::BlockReader(const Shard& shard, std::string path)
    : shard_(shard), path_(std::move(path)) {
  if (shard_.has(path_)) rows_ = shard_.shape(path_).rows;
}

Eigen::ArrayXXd BlockReader::read(std::int64_t first, std::int64_t count) {
  constexpr std::int64_t kBlockRows = 16 * kChunkRows;
  if (first < first_ || first + count > first_ + block_.rows()) {
    const std::int64_t room = std::max<std::int64_t>(0, rows_ - first);
    block_ = shard_.read(path_, first, std::max(count, std::min(kBlockRows, room)));
    first_ = first;
  }
  return block_.middleRows(first - first_, count);
}

BlockReader& ShardSignals::operator[](const std::string& path) {
  const auto found = readers_.find(path);
  if (found != readers_.end()) return found->second;
  return readers_.emplace(path, BlockReader(shard_, path)).first->second;
}

double ShardSignals::rate_hz(const std::string& group) const {
  return shard_.has(group) ? number(shard_.attributes(group), "rate_hz", 0) : 0;
}

}  // namespace wrist::report
