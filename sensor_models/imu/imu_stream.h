// SPDX-License-Identifier: Apache-2.0
/// An inertial unit that reads truth as it comes, block by block, for as long as one likes.
///
///   ImuStream stream(unit, rate, start, rng);  block -> feed -> samples  ...  finish -> the rest
///
/// Blocks of any length give the bits of one block: noise is drawn by index, filters and drifts
/// carry on. Memory does not grow with time.
#pragma once

#include <memory>

#include "sensor_models/imu/imu.h"

namespace wrist {

class ImuStream {
 public:
  /// `start_s`: instant of the first sample of the truth, and of the record. Throws Error(usage)
  /// unless the truth has four times the output rate.
  ImuStream(const ImuUnit& unit, double truth_rate_hz, double start_s, const Rng& rng);
  ~ImuStream();
  ImuStream(ImuStream&&) noexcept;
  ImuStream& operator=(ImuStream&&) noexcept;

  /// The samples that the next block of truth completes; there may be none. Two samples of truth
  /// after an instant its sample is known. Throws Error(internal) if the block is not finite, does
  /// not follow the one before or has not the stream's rate; the stream is then of no further use.
  ImuRecord feed(const ImuTruth& block);

  /// The samples of the last two instants of the truth, read one-sidedly. Nothing may follow.
  ImuRecord finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wrist
