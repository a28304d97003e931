// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cmath>
#include <cstdint>

#include "sim/base/constants.h"
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

/// 1 / sqrt(x) for x >= 1e-300 to 5e-11, by three Newton steps: sqrt may set errno, which keeps a
/// loop from vectorising, and a root and a quotient take longer.
[[gnu::always_inline]] inline double reciprocal_root(double x) {
  double y = std::bit_cast<double>(0x5FE6EB50C7B537A9ull - (std::bit_cast<std::uint64_t>(x) >> 1));
  const double half = 0.5 * x;
  y *= 1.5 - (half * y) * y;
  y *= 1.5 - (half * y) * y;
  return y * (1.5 - half * y * y);
}

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
  Lanes friction, per_stretch, stretch;  // 1, 1/m, m
  Lanes rx, ry, rz;                      // m; from C to the patch
  Lanes vx, vy, vz;                      // m/s
  Lanes gx, gy, gz;                      // 1; gradient out of the skin
  Lanes push;                            // N; along g
  Lanes sine, cosine, uy, uz;            // 1; normal = (sine, cosine u)
  Lanes slide_along, slide_around;       // m/s; in the tangent plane
};

/// What does not wait for the motion: friction after the sliding so far, length of the bristles.
[[gnu::always_inline]] inline void recall(Stage& s, const PatchState& q, const StrapModel& m) {
  const double per_stribeck = 1 / m.stribeck_speed;
  const double kinetic = m.friction_kinetic, excess = m.friction_static - kinetic;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double speed = q.memory[i] * per_stribeck;
    s.friction[i] = kinetic + excess / (1 + speed * speed);
    const double squared = q.along[i] * q.along[i] + q.around[i] * q.around[i] + kTiny;
    s.per_stretch[i] = reciprocal_root(squared);
    s.stretch[i] = squared * s.per_stretch[i];
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
                                         const Eigen::Vector3d& p_SC) {
  const double px = p_SC.x(), py = p_SC.y(), pz = p_SC.z();
  const double taper = m.taper, flare = m.flare;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double x = px + s.rx[i], y = py + s.ry[i], z = pz + s.rz[i];
    const double beyond = positive(x - m.stop[i]), gx = taper - flare * beyond;
    const double hy = m.yy[i] * y + m.yz[i] * z, hz = m.yz[i] * y + m.zz[i] * z;
    const double level_squared = hy * y + hz * z + kTiny, radial = hy * hy + hz * hz + kTiny;
    const double steep = radial + gx * gx * level_squared;
    const double per_level = reciprocal_root(level_squared);
    const double per_radial = reciprocal_root(radial), per_steep = reciprocal_root(steep);
    const double level = level_squared * per_level;
    const double depth = m.offset[i] - level - taper * x + 0.5 * flare * beyond * beyond;

    const double gy = hy * per_level, gz = hz * per_level;
    const double vx = s.vx[i], vy = s.vy[i], vz = s.vz[i];
    const double sinking = -(gx * vx + gy * vy + gz * vz), inside = positive(depth);
    const double grown = at_most_one(inside * (1 / kDampingDepth));
    const double push = positive(m.stiffness[i] * inside + m.damping[i] * grown * sinking);

    const double uy = hy * per_radial, uz = hz * per_radial;
    const double sine = gx * level * per_steep, cosine = radial * per_radial * per_steep;
    s.slide_along[i] = cosine * vx - sine * (uy * vy + uz * vz);
    s.slide_around[i] = uy * vz - uz * vy;
    s.gx[i] = gx, s.gy[i] = gy, s.gz[i] = gz, s.push[i] = push;
    s.sine[i] = sine, s.cosine[i] = cosine, s.uy[i] = uy, s.uz[i] = uz;
    q.depth[i] = depth;
    q.normal[i] = push * (steep * per_steep) * per_level;
  }
}

/// Bristles: the limit falls with sliding, and a bristle longer than it shrinks.
[[gnu::always_inline]] inline void rub(const Stage& s, PatchState& q, const StrapModel& m,
                                       double h) {
  const double stiffness = m.tangential_stiffness, per_stiffness = 1 / stiffness;
  const double damping = m.tangential_damping, follow = at_most_one(h / kFrictionMemory);
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double va = s.slide_along[i], vr = s.slide_around[i];
    const double za = q.along[i], zr = q.around[i];
    const double limit = s.friction[i] * q.normal[i], reach = limit * per_stiffness;
    const double kept = at_most_one(reach * s.per_stretch[i]);
    const double load = kept * s.stretch[i] / (reach + kLeastReach);
    const double outward = positive((za * va + zr * vr) * s.per_stretch[i]);
    const double sliding = plasticity(load) * outward * load;
    const double scale = kept - h * sliding * s.per_stretch[i];
    const double next_a = scale * za + h * va, next_r = scale * zr + h * vr;
    const double pull_a = -stiffness * next_a - damping * va;
    const double pull_r = -stiffness * next_r - damping * vr;
    const double pull = pull_a * pull_a + pull_r * pull_r + kTiny;
    const double held = at_most_one(limit * reciprocal_root(pull));
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

WRIST_SIMD
Wrench strap_forces(const StrapModel& model, const CaseMotion& motion, PatchState& patches,
                    double h) {
  Stage stage;
  recall(stage, patches, model);
  move(stage, model, motion);
  press(stage, patches, model, motion.X_SC.p);
  rub(stage, patches, model, h);
  return gather(stage, patches);
}

}  // namespace wrist
