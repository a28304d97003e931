// SPDX-License-Identifier: Apache-2.0
/// From filtered samples to what a part puts out: counts, flags and stamps.
///
///   sample -> round to counts -> clip to the ends of the range, flagged ; instant -> ns
#pragma once

#include <vector>

#include "sensor_models/imu/triad.h"

namespace wrist {

/// Both triads at one instant.
struct ImuSample {
  double time_s;
  TriadSample accel, gyro;
};

ImuRecord to_record(const ImuSpec& spec, const std::vector<ImuSample>& samples);

}  // namespace wrist
