// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/convert.h"

#include <cmath>

#include "sensor_models/signal/sampling.h"

namespace wrist {
namespace {

// Counts and flags of one triad.
Counts3 quantise(const TriadSpec& spec, const std::vector<ImuSample>& samples,
                 TriadSample ImuSample::*triad, Flags& flags) {
  const std::int32_t limit = (1 << (spec.bits - 1)) - 1;
  const double scale = spec.range / (limit + 1);
  Counts3 counts(std::ssize(samples), 3);
  for (Index k = 0; k < counts.rows(); ++k)
    for (Index axis = 0; axis < 3; ++axis) {
      const double value =
          (samples[static_cast<std::size_t>(k)].*triad)[static_cast<std::size_t>(axis)];
      const std::int32_t count = to_count(value, scale, -limit, limit);
      counts(k, axis) = static_cast<std::int16_t>(count);
      if (std::abs(count) == limit) flags[k] = kFlagSaturated;
    }
  return counts;
}

Series3 clean_of(const std::vector<ImuSample>& samples, TriadSample ImuSample::*triad) {
  Series3 clean(std::ssize(samples), 3);
  for (Index k = 0; k < clean.rows(); ++k)
    for (std::size_t axis = 0; axis < 3; ++axis)
      clean(k, static_cast<Index>(axis)) = (samples[static_cast<std::size_t>(k)].*triad)[3 + axis];
  return clean;
}

}  // namespace

ImuRecord to_record(const ImuSpec& spec, const std::vector<ImuSample>& samples) {
  const Index count = std::ssize(samples);
  ImuRecord record;
  record.flags = Flags::Zero(count);
  record.accel = quantise(spec.accel, samples, &ImuSample::accel, record.flags);
  record.gyro = quantise(spec.gyro, samples, &ImuSample::gyro, record.flags);
  record.accel_scale = spec.accel.range / (1 << (spec.accel.bits - 1));
  record.gyro_scale = spec.gyro.range / (1 << (spec.gyro.bits - 1));
  record.clean_accel = clean_of(samples, &ImuSample::accel);
  record.clean_gyro = clean_of(samples, &ImuSample::gyro);
  record.time_s.resize(count);
  record.time_ns.resize(count);
  for (Index k = 0; k < count; ++k) {
    record.time_s[k] = samples[static_cast<std::size_t>(k)].time_s;
    record.time_ns[k] = std::llround(record.time_s[k] * 1e9);
  }
  return record;
}

}  // namespace wrist
