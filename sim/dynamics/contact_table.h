// SPDX-License-Identifier: Apache-2.0
/// How an arm answers a blow, worked out beforehand in the engine for many strikers and postures.
///
///   striker, direction, posture -> table (shapes x coefficients) -> BlowKernel of this arm
///
/// The table is linear in the force, so that closing speed, mass and stiffness need no axes of
/// their own: they make the force (contact_response.h). Frames: F forearm, H hand.
#pragma once

#include <optional>
#include <vector>

#include "sim/body/arm_model.h"

namespace wrist {

inline constexpr double kTableRate = 4000;   // Hz
inline constexpr Index kTableSamples = 960;  // 0.24 s: until the muscles have taken the blow back

/// What follows an impulse of 1 N s within the first sample, at kTableRate.
struct BlowKernel {
  Series point;     // 1/kg, N; velocity of the struck point along the force; of a pair, of parting
  Series3 parting;  // 1/kg, N x 3; of a pair: velocity of parting in its axes; else empty
  Series3 force_F;  // 1/(kg s), N x 3; change of the forearm's specific force, of F's origin
  Series3 alpha_F;  // 1/(kg m s), N x 3; its angular acceleration
};

/// Something that strikes, and what: the world, or another part of the same hand.
struct BlowPair {
  Body striker = Body::hand;
  std::optional<Body> struck;
  std::size_t place = 0;  // which of the striker's places touches the world (strike_points.h);
                          // their number: the middle of several
  bool operator==(const BlowPair&) const = default;
};

inline constexpr Index kBlowSeries = 27;  // of one posture and pair: 9 for each of three directions

/// Blows on one pair: a force of the world along each axis of H, a pair of parts of the hand pushed
/// apart along each of its own. 9 series a direction: velocity of the point (or of parting) along
/// all three axes, force 3, alpha 3.
struct BlowEntry {
  BlowPair pair;
  Eigen::ArrayXXd weights;  // (elbow x pronation x series) x shapes, elbow slowest
};

struct ContactTable {
  Eigen::ArrayXXd shapes;         // kTableSamples x S
  std::vector<double> elbow;      // rad, rising
  std::vector<double> pronation;  // rad, rising
  double mass = 1;                // kg; forearm and hand of the arm it was made with
  double length = 1;              // m; its forearm
  std::vector<BlowEntry> entries;

  /// The entry of that pair; for a striker of which the table has none, the hand's last, its
  /// middle. Throws Error(usage) for anything else that it lacks.
  const BlowEntry& entry(const BlowPair& pair) const;
};

/// Axes of two parts of a hand that touch, in the columns: the line from the struck part to the
/// striker, and across it what is nearest to distal, and the rest. `apart_H`: striker minus struck.
Eigen::Matrix3d pair_axes(const Eigen::Vector3d& apart_H);

/// How a blow is shared out over a striker's places: of a striker with one, 1.
using PlaceShares = std::vector<double>;

/// Of a flat surface that pushes along direction_H (unit): the places that stand out furthest take
/// it. `depth`: m; how far a place may stand back and still take a part.
PlaceShares place_shares(const ArmModel& arm, Body striker, const Eigen::Vector3d& direction_H,
                         double depth);

/// Of this arm, with elbow and forearm as they are (rad; held at the table's ends). `direction`:
/// unit, of the force on the striker; in H, or of a pair of the same hand in the axes of the pair,
/// those of a left hand's mirror image. The answer of a rigid striker to a force between its places
/// is the mean of theirs; how far it gives way there lies between that of one place and that of the
/// middle. Heavier arms answer less. Throws as ContactTable::entry does.
BlowKernel blow_kernel(const ContactTable& table, const ArmModel& arm, const BlowPair& pair,
                       const Eigen::Vector3d& direction, const PlaceShares& shares, double elbow,
                       double pronation);

/// Mass of forearm and hand, kg.
double distal_mass(const ArmModel& arm);

}  // namespace wrist
