// SPDX-License-Identifier: Apache-2.0
/// The arm and hand as a tree of rigid bodies: 27 degrees of freedom on a moving thorax.
///
///   T thorax -> U upper arm (ball, 3) -> E elbow link -> F forearm (pronation) -> wrist 2 -> H hand
///   H -> thumb (4) and four fingers (4 each): abduction, flexion, flexion, flexion
///
/// Body frames: origin at the proximal joint; x distal; z dorsal (lateral for a hanging, thumb-forward
/// arm); y = z cross x, radial on a right arm and ulnar on a left one. Positive angles mean the same
/// movement on both sides: elbow flexion, pronation (0 = thumb up), palmar flexion, ulnar deviation,
/// finger flexion and abduction away from the middle finger.
/// Sources: segment inertia de Leva 1996; finger links Greiner 1991; ranges ISB/AAOS (sim/README.md).
#pragma once

#include <Eigen/Geometry>
#include <array>
#include <string>
#include <vector>

#include "sim/body/subject.h"

namespace wrist {

/// Bodies in tree order: a parent always stands before its children. One joint each, to its parent.
enum class Body {
  upper_arm,  // ball joint, 3 degrees of freedom
  elbow,      // proximal forearm, hinge: flexion
  forearm,    // distal forearm with the watch, hinge: pronation
  wrist_deviation,
  hand,       // hinge: wrist flexion
  thumb_abduction, thumb_metacarpal, thumb_proximal, thumb_distal,
  index_abduction, index_proximal, index_middle, index_distal,
  middle_abduction, middle_proximal, middle_middle, middle_distal,
  ring_abduction, ring_proximal, ring_middle, ring_distal,
  little_abduction, little_proximal, little_middle, little_distal,
};
inline constexpr int kBodies = 25;
inline constexpr int kHinges = 24;  // every body but the upper arm; hinge h moves body h + 1
inline constexpr int kDegreesOfFreedom = 27;
inline constexpr int kDigits = 5;   // thumb, index, middle, ring, little

std::string to_string(Body body);
/// The column of the hinge angle that moves `body`.
constexpr Index hinge(Body body) { return static_cast<Index>(body) - 1; }
/// Joint `joint` (0 abduction, 1..3 flexion from the palm outwards) of digit `digit` (0 thumb).
constexpr Body digit_body(int digit, int joint) {
  return static_cast<Body>(static_cast<int>(Body::thumb_abduction) + 4 * digit + joint);
}

struct ArmBody {
  int parent = -1;                 // index of the parent body; -1: the thorax
  Eigen::Vector3d p_PJ;            // m; joint in the parent's frame
  Eigen::Matrix3d R_PJ;            // rotation of this body in its parent at angle zero
  Eigen::Vector3d axis;            // hinge axis in this body's frame; unused for the ball joint
  double lower = 0, upper = 0;     // rad; anatomical range of the hinge
  double mass = 0;                 // kg; 0 for bodies that only carry an axis
  Eigen::Vector3d p_BCm;           // m; centre of mass in this body's frame
  Eigen::Matrix3d inertia;         // kg m2; about the centre of mass, in this body's axes
  double length = 0;               // m; to the distal joint or the tip
  double radius = 0;               // m; of a capsule that stands for its flesh
};

/// Immutable after build_arm.
struct ArmModel {
  Side side = Side::left;
  SubjectParams subject;
  Eigen::Vector3d p_TU;              // m; shoulder in the thorax frame T (x forward, y left, z up;
                                     // origin midway between the shoulders)
  std::array<ArmBody, kBodies> bodies;

  const ArmBody& body(Body b) const { return bodies[static_cast<std::size_t>(b)]; }
  /// +1 on a right arm, -1 on a left one.
  double mirror() const { return side == Side::right ? 1 : -1; }
};

ArmModel build_arm(const SubjectParams& subject, Side side);

/// R_TU of the arm hanging at the side, palm facing the thigh at pronation 0.
Eigen::Quaterniond hanging_shoulder(Side side);

/// R_TU from clinical angles, rad: abduction to the side, then flexion forwards, and internal rotation
/// about the upper arm. All zero: hanging.
Eigen::Quaterniond shoulder_rotation(Side side, double flexion, double abduction, double internal);

}  // namespace wrist
