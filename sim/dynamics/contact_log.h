// SPDX-License-Identifier: Apache-2.0
/// What touched, when and how hard, written down step by step.
///
///   touching tips of each step -> summed force; intervals per finger -> events
#pragma once

#include "sim/base/event.h"
#include "sim/dynamics/arm_world.h"

namespace wrist {

class ContactLog {
 public:
  explicit ContactLog(const TimeGrid& steps);

  void record(Index step, const std::vector<TipContact>& contacts);

  /// Ends what still touches. Touches of one finger less than 10 ms apart are one [assumed].
  std::vector<Event> finish();

  /// The summed normal force on a slower clock: N; the largest since the sample before.
  Series force(const TimeGrid& clock) const;

 private:
  struct Touch {
    bool open = false;
    Index first = 0, last = 0;  // steps
  };
  void close(int digit);

  TimeGrid steps_;
  Series force_;  // N, per step
  std::array<Touch, kDigits> touches_;
  std::vector<Event> events_;
};

}  // namespace wrist
