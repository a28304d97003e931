// SPDX-License-Identifier: Apache-2.0
/// How a watch is set up, and what is wrong with it, beyond its assets: the [sensor] of a recipe.
///
///   WatchSpec -> set_up -> WatchSpec;  ImuUnit -> disturb;  recording -> drop_axes
///
/// What is absent leaves everything as the assets have it, to the last bit. Directions and signs
/// are those of the unit, drawn from streams of their own.
#pragma once

#include <optional>

namespace wrist {

class Rng;
struct ImuUnit;
struct Recording;
struct WatchSpec;

struct SensorSettings {
  // One per recipe: a shard says them once for all of its recordings.
  std::optional<double> accel_range;     // m/s2; in place of the watch's
  std::optional<double> gyro_range;      // rad/s
  std::optional<double> rate;            // Hz; of output, the low-pass moves with it
  std::optional<double> decimated_rate;  // Hz; of output, the low-pass stays: signals fold over
  std::optional<double> stamp_batch;     // samples that are stamped together

  std::optional<double> accel_bias, gyro_bias;       // m/s2, rad/s; length of a further offset
  std::optional<double> gain_error;                  // 1; further scale and cross-axis error
  std::optional<double> rate_error;                  // 1; further error of the true output rate
  std::optional<double> loss;                        // 1; share of the samples lost on the way
  std::optional<double> axis_dropout, gyro_dropout;  // 1; share of the time an axis, or the
                                                     // gyroscope, repeats what it read last

  bool operator==(const SensorSettings&) const = default;
};

/// The watch with the ranges, rate, stamps and losses of the settings. Throws Error(usage) if the
/// rate does not suit its transport.
WatchSpec set_up(const WatchSpec& watch, const SensorSettings& settings);

/// Offsets, gain and rate of a specimen; `device`: the unit's stream.
void disturb(ImuUnit& unit, const SensorSettings& settings, const Rng& device);

/// The drop-outs of a recording whose channels nothing has lost yet; `rng`: the recording's. Rows
/// that stand still are flagged; truth stays.
void drop_axes(Recording& recording, double rate_hz, const Rng& rng);

}  // namespace wrist
