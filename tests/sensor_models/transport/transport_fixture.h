// SPDX-License-Identifier: Apache-2.0
/// Streams and links the tests of transport share.
#pragma once

#include <gtest/gtest.h>

#include "sensor_models/transport/transport.h"

namespace wrist::testing {

inline constexpr double kNanosecond = 1e-9;  // s

/// `count` instants at a true rate, from 3 ms on.
inline Stamps taken_at(double true_rate_hz, Index count) {
  Stamps t(count);
  for (Index i = 0; i < count; ++i)
    t[i] = 3'000'000 + static_cast<std::int64_t>(1e9 / true_rate_hz * static_cast<double>(i) + 0.5);
  return t;
}

/// A unit with one link, for the stream "imu", and a perfect clock.
inline TransportUnit linked(const LinkSpec& link) {
  TransportUnit unit;
  unit.spec.links["imu"] = link;
  return unit;
}

inline LinkSpec stamped(const StampSpec& stamps) {
  LinkSpec link;
  link.stamps = stamps;
  return link;
}

/// Fitbit-like bursts, as measured; no gaps.
inline BurstStamps bursts() { return {0.095, 0.010, {0.001, 0.002}, 0, {0.2, 0.43}}; }

inline LossSpec losing(double onset, double spell, std::array<double, 3> shares) {
  return {onset, spell, {5, 5}, shares, {0.1, 1}};
}

inline LinkSpec lossy(const LossSpec& loss) {
  LinkSpec link;
  link.loss = loss;
  return link;
}

/// Every effect on, of the size the generic watch has.
inline LinkSpec watch_link() {
  LinkSpec link = stamped(bursts());
  std::get<BurstStamps>(link.stamps).gap_share = 0.01;
  link.latency = 0.01, link.latency_sd = 0.002;
  link.skew = {0, 0.0025};
  link.loss = {0.005, 4, {4, 20}, {0.6, 0.2, 0.2}, {0.1, 1}};
  return link;
}

inline TransportUnit watch_unit(std::uint64_t seed) {
  TransportSpec spec;
  spec.clock = {20e-6, 50e-6, -0.035e-6, {0, 9}};
  spec.links["imu"] = spec.links["optical"] = watch_link();
  return build_transport(spec, Rng(seed));
}

/// s; b - a.
inline double seconds_between(std::int64_t a, std::int64_t b) {
  return static_cast<double>(b - a) * kNanosecond;
}

}  // namespace wrist::testing
