// SPDX-License-Identifier: Apache-2.0
/// What the shards of one part give, recording by recording, before it is known where it stands.
#pragma once

#include <map>

#include "generators/evaluation/test_side.h"
#include "sim/base/rng.h"

namespace wrist::evaluation {

inline constexpr const char* kNone = "none";  // the class of windows without label
using ClassIds = std::map<std::string, int>;

struct Taken {
  std::uint64_t key = 0;  // its place among the others
  std::string watch, subject, device, strap;
  std::filesystem::path shard;
  std::int64_t sequence = 0;
  std::uint64_t recording = 0;
  double duration_s = 0;
  std::vector<WindowSource> windows;
  std::vector<std::string> labels;  // of the windows
  std::vector<AnswerEvent> events;
};

/// Sorted by watch, then in the order drawn. Throws Error(io), Error(bad_data).
std::vector<Taken> take_part(const TestPart& part, const ClassIds& classes, const Rng& order);

}  // namespace wrist::evaluation
