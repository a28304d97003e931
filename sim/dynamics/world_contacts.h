// SPDX-License-Identifier: Apache-2.0
/// The blows of the world on the arm: every planned contact with something becomes a soft surface.
///
///   Contact -> strike points, surface, normal -> depth -> Kelvin-Voigt + friction -> wrenches
///
/// A force element of our own, not a collider: it converges with the step (sim/dynamics/README.md).
/// The impulse is not told; it comes out of the arm that is stopped.
#pragma once

#include <array>
#include <vector>

#include "sim/body/arm_motion.h"
#include "sim/dynamics/moving_surface.h"
#include "sim/dynamics/strike_points.h"

namespace wrist {

/// Striker and other, during one step.
struct Touching {
  std::size_t pair = 0;  // of the log that names it
  double force = 0;      // N; normal
  double speed = 0;      // m/s; of closing
};

/// "contact:index_distal-table"
std::string touch_name(const Contact& contact);

/// The other hand on the watch: felt by its case, not by the forearm (watch_load.h).
bool acts_on_watch(const Contact& contact);

/// The force of a surface on a ball of flesh that is `depth` in it; never pulls.
double pressing_force(const PairStiffness& pair, double depth, double closing_speed);

class WorldContacts {
 public:
  /// Contacts with something that is not told of (`other` empty) are left to the hand's own pads,
  /// and so are those of parts of the hand that really meet in the motion. What strikes the object
  /// the hand holds, such as a thumb a phone, presses on the hand.
  WorldContacts(const ArmModel& arm, const JointSplines& splines,
                const std::vector<Contact>& contacts, const std::optional<Surface>& surface,
                const std::vector<Carried>& carried);

  /// Adds what the surfaces do at `time_s` in a step of h seconds to `wrenches` and `touching`,
  /// whose pairs count the contacts of the motion.
  void act(double time_s, double h, const JointState& wanted,
           const std::array<BodyState, kBodies>& actual, std::vector<ExternalWrench>& wrenches,
           std::vector<Touching>& touching);

 private:
  struct Blow {
    std::size_t index;  // of the contact
    Surface surface;
    MovingSurface moving;
    std::vector<StrikePoint> points;
    std::vector<PairStiffness> pairs;
    int struck = -1;           // body of this hand that is hit, or the world
    Eigen::Vector3d normal_W;  // of the world's surface, towards the striker
    bool on_held = false;      // the world's surface is what the hand holds
    bool first = true;
  };
  using States = std::array<BodyState, kBodies>;
  struct Approach {
    Eigen::Vector3d normal_W;
    double height;  // m
  };
  Approach approach(const Blow& blow, const StrikePoint& point, const States& states) const;
  double lowest(const Blow& blow, const States& states) const;
  void strike(Blow& blow, const States& planned, const States& actual,
              std::vector<ExternalWrench>& wrenches, Touching& touching) const;
  std::optional<Blow> plan(const Contact& contact, std::size_t index, const States& states,
                           const std::optional<Surface>& surface,
                           const Carried* held) const;

  const ArmModel& arm_;
  std::vector<Blow> blows_;
};

}  // namespace wrist
