// SPDX-License-Identifier: Apache-2.0
/// A watch on a wrist: what it is, how it is worn, and what then becomes of it.
///
///   forearm motion at the strap -> strap and tissue forces -> case motion, pressure, gap, slip
///
/// Frames: F forearm, S strap station (origin on the forearm's axis under the nominal watch centre,
/// x distal, z through the nominal watch centre, outwards), C watch case (origin at its centre of
/// mass, screen axes: x to the right edge, y to 12 o'clock, z out of the screen).
#pragma once

#include <string>
#include <vector>

#include "sim/base/event.h"
#include "sim/base/pose.h"
#include "sim/body/arm_model.h"

namespace wrist {

/// The case of a watch. All zero-able effects are absent at zero.
struct CaseSpec {
  double mass = 0.040;                            // kg; with the band's share that moves with it
  Eigen::Vector3d inertia{6e-6, 5e-6, 9e-6};      // kg m2; principal, about C
  Eigen::Vector3d size{0.038, 0.044, 0.0105};     // m; along x, y, z
  double height = 0.005;                          // m; centre of mass above the back crystal
  double back_area = 8e-4;                        // m2; that presses on the skin
};

/// A strap: its band and its grip.
struct StrapSpec {
  std::string name;
  double width = 0.022;               // m
  double stiffness = 3000;            // N/m; radial, of band and tissue, the whole ring of patches,
                                      // at a light touch
  double hardening = 100;             // 1/m; stiffness rises by 2 x this per metre of depth
  double damping = 4.3;               // N s/m; of the whole ring, at a light touch
  double friction_static = 0.6;       // on dry skin
  double friction_kinetic = 0.45;
  double stribeck_speed = 0.01;       // m/s; where friction has fallen most of the way to kinetic
  double tangential_stiffness = 1100; // N/m; of the skin under all patches together, round the arm,
                                      // at a light touch
  double tangential_damping = 3.4;    // N s/m; likewise
};

/// How one person wears it on one day.
struct WearParams {
  double pressure = 4000;             // Pa; mean contact pressure of the case at rest: the tightness
  double distance_to_wrist = 0.030;   // m; from the wrist joint to the watch centre, along the forearm
  double roll = 0;                    // rad; about the forearm, positive towards the thumb
  double wetness = 1;                 // multiplies friction: 1 dry, 1.2-2 damp, 0.4-0.8 a film of sweat
  bool crown_left = false;            // the case is turned by 180 deg about its screen normal
};

/// The forearm where the strap sits: a tapered ellipse covered by soft tissue.
struct WristShape {
  double half_breadth = 0.031;        // m; along y
  double half_depth = 0.021;          // m; along z
  double taper = 0.06;                // -dr/dx: the forearm is thinner distally
  double tissue_stiffness = 0.9e3;    // N/m; normal, under the whole case back, at a light touch
  double tissue_hardening = 140;      // 1/m; stiffness rises by 2 x this per metre of depth
  double tissue_damping = 3.5;        // N s/m; under the whole case back, at a light touch
  double shear_anisotropy = 0.3;      // 1; the skin is softer along the arm than round it by this share
  double bulge_volar = 1;             // 1; share of a bulge that lifts the palm side of the wrist
  double bulge_dorsal = 0.25;         // 1; and the back of it
  double stop_distance = 0.020;       // m; distal travel until the flare of the wrist stops the strap
};

/// Muscles and tendons that lift the skin under the strap, on any clock: a cubic spline in between,
/// whose acceleration does not jump; constant before and after. Without samples: no bulge.
struct Bulge {
  TimeGrid time;
  Series height;              // m, N; outwards, where it lifts most
};

/// Everything that decides how the watch rides.
struct Wearing {
  CaseSpec case_spec;
  StrapSpec strap;
  WearParams wear;
  WristShape wrist;
  Bulge bulge{};
};

/// The cross-section of this arm at the strap, from its circumferences at wrist and forearm. Good from
/// the wrist joint to the middle of the forearm.
WristShape wrist_shape(const ArmModel& arm, const WearParams& wear);

/// X_FS: strap station on the forearm body.
Pose strap_station(const ArmModel& arm, const WearParams& wear);

/// R_SC of the case at rest. Dorsal wear: left wrist +x distal, right wrist +x proximal.
Eigen::Quaterniond nominal_case_rotation(Side side, const WearParams& wear);

/// X_SC of the case at rest, tissue uncompressed.
Pose nominal_case_pose(Side side, const Wearing& wearing);

/// What becomes of the watch. Contact quantities stand on a slower clock than the motion.
struct WornWatch {
  RigidSeries motion;         // of C in W; the specific force is the sum of contact forces over mass
  TimeGrid contact_time;
  Series3 p_SC;               // m, N x 3
  QuatSeries R_SC;            // N x 4
  Series pressure;            // Pa, N; mean over the case back
  Series2 pressure_slope;     // Pa/m, N x 2; of the pressure along x and y of C
  Series gap;                 // m, N; skin to the middle of the back, 0 in contact
  Series clearance;           // m, N; the same, but negative where the back sinks into the skin
  Series2 tilt;               // rad, N x 2; of the back against the skin about x and y of C
  Series slip_speed;          // m/s, N; fastest patch that slides, 0 when all stick; greatest since
                              // the contact sample before
  Series2 slip;               // m, N x 2; sliding since the start, mean of the patches: along the
                              // forearm (distal +), round it (right-handed about x of S)
  std::vector<Event> slips;   // bursts of sliding; class "slip", source "strap"
};

/// Fidelity ideal: the case glued to the bone at its nominal pose; constant pressure, no gap, no slip.
WornWatch wear_glued(const RigidSeries& station_W, Side side, const Wearing& wearing);

/// Fidelity worn: six degrees of freedom on strap and tissue. `station_W`: motion of S, at the solver's
/// own rate, 4 kHz or more; starts from static equilibrium in the first sample's attitude.
/// Throws Error(usage) below 4 kHz, Error(internal) if the state stops being finite.
WornWatch wear_strapped(const RigidSeries& station_W, Side side, const Wearing& wearing);

/// Between the skin and a spot of the back crystal at x, y of C (m): a photodiode, say.
double gap_at(const WornWatch& worn, Index i, double x, double y);       // m; 0 in contact
double pressure_at(const WornWatch& worn, Index i, double x, double y);  // Pa; never negative

/// Rate of contact_time.
inline constexpr double kContactRate = 500;  // Hz

}  // namespace wrist
