// SPDX-License-Identifier: Apache-2.0
#include "generators/sensor_settings.h"

#include <algorithm>

#include "generators/assets.h"
#include "generators/flag_masks.h"
#include "generators/recording.h"
#include "sensor_models/transport/loss.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kLossSpell = 5;       // packets; mean length of a gap [assumed]
constexpr double kDropoutSpell_s = 1;  // s; mean length of a drop-out [assumed]

// Bad spells of this mean length that take this share of the time.
LossSpec spells(double share, double length) {
  LossSpec spec;
  spec.spell = std::max(1.0, length);
  spec.onset = std::min(1.0, share / (1 - share) / spec.spell);
  return spec;
}

void set_rate(ImuSpec& imu, double rate_hz, bool low_pass_follows) {
  if (low_pass_follows)
    for (TriadSpec* triad : {&imu.accel, &imu.gyro}) triad->bandwidth_hz *= rate_hz / imu.rate_hz;
  imu.rate_hz = rate_hz;
}

// Of unit length, anywhere.
Eigen::Vector3d draw_direction(const Rng& rng) {
  const Eigen::Vector3d v = rng.normals3(1).row(0).matrix().transpose();
  return v / v.norm();
}

double draw_sign(const Rng& rng) { return rng.uniform() < 0.5 ? -1 : 1; }

// Scale of every axis off by `error` to one side or the other, cross-axis terms by up to as much.
Eigen::Matrix3d draw_gain(double error, const Rng& rng) {
  Eigen::Matrix3d gain = Eigen::Matrix3d::Identity();
  for (Index row = 0; row < 3; ++row)
    for (Index column = 0; column < 3; ++column) {
      const Rng one = rng / static_cast<std::uint64_t>(3 * row + column);
      gain(row, column) += error * (row == column ? draw_sign(one) : 2 * one.uniform() - 1);
    }
  return gain;
}

Channel* channel_of(Recording& recording, const std::string& name) {
  const auto found =
      std::find_if(recording.channels.begin(), recording.channels.end(),
                   [&name](const Channel& c) { return c.group == "imu" && c.name == name; });
  require(found != recording.channels.end(), ErrorKind::internal, "no channel imu/" + name);
  return &*found;
}

// Columns of a channel repeat what they read last for a share of the time; the flag says when.
void hold(Recording& recording, const std::string& name, const std::vector<Index>& columns,
          const Flags& lost) {
  auto& counts = std::get<Rows<std::int16_t>>(channel_of(recording, name)->values);
  for (Index i = 1; i < counts.rows(); ++i)
    if (lost[i] != 0)
      for (const Index column : columns) counts(i, column) = counts(i - 1, column);
}

void flag(Recording& recording, const std::string& meaning, const Flags& lost) {
  Channel* channel = channel_of(recording, "flags");
  const auto mask = static_cast<std::uint8_t>(add_flag(channel->attributes, meaning));
  auto& flags = std::get<Rows<std::uint8_t>>(channel->values);
  for (Index i = 0; i < flags.rows(); ++i)
    if (lost[i] != 0) flags(i, 0) = static_cast<std::uint8_t>(flags(i, 0) | mask);
}

Flags draw_lost(double share, double rate_hz, Index count, const Rng& rng) {
  return draw_fates(spells(share, kDropoutSpell_s * rate_hz), 1, count, rng).flags;
}

}  // namespace

WatchSpec set_up(const WatchSpec& watch, const SensorSettings& settings) {
  WatchSpec set = watch;
  set.imu.accel.range = settings.accel_range.value_or(watch.imu.accel.range);
  set.imu.gyro.range = settings.gyro_range.value_or(watch.imu.gyro.range);
  if (settings.rate) set_rate(set.imu, *settings.rate, true);
  if (settings.decimated_rate) set_rate(set.imu, *settings.decimated_rate, false);
  if (!settings.stamp_batch && !settings.loss) {
    if (const auto link = set.transport.links.find("imu"); link != set.transport.links.end())
      check(link->second, "imu", set.imu.rate_hz);
    return set;
  }
  LinkSpec& link = set.transport.links["imu"];
  if (settings.stamp_batch)
    link.stamps = BatchStamps{(*settings.stamp_batch + 0.01) / set.imu.rate_hz};  // rounded
  if (settings.loss) {
    const std::array<int, 2> packet = link.loss.packet;
    link.loss = spells(*settings.loss, kLossSpell);
    link.loss.packet = packet;
  }
  check(link, "imu", set.imu.rate_hz);
  return set;
}

void disturb(ImuUnit& unit, const SensorSettings& settings, const Rng& device) {
  const Rng rng = device / "sensor";
  if (settings.accel_bias)
    unit.accel.bias += *settings.accel_bias * draw_direction(rng / "accel_bias");
  if (settings.gyro_bias) unit.gyro.bias += *settings.gyro_bias * draw_direction(rng / "gyro_bias");
  if (settings.gain_error) {
    unit.accel.gain = draw_gain(*settings.gain_error, rng / "accel_gain") * unit.accel.gain;
    unit.gyro.gain = draw_gain(*settings.gain_error, rng / "gyro_gain") * unit.gyro.gain;
  }
  if (settings.rate_error)
    unit.true_rate_hz *= 1 + *settings.rate_error * draw_sign(rng / "rate_error");
}

void drop_axes(Recording& recording, double rate_hz, const Rng& rng) {
  const SensorSettings& s = recording.scenario.sensor;
  if (!s.axis_dropout && !s.gyro_dropout) return;
  const Index count = std::get<Rows<std::uint8_t>>(channel_of(recording, "flags")->values).rows();
  if (s.axis_dropout) {
    const Flags lost = draw_lost(*s.axis_dropout, rate_hz, count, rng / "axis");
    const auto axis = static_cast<Index>((rng / "which").below(6));
    hold(recording, axis < 3 ? "accel" : "gyro", {axis % 3}, lost);
    flag(recording, "axis_stuck", lost);
  }
  if (s.gyro_dropout) {
    const Flags lost = draw_lost(*s.gyro_dropout, rate_hz, count, rng / "gyro");
    hold(recording, "gyro", {0, 1, 2}, lost);
    flag(recording, "gyro_stuck", lost);
  }
}

}  // namespace wrist
