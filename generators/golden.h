// SPDX-License-Identifier: Apache-2.0
/// What pins a shard: one hash over its integer counts, and sums that say where it changed.
///
///   shard -> integer datasets of sensors and events -> SHA-256, sum per column -> text
///
/// Never of doubles, which change with the CPU's libm, nor of the file's bytes, which change with
/// the compressor.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/dataset_read.h"

namespace wrist {

struct Golden {
  std::string sha256;  // of one line per dataset, as content_sha256
  struct Channel {
    std::string dataset;
    Element element = Element::i2;
    std::int64_t rows = 0;
    std::vector<std::int64_t> sums;  // of each column
  };
  std::vector<Channel> channels;  // integer datasets of every sensor's group and of /events
};

/// Throws as reading a shard does.
Golden golden(const Shard& shard);

/// "double-tap 3f5e...\n" and one indented line per channel:
/// "  /imu/accel i2 600 -1200 45 301\n".
std::string to_text(const Golden& golden, const std::string& name);

}  // namespace wrist
