// SPDX-License-Identifier: Apache-2.0
/// What touched, when and how hard, written down step by step.
///
///   touching pairs of each step -> summed force; intervals per pair -> touches -> events
#pragma once

#include "sim/base/event.h"
#include "sim/dynamics/world_contacts.h"

namespace wrist {

/// One touch of one pair, from first to last force.
struct Touch {
  Event event;            // class "contact:striker-other", source "contact", with closing speed
  double peak_force = 0;  // N; normal
  double impulse = 0;     // N s
};

class ContactLog {
 public:
  explicit ContactLog(const TimeGrid& steps);

  /// A pair to be recorded under its index: the count of those named before. Pairs of one name are
  /// kept apart.
  std::size_t add_pair(const std::string& name);

  void record(Index step, const std::vector<Touching>& touching);

  /// Ends what still touches; in order of time. Touches of one pair less than 10 ms apart are one
  /// [assumed].
  std::vector<Touch> finish();

  /// The summed normal force of each step, N.
  const Series& force() const { return force_; }

 private:
  struct Pair {
    std::string name;
    bool open = false;
    Index first = 0, last = 0;  // steps
    double speed = 0, peak = 0, sum = 0;
  };
  void close(Pair& pair);

  TimeGrid steps_;
  Series force_;  // N, per step
  std::vector<Pair> pairs_;
  std::vector<Touch> touches_;
};

/// A force on a slower clock: N; the largest since the sample before.
Series largest_since(const Series& force, const TimeGrid& steps, const TimeGrid& clock);

}  // namespace wrist
