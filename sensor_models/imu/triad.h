// SPDX-License-Identifier: Apache-2.0
/// One triad of a sensor, accelerometer or gyroscope: the code path both share.
///
///   truth -> gain, bias -> + flicker, walk, white -> clip -> low-pass -> sample -> counts
///     \--------------------------------------------------> low-pass -> sample -> clean
#pragma once

#include <string_view>

#include "sensor_models/imu/imu.h"

namespace wrist {

/// What one triad reads, and when.
struct TriadTruth {
  std::string_view name;  // "accel" or "gyro": names its random streams and its errors
  const TimeGrid& fast;
  const Series3& value;   // Q, fast.count x 3
  const TimeGrid& clock;  // instants of the samples, inside `fast`
};

struct TriadRecord {
  Counts3 counts;
  Flags flags;
  double scale = 1;  // Q per count
  Series3 clean;     // Q
};

/// Throws Error(internal) if the truth is not finite or does not fit its grid.
TriadRecord measure_triad(const TriadSpec& spec, const TriadUnit& unit, const TriadTruth& truth,
                          const Rng& rng);

}  // namespace wrist
