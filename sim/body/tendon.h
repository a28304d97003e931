// SPDX-License-Identifier: Apache-2.0
/// How moving fingers lift the skin under the watch.
///
///   finger angles -> tendon excursion (moment arms) -> bulge of tendons and muscle, which settles
///   + wrist angle
///
/// Moment arms: An et al. 1983 [prior]. Bulge per excursion 0.01-0.08 mm/mm at the dorsal wrist [prior].
#pragma once

#include <array>

#include "sim/base/rng.h"
#include "sim/body/joint_motion.h"

namespace wrist {

struct TendonSpec {
  double flexion_arm_proximal = 0.011;   // m; superficial flexor at the MCP joint
  double flexion_arm_middle = 0.006;     // m; at the PIP joint
  std::array<double, kDigits> bulge{0.03, 0.04, 0.04, 0.035, 0.03};  // m/m; thumb .. little
  // m/rad; extensors lift when the wrist bends back: 14 mm of moment arm [from memory] times 0.01 to
  // 0.08 mm/mm are 0.14 to 1.1 mm/rad; within that fitted to runs (optical_run_stats_test.cc).
  double wrist_bulge = 0.0002;
};

/// A person's tendons: bulges uniform over the published range.
TendonSpec draw_tendons(const Rng& rng);

/// Bulge under the watch, m, from the resting hand of the motion's first sample. Shape: grid.count.
Series tendon_bulge(const TendonSpec& tendons, const JointSplines& joints, const TimeGrid& grid);

}  // namespace wrist
