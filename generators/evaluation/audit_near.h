// SPDX-License-Identifier: Apache-2.0
/// Windows as vectors, and the nearest of many.
///
///   counts -> SI -> means over 1/25 s -> minus the mean of each axis -> over the axis's own spread
#pragma once

#include <Eigen/Core>

#include "generators/evaluation/audit_side.h"

namespace wrist::evaluation {

inline constexpr double kNearRate = 25;  // Hz; gestures of a wrist lie below 12 Hz. Assumed

/// Where a window lies, and what it looks like.
struct AuditWindow {
  std::size_t shard = 0;
  std::int64_t row = 0;
  Eigen::ArrayXXf motion;  // 25 Hz x 6, m/s2 and rad/s, without the mean of each axis
};

/// `si`: samples x 6 at `rate_hz`; what is lost (NaN) is what was there before.
Eigen::ArrayXXf motion_of(const Eigen::ArrayXXf& si, double rate_hz);

/// Neither the accelerometer nor the gyroscope moves.
bool is_still(const Eigen::ArrayXXf& motion, const AuditOptions& options);

/// Figures and findings of windows that are not still.
void audit_near(const std::vector<AuditShard>& shards, const std::vector<AuditWindow>& train,
                const std::vector<AuditWindow>& test, const AuditOptions& options,
                AuditReport& report);

}  // namespace wrist::evaluation
