// SPDX-License-Identifier: Apache-2.0
/// One triad of a sensor, accelerometer or gyroscope: the code path both share.
///
///   value -> element -> gain, bend, bias, drift, force -> + white -> clip -> low-pass -> rows
///   clean ---------------------------------------------------------> low-pass -> rows
#pragma once

#include <array>
#include <vector>

#include "sensor_models/imu/distort.h"
#include "sensor_models/imu/element.h"
#include "sensor_models/imu/imu.h"
#include "sensor_models/signal/noise.h"
#include "sensor_models/signal/sampling.h"

namespace wrist {

/// What a triad meets over a stretch of samples: contiguous per axis.
struct TriadInput {
  const double* value[3];  // Q; where each axis sits
  const double* clean[3];  // Q; at the origin of the chip
  const double* force[3];  // m/s2; specific force at the origin of the chip
};

/// The six filtered channels of a triad at one instant: three as measured, three clean.
using TriadSample = std::array<double, kLanes>;

class TriadStream {
 public:
  TriadStream(const TriadSpec& spec, const TriadUnit& unit, const WarmUp& warm_up, double rate_hz,
              const Rng& rng);

  /// The filter after a long rest at the first sample of `in`, noise and all: stationary from the
  /// start.
  void settle(const TriadInput& in);

  /// How many samples may be fed at once: to the next edge, which lies at fixed sample numbers.
  Index room() const;

  /// The next `count` samples of truth, at most room().
  void feed(const TriadInput& in, Index count);

  /// A sample between the last kHistory + the last feed's rows.
  TriadSample read(const CubicStencil& stencil) const;

 private:
  struct Node {
    double offset[3], scale[3];  // Q, 1
  };
  Node next_node();
  AxisErrors axis_errors(int axis) const;
  Series white_noise(std::string_view purpose, int axis, Index block) const;
  void fill(const TriadInput& in, const double* const white[3], Index count, double* rows);

  TriadSpec spec_;
  TriadUnit unit_;
  WarmUp warm_up_;
  double rate_hz_;
  Rng rng_;
  LowPass low_pass_;
  LowPassState filter_;
  Element element_;
  std::vector<DriftStream> drift_;  // per axis
  Index step_;                      // samples between nodes
  Index nodes_ = 0;                 // made so far
  Node here_, there_;               // around the samples at hand
  Series white_[3];                 // of the block at hand
  Index fed_ = 0, last_count_ = 0;
  std::vector<double> rows_;
};

}  // namespace wrist
