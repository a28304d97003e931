// SPDX-License-Identifier: Apache-2.0
#include "generators/sensor_parameters.h"

#include <array>

#include "generators/recipe_parameters.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

using D = Dimension;
using S = SensorSettings;

constexpr Limits kAccelRange{D::acceleration, kGravity, 400 * kGravity, "1 to 400 g"};
constexpr Limits kGyroRange{D::angular_rate, 15 * kDegree, 4000 * kDegree, "15 to 4000 dps"};
constexpr Limits kRate{D::frequency, 5, 800, "5 to 800 Hz"};
constexpr Limits kBatch{D::ratio, 1, 1000, "whole numbers from 1 to 1000"};
constexpr Limits kAccelBias{D::acceleration, 0, 2 * kGravity, "0 to 2 g"};
constexpr Limits kGyroBias{D::angular_rate, 0, 100 * kDegree, "0 to 100 dps"};
constexpr Limits kError{D::ratio, 0, 0.5, "0 to 50 %"};
constexpr Limits kShare{D::ratio, 0, 0.9, "0 to 90 %"};

constexpr std::array kParameters = {
    SensorParameter{"accel_range", "accel_range_m_s2", kAccelRange, true, &S::accel_range},
    SensorParameter{"gyro_range", "gyro_range_rad_s", kGyroRange, true, &S::gyro_range},
    SensorParameter{"rate", "rate_hz", kRate, true, &S::rate},
    SensorParameter{"decimated_rate", "decimated_rate_hz", kRate, true, &S::decimated_rate},
    SensorParameter{"stamp_batch", "stamp_batch", kBatch, true, &S::stamp_batch},
    SensorParameter{"accel_bias", "accel_bias_m_s2", kAccelBias, false, &S::accel_bias},
    SensorParameter{"gyro_bias", "gyro_bias_rad_s", kGyroBias, false, &S::gyro_bias},
    SensorParameter{"gain_error", "gain_error", kError, false, &S::gain_error},
    SensorParameter{"rate_error", "rate_error", kError, false, &S::rate_error},
    SensorParameter{"loss", "loss", kShare, false, &S::loss},
    SensorParameter{"axis_dropout", "axis_dropout", kShare, false, &S::axis_dropout},
    SensorParameter{"gyro_dropout", "gyro_dropout", kShare, false, &S::gyro_dropout},
};

}  // namespace

std::span<const SensorParameter> sensor_parameters() { return kParameters; }

SensorSettings sensor_of_all(const Recipe& r) {
  SensorSettings settings;
  for (const SensorParameter& p : kParameters)
    if (const auto law = r.sensor.find(p.key); p.one && law != r.sensor.end())
      settings.*p.value = lowest(law->second);
  return settings;
}

void read_sensor(Recipe& r, const TomlTable& t) {
  for (const SensorParameter& p : kParameters) {
    if (!t.has(p.key)) continue;
    const Law law = read_law(t, p.key, p.limits, {});
    if (p.one && lowest(law) != highest(law))
      t.fail(p.key, "one value, for a shard says it once for all of its recordings");
    r.sensor[p.key] = law;
  }
  if (t.has("stamp_batch")) check_whole(t, "stamp_batch", r.sensor.at("stamp_batch"));
  if (t.has("rate") && t.has("decimated_rate"))
    t.fail("decimated_rate", "no such key beside rate: the low-pass moves with it or it stays");
}

}  // namespace wrist
