// SPDX-License-Identifier: Apache-2.0
/// What the arm can run into, and how soft the arm itself is where it does.
///
///   flesh of the striking body + surface ("table", "ball", ...), in series -> stiffness, damping
///
/// Every number and where it comes from: the table in sim/dynamics/README.md.
#pragma once

#include <string>

#include "sim/body/arm_model.h"

namespace wrist {

/// Kelvin-Voigt: force = stiffness (depth + loss_s d(depth)/dt).
struct Material {
  double stiffness = 0;  // N/m
  double loss_s = 0;     // s; damping over stiffness
};

struct Surface {
  Material material;
  double friction = 0.5;
  double mass = 0;        // kg; of what yields behind the surface; 0: nothing does
  double support_hz = 0;  // how that mass is held where it was going, critically damped; 0: free
  bool travels = false;   // moves along with the arm, as another hand or a held cup; else it
                          // stands still in the world, as a table
};

/// The surface of that name; of an unknown one, something like wood that stands still.
Surface surface_named(const std::string& other);

/// Of the part of `striker` that strikes.
Material flesh_of(Body striker);

/// Two Kelvin-Voigt bodies in series, at frequencies well below either's 1 / loss_s.
struct PairStiffness {
  double stiffness = 0;  // N/m
  double damping = 0;    // N s/m
};
PairStiffness in_series(const Material& a, const Material& b);

}  // namespace wrist
