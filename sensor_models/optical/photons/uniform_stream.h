// SPDX-License-Identifier: Apache-2.0
/// The uniform numbers of one named stream, one at a time and without end.
#pragma once

#include "sim/base/rng.h"

namespace wrist {

class UniformStream {
 public:
  explicit UniformStream(const Rng& rng) : rng_(rng) {}

  /// In (0, 1).
  double next() {
    if (used_ == numbers_.size()) refill();
    return numbers_[used_++];
  }

 private:
  static constexpr Index kChunk = 4096;  // of two kinds of cost: memory, and names drawn

  void refill() {
    numbers_ = (rng_ / chunk_++).uniforms(kChunk);
    used_ = 0;
  }

  Rng rng_;
  std::uint64_t chunk_ = 0;
  Series numbers_;
  Index used_ = 0;
};

}  // namespace wrist
