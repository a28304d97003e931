// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sim/base/simd_wide.h"
#include "sim/strap/strap_solver.h"

namespace wrist {
namespace {

constexpr double kBreakaway = 0.8;        // of the bristle's limit is purely elastic; Dupont 2002
constexpr double kDampingDepth = 0.2e-3;  // m; over which the normal damping grows in
constexpr double kFrictionMemory = 2e-3;  // s; friction follows the sliding speed this fast [prior]
constexpr double kLeastReach = 1e-12;     // m; keeps 0 / 0 away where nothing presses
constexpr double kTiny = 1e-30;           // keeps 1 / |0| finite

// Without a comparison, which may trap and so keeps a loop from vectorising.
inline double positive(double x) { return 0.5 * (x + std::abs(x)); }
inline double at_most_one(double x) { return 1 - positive(1 - x); }

/// Share of the velocity away from rest that a bristle loaded to `load` of its limit gives up.
inline double plasticity(double load) {
  const double s = at_most_one(positive((load - kBreakaway) / (1 - kBreakaway)));
  return s * s * (3 - 2 * s);
}

double sum(const Lanes& x) {
  const double a = (x[0] + x[4]) + x[8], b = (x[1] + x[5]) + x[9];
  const double c = (x[2] + x[6]) + x[10], d = (x[3] + x[7]) + x[11];
  return (a + b) + (c + d);
}

/// What one stage hands to the next. Each stage is a loop of its own, so that a processor overlaps
/// the long chains of the three vectors.
struct Stage {
  Lanes friction;                     // 1
  Lanes per_stretch, stretch;         // 1/m, m; of the bristle's pull over the stiffness
  Lanes toward_along, toward_around;  // 1; unit vector against the bristle's pull
  Lanes give;                         // 1; sliding per speed along that vector
  Lanes rx, ry, rz;                   // m; from C to the patch
  Lanes vx, vy, vz;                   // m/s
  Lanes gx, gy, gz;                   // 1; gradient out of the skin
  Lanes push;                         // N; along g
  Lanes sine, cosine, uy, uz;         // 1; normal = (sine, cosine u)
  Lanes slide_along, slide_around;    // m/s; in the tangent plane
};

/// What does not wait for the motion: friction after the sliding so far, pull of the bristles.
/// Skin slides along the pull (associated flow), and a softer direction gives more of itself.
[[gnu::always_inline]] inline void recall(Stage& s, const PatchState& q, const StrapModel& m) {
  const double per_stribeck = 1 / m.stribeck_speed;
  const double kinetic = m.friction_kinetic, excess = m.friction_static - kinetic;
  const double share = m.along_stiffness, softer = 1 - share;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double speed = q.memory[i] * per_stribeck;
    s.friction[i] = kinetic + excess / (1 + speed * speed);
    const double along = share * q.along[i], around = q.around[i];
    const double squared = along * along + around * around + kTiny;
    const double stretch = std::sqrt(squared), per_stretch = 1 / stretch;
    const double toward_along = along * per_stretch;
    s.stretch[i] = stretch, s.per_stretch[i] = per_stretch;
    s.toward_along[i] = toward_along, s.toward_around[i] = around * per_stretch;
    s.give[i] = 1 / (1 - softer * toward_along * toward_along);
  }
}

/// The patch in S: lever from C, velocity.
[[gnu::always_inline]] inline void move(Stage& s, const StrapModel& m, const CaseMotion& motion) {
  const Eigen::Matrix3d R = motion.X_SC.R.toRotationMatrix();
  const Eigen::Vector3d v = motion.v, w = motion.w;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double rx = R(0, 0) * m.p_x[i] + R(0, 1) * m.p_y[i] + R(0, 2) * m.p_z[i];
    const double ry = R(1, 0) * m.p_x[i] + R(1, 1) * m.p_y[i] + R(1, 2) * m.p_z[i];
    const double rz = R(2, 0) * m.p_x[i] + R(2, 1) * m.p_y[i] + R(2, 2) * m.p_z[i];
    s.vx[i] = v.x() + w.y() * rz - w.z() * ry;
    s.vy[i] = v.y() + w.z() * rx - w.x() * rz;
    s.vz[i] = v.z() + w.x() * ry - w.y() * rx;
    s.rx[i] = rx, s.ry[i] = ry, s.rz[i] = rz;
  }
}

