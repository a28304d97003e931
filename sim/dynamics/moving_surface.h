// SPDX-License-Identifier: Apache-2.0
/// Where the surface of a planned contact stands, told by the motion that is to run into it.
///
///   planned height of the striker + approach at the closing speed -> height and rate of the
///   surface
///
/// Heights are along the surface's normal, m. Up to the time of touch the surface comes towards the
/// planned striker with the closing speed, or, if the motion itself is that fast, stands still
/// while the striker comes. After it, what stands in the world stays there, what travels with the
/// arm stays with the plan; both give way where the plan runs far through them. After the release
/// it withdraws.
#pragma once

#include "sim/body/joint_motion.h"
#include "sim/dynamics/surfaces.h"

namespace wrist {

class MovingSurface {
 public:
  /// planned_height, planned_speed: of the striker at contact.time_s; speed towards the surface.
  MovingSurface(const Contact& contact, const Surface& surface, double planned_height,
                double planned_speed);

  bool present(double time_s) const;

  /// Once per step of h seconds while present: where the planned striker is.
  void move(double time_s, double planned_height, double h);

  /// What is behind the surface yields to the force of this step.
  void yield(double force, double h);

  double height() const { return height_ + yielded_; }    // m
  double rate() const { return rate_ + yielding_rate_; }  // m/s; of half a step before

 private:
  double settle_s() const;
  double ahead_of_plan(double time_s, double planned_height) const;

  double time_s_, release_s_, speed_;
  bool light_;  // a finger
  Surface surface_;
  double touch_height_, planned_speed_;
  bool moved_ = false;
  double height_ = 0, rate_ = 0;
  double yielded_ = 0, yielding_rate_ = 0;
};

}  // namespace wrist
