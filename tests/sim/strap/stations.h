// SPDX-License-Identifier: Apache-2.0
/// Motions of the strap station that tests can work out by hand.
#pragma once

#include <cmath>
#include <functional>

#include "sim/base/constants.h"
#include "sim/strap/worn_watch.h"

namespace wrist::testing {

using Eigen::Vector3d;

inline Vector3d row(const Series3& series, Index i) { return series.row(i).matrix(); }

/// S in W at one instant.
struct Instant {
  Eigen::Quaterniond R_WS = Eigen::Quaterniond::Identity();
  Vector3d p_WS = Vector3d::Zero(), a_WS = Vector3d::Zero();
  Vector3d w_S = Vector3d::Zero(), alpha_S = Vector3d::Zero();
};

inline RigidSeries make_station(double duration_s, double rate_hz,
                                const std::function<Instant(double)>& motion) {
  RigidSeries station = make_rigid_series(make_grid(duration_s, rate_hz));
  for (Index i = 0; i < station.time.count; ++i) {
    const Instant now = motion(station.time.time(i));
    const Vector3d up = now.a_WS + Vector3d(0, 0, kGravity);
    set_quaternion(station.R_WB, i, now.R_WS);
    station.p_WB.row(i) = now.p_WS.transpose();
    station.w_WB_B.row(i) = now.w_S.transpose();
    station.alpha_WB_B.row(i) = now.alpha_S.transpose();
    station.specific_force_B.row(i) = (now.R_WS.conjugate() * up).transpose();
  }
  return station;
}

/// Holds still with this axis of S pointing up.
inline RigidSeries still_station(const Vector3d& up_S, double duration_s, double rate_hz = 4000) {
  const auto R_WS = Eigen::Quaterniond::FromTwoVectors(up_S, Vector3d::UnitZ());
  return make_station(duration_s, rate_hz, [&](double) {
    Instant now;
    now.R_WS = R_WS;
    return now;
  });
}

/// Rises from 0 to 1 and falls again smoothly within [0, duration].
inline double window(double t, double duration) {
  const double s = std::sin(kPi * t / duration);
  return s * s;
}

/// Pronation back and forth about x of S, palm down in the middle: amplitude in rad.
inline Instant pronation(double t, double amplitude, double frequency_hz) {
  const double w = 2 * kPi * frequency_hz, angle = amplitude * std::sin(w * t);
  Instant now;
  now.R_WS = Eigen::AngleAxisd(angle, Vector3d::UnitX());
  now.w_S.x() = amplitude * w * std::cos(w * t);
  now.alpha_S.x() = -w * w * angle;
  return now;
}

}  // namespace wrist::testing
