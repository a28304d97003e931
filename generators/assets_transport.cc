// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "generators/assets_internal.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

JitteredStamps read_jittered(const TomlTable& t) {
  return {t.range("sd", Dimension::time, {0, 0})};
}

BurstStamps read_bursts(const TomlTable& t) {
  BurstStamps s;
  s.interval = t.quantity("interval", Dimension::time);
  s.interval_sd = t.quantity("interval_sd", Dimension::time, 0);
  s.spacing = t.range("spacing", Dimension::time, s.spacing);
  s.gap_share = t.quantity("gap_share", Dimension::ratio, 0);
  s.gap = t.range("gap", Dimension::time, s.gap);
  return s;
}

StampSpec read_stamps(const TomlTable& t) {
  const std::string mode = t.string("stamps", "ideal");
  if (mode == "ideal") return IdealStamps{};
  if (mode == "jittered") return read_jittered(t);
  if (mode == "bursts") return read_bursts(t);
  if (mode == "regular") return RegularStamps{};
  if (mode == "batches") return BatchStamps{t.quantity("period", Dimension::time)};
  t.fail("stamps", "ideal, jittered, bursts, regular or batches");
}

LossSpec read_loss(const TomlTable& t) {
  LossSpec s;
  s.onset = t.quantity("onset", Dimension::ratio, 0);
  s.spell = t.number("spell_packets", s.spell);
  const std::array<double, 2> packet = t.range("packet_samples", Dimension::ratio, {1, 1});
  constexpr double kLongest = 4096;
  for (std::size_t k = 0; k < 2; ++k) {
    if (packet[k] < 1 || packet[k] > kLongest || packet[k] != std::floor(packet[k]))
      t.fail("packet_samples", "whole numbers from 1 to 4096");
    s.packet[k] = static_cast<int>(packet[k]);
  }
  if (!t.has("dropped") && !t.has("duplicate") && !t.has("late")) return s;
  s.shares = {t.quantity("dropped", Dimension::ratio, 0),
              t.quantity("duplicate", Dimension::ratio, 0),
              t.quantity("late", Dimension::ratio, 0)};
  s.delay = t.range("delay", Dimension::time, s.delay);
  return s;
}

LinkSpec read_link(const TomlTable& t) {
  LinkSpec link;
  link.stamps = read_stamps(t);
  link.latency = t.quantity("latency", Dimension::time, 0);
  link.latency_sd = t.quantity("latency_sd", Dimension::time, 0);
  link.skew = t.range("skew", Dimension::time, link.skew);
  link.loss = read_loss(t.table("loss"));
  return link;
}

HostClockSpec read_clock(const TomlTable& t) {
  HostClockSpec clock;
  clock.rate_error_sd = t.quantity("rate_error_sd", Dimension::ratio, 0);
  clock.rate_error_max = t.quantity("rate_error_max", Dimension::ratio, 0);
  clock.parabola = t.number("parabola_per_k2", 0);
  clock.temperature = t.range("above_turnover_k", Dimension::ratio, clock.temperature);
  return clock;
}

}  // namespace

TransportSpec read_transport(const TomlTable& t, const std::map<std::string, double>& rates_hz) {
  TransportSpec spec;
  spec.clock = read_clock(t.table("clock"));
  check(spec);
  for (const auto& [stream, rate_hz] : rates_hz) {
    spec.links[stream] = read_link(t.table(stream));
    check(spec.links[stream], stream, rate_hz);
  }
  return spec;
}

}  // namespace wrist
