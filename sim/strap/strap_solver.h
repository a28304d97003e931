// SPDX-License-Identifier: Apache-2.0
/// The strap as a force element: from where the case is and how fast it moves on the forearm to the
/// force that holds it. The same code serves the worn watch alone and the watch inside Bullet.
///
///   case pose, velocity -> 10 patches -> depth -> normal force -> bristles -> wrench on the case
///   a band that is far off the arm -> the loop is taut (strap_loop.h) -> wrench on the case
///
/// Frames: S strap station, C case (worn_watch.h). A patch is fixed to the case; the skin under it
/// is a tapered elliptic cone fixed in S.
/// Sources: Dupont et al. 2002 (elasto-plastic bristles, here in two dimensions); Hunt and Crossley
/// 1975 (contact damping that starts from zero).
#pragma once

#include <array>

#include "sim/base/pose.h"
#include "sim/strap/strap_loop.h"
#include "sim/strap/worn_watch.h"

namespace wrist {

inline constexpr int kCasePatches = 4;  // lanes 0..3: corners of the back: -x-y +x-y -x+y +x+y of C
inline constexpr int kBandPatches = 6;   // lanes 4..9: round the wrist, in pairs away from the case
inline constexpr int kPatches = kCasePatches + kBandPatches;
inline constexpr int kLanes = 12;        // three vectors of four; lanes 10 and 11 never touch

/// One number per patch.
struct alignas(32) Lanes : std::array<double, kLanes> {};

/// One kind of watch on one wrist; constant once built.
///   section(y, z) = sqrt(yy y^2 + 2 yz y z + zz z^2), a length that grows by 1 per metre outwards
///   depth = offset + lifted lift - section(y, z) - taper x + flare / 2 max(0, x - stop)^2
///   normal force = stiffness depth (1 + hardening depth), along the gradient of the depth
/// Stiffness grows as g = 1 + 2 hardening depth and damping as sqrt(g): normal ones with the depth of
/// the moment, tangential ones with that at rest, so that no bristle gains energy when pressed.
struct StrapModel {
  Lanes p_x, p_y, p_z;               // m; patch in C
  Lanes yy, yz, zz;                  // 1; section of the skin, in S
  Lanes offset;                      // m; of the skin, the preload included
  Lanes stop;                        // m; x in S where the flare of the wrist begins for this patch
  Lanes stiffness, damping;          // N/m, N s/m; normal, at a light touch
  Lanes hardening;                   // 1/m
  Lanes tangential_stiffness, tangential_damping;  // N/m, N s/m; round the arm
  Lanes compliance;                  // m/N; 1 / tangential_stiffness
  Lanes lifted;                      // 1; share of a bulge that reaches this patch
  double taper = 0;                  // 1
  double flare = 0;                  // 1/m; curvature of the wrist's flare along the forearm
  double along_stiffness = 1;        // 1; stiffness along the arm over that round it
  double along_damping = 1;          // 1; damping likewise
  double friction_static = 0, friction_kinetic = 0;  // wetness included
  double stribeck_speed = 1;         // m/s
  double drag = 0;                   // 1/s; of all motion in S; 0 but while settling
  double mass = 1;                   // kg
  Eigen::Vector3d inertia;           // kg m2; about the axes of C
  double back_area = 1;              // m2
  double span_x = 1, span_y = 1;     // m; between case patches
  Pose X_SC_rest;
  StrapLoop loop;
};

/// The case on the forearm.
struct CaseMotion {
  Pose X_SC;
  Eigen::Vector3d v = Eigen::Vector3d::Zero();  // m/s; of C in S
  Eigen::Vector3d w = Eigen::Vector3d::Zero();  // rad/s; w_SC_S
};

/// What the patches remember, and what they last felt.
struct PatchState {
  Lanes along{}, around{};                    // m; bristles, in the tangent plane of the skin
  Lanes memory{};                             // m/s; sliding speed friction has got used to
  Lanes slipped_along{}, slipped_around{};    // m; sliding since the start
  Lanes depth{};                              // m; of the patch in the skin, negative when off
  Lanes normal{};                             // N; never negative
  Lanes friction_along{}, friction_around{};  // N; on the case
  Lanes friction_limit{};                     // N; radius of the friction cone
  Lanes sliding{};                            // m/s; speed of sliding, 0 when the patch sticks
};

/// On the case, about C, in S axes.
struct Wrench {
  Eigen::Vector3d force;   // N
  Eigen::Vector3d moment;  // N m
};

/// Preload such that at X_SC_rest the back presses with the pressure of `wearing` and the band
/// balances it. Throws Error(usage) for masses, sizes or stiffnesses that are not positive.
StrapModel build_strap_model(Side side, const Wearing& wearing);

/// Muscles and tendons that lift the skin, at one instant.
struct SkinLift {
  double height = 0;  // m; where it lifts most
  double speed = 0;   // m/s
};

/// Moves the bristles on by `h` seconds at the present velocity, then gives the wrench of the
/// patches, without that of the loop. Call once per step. In a leapfrog the velocity belongs to half
/// a step before the pose.
Wrench strap_forces(const StrapModel& model, const CaseMotion& motion, PatchState& patches,
                    double h, const SkinLift& lift = {});

struct StrapState {
  CaseMotion motion;
  PatchState patches;
};

/// What the station S feels at one instant, in S axes.
struct StationSample {
  Eigen::Vector3d w = Eigen::Vector3d::Zero();               // rad/s
  Eigen::Vector3d alpha = Eigen::Vector3d::Zero();           // rad/s2
  Eigen::Vector3d specific_force = Eigen::Vector3d::Zero();  // m/s2; of the origin of S
  SkinLift lift;
};

/// What an ideal sensor at C feels at the same instant, in C axes.
struct CaseSample {
  Eigen::Vector3d specific_force;  // m/s2; contact forces over mass
  Eigen::Vector3d w, alpha;        // rad/s, rad/s2; of C in W
};

/// One step of semi-implicit Euler in the moving frame S, under patches and loop:
///   v' = F/m - (f_S + alpha x p + w x (w x p) + 2 w x v),   I w_C' + w_C x I w_C = T
CaseSample advance(const StrapModel& model, StrapState& state, const StationSample& station,
                   double h);

/// Static equilibrium under a constant specific force (m/s2, in S) and lift (m): overdamped, both
/// ramped up, until nothing moves.
StrapState settle(const StrapModel& model, const Eigen::Vector3d& specific_force, double rate_hz,
                  double lift = 0);

}  // namespace wrist
