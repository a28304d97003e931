// SPDX-License-Identifier: Apache-2.0
/// From records and truth to named channels: the only place that knows both a sensor and the
/// format.
#pragma once

#include "generators/assets.h"
#include "generators/recording.h"
#include "generators/world.h"
#include "sensor_models/imu/imu.h"
#include "sensor_models/magnetometer/magnetometer.h"
#include "sensor_models/optical/ppg.h"

namespace wrist {

/// Group imu (t, accel, gyro, flags) and group truth (pose, angles, strap, contact, clean signals)
/// at the same instants; samples before the recording's start are dropped.
void append_channels(Recording& recording, const ImuRecord& record, const World& world);

/// Group optical (t, counts, flags, led_current) and group truth_optical (heart rate, additive
/// parts).
void append_channels(Recording& recording, const PpgRecord& record, const HeartMotion& heart);

/// Group magnetometer (t, field, flags) and group truth_magnetometer (clean field); samples before
/// the recording's start are dropped.
void append_channels(Recording& recording, const MagnetometerRecord& record);

/// Heart beats, contacts and slips inside the recording.
void append_events(Recording& recording, const World& world, const HeartMotion& heart);

/// Attributes of a stream's group that are the same for a whole shard.
std::map<std::string, Attributes> group_attributes(const WatchSpec& watch);
/// Of the groups of its magnetometer, if it has one.
std::map<std::string, Attributes> magnetometer_attributes(const WatchSpec& watch);

}  // namespace wrist