/// Depth in the skin and its gradient g; a conservative normal force points along it. Unit
/// tangents: along = (cosine, -sine u), around = x cross u, u the radial part of the normal.
[[gnu::always_inline]] inline void press(Stage& s, PatchState& q, const StrapModel& m,
                                         const Eigen::Vector3d& p_SC, const SkinLift& lift) {
  const double px = p_SC.x(), py = p_SC.y(), pz = p_SC.z();
  const double lifted = lift.height, lifting = lift.speed;
  const double taper = m.taper, flare = m.flare;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double x = px + s.rx[i], y = py + s.ry[i], z = pz + s.rz[i];
    const double beyond = positive(x - m.stop[i]), gx = taper - flare * beyond;
    const double hy = m.yy[i] * y + m.yz[i] * z, hz = m.yz[i] * y + m.zz[i] * z;
    const double level_squared = hy * y + hz * z + kTiny, radial = hy * hy + hz * hz + kTiny;
    const double steep = std::sqrt(radial + gx * gx * level_squared), per_steep = 1 / steep;
    const double level = std::sqrt(level_squared), per_level = 1 / level;
    const double straight = std::sqrt(radial), per_straight = 1 / straight;
    const double skin = m.offset[i] + m.lifted[i] * lifted;
    const double depth = skin - level - taper * x + 0.5 * flare * beyond * beyond;

    const double gy = hy * per_level, gz = hz * per_level;
    const double vx = s.vx[i], vy = s.vy[i], vz = s.vz[i];
    const double sinking = m.lifted[i] * lifting - (gx * vx + gy * vy + gz * vz);
    const double inside = positive(depth), hardening = m.hardening[i];
    const double grown =
        at_most_one(inside * (1 / kDampingDepth)) * std::sqrt(1 + 2 * hardening * inside);
    const double elastic = m.stiffness[i] * inside * (1 + hardening * inside);
    const double push = positive(elastic + m.damping[i] * grown * sinking);

    const double uy = hy * per_straight, uz = hz * per_straight;
    const double sine = gx * level * per_steep, cosine = straight * per_steep;
    s.slide_along[i] = cosine * vx - sine * (uy * vy + uz * vz);
    s.slide_around[i] = uy * vz - uz * vy;
    s.gx[i] = gx, s.gy[i] = gy, s.gz[i] = gz, s.push[i] = push;
    s.sine[i] = sine, s.cosine[i] = cosine, s.uy[i] = uy, s.uz[i] = uz;
    q.depth[i] = depth;
    q.normal[i] = push * steep * per_level;
  }
}

/// Bristles: the limit falls with sliding, and a bristle that pulls harder than it shrinks.
[[gnu::always_inline]] inline void rub(const Stage& s, PatchState& q, const StrapModel& m,
                                       double h) {
  const double share = m.along_stiffness, damping_share = m.along_damping;
  const double follow = at_most_one(h / kFrictionMemory);
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double va = s.slide_along[i], vr = s.slide_around[i];
    const double ta = s.toward_along[i], tr = s.toward_around[i];
    const double limit = s.friction[i] * q.normal[i], reach = limit * m.compliance[i];
    const double kept = at_most_one(reach * s.per_stretch[i]);
    const double load = kept * s.stretch[i] / (reach + kLeastReach);
    const double outward = positive(share * ta * va + tr * vr) * s.give[i];
    const double sliding = plasticity(load) * outward * load;
    const double za = q.along[i], zr = q.around[i];
    const double next_a = kept * za + h * (va - sliding * ta);
    const double next_r = kept * zr + h * (vr - sliding * tr);
    const double stiffness = m.tangential_stiffness[i], damping = m.tangential_damping[i];
    const double pull_a = -share * stiffness * next_a - damping_share * damping * va;
    const double pull_r = -stiffness * next_r - damping * vr;
    const double pull = pull_a * pull_a + pull_r * pull_r + kTiny;
    const double held = at_most_one(limit / std::sqrt(pull));
    q.slipped_along[i] += h * va + za - next_a;
    q.slipped_around[i] += h * vr + zr - next_r;
    q.along[i] = next_a, q.around[i] = next_r;
    q.friction_along[i] = held * pull_a, q.friction_around[i] = held * pull_r;
    q.friction_limit[i] = limit;
    q.sliding[i] = sliding;
    q.memory[i] += follow * (sliding - q.memory[i]);
  }
}

/// Forces of every patch on the case, and their moments about C.
[[gnu::always_inline]] inline Wrench gather(const Stage& s, const PatchState& q) {
  Lanes fx, fy, fz, mx, my, mz;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double fa = q.friction_along[i], fr = q.friction_around[i], lean = s.sine[i] * fa;
    const double x = s.push[i] * s.gx[i] + s.cosine[i] * fa;
    const double y = s.push[i] * s.gy[i] - lean * s.uy[i] - s.uz[i] * fr;
    const double z = s.push[i] * s.gz[i] - lean * s.uz[i] + s.uy[i] * fr;
    mx[i] = s.ry[i] * z - s.rz[i] * y;
    my[i] = s.rz[i] * x - s.rx[i] * z;
    mz[i] = s.rx[i] * y - s.ry[i] * x;
    fx[i] = x, fy[i] = y, fz[i] = z;
  }
  return {{sum(fx), sum(fy), sum(fz)}, {sum(mx), sum(my), sum(mz)}};
}

}  // namespace

WRIST_SIMD_WIDE
Wrench strap_forces(const StrapModel& model, const CaseMotion& motion, PatchState& patches,
                    double h, const SkinLift& lift) {
  Stage stage;
  recall(stage, patches, model);
  move(stage, model, motion);
  press(stage, patches, model, motion.X_SC.p, lift);
  rub(stage, patches, model, h);
  return gather(stage, patches);
}

}  // namespace wrist
