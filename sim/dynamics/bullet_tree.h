// SPDX-License-Identifier: Apache-2.0
/// The arm as Bullet's tree of links, with every default that is wrong for a hand put right.
///
///   ArmModel -> links at their centres of mass -> btMultiBody on a prescribed base
#pragma once

#include <BulletDynamics/Featherstone/btMultiBody.h>

#include <memory>
#include <span>

#include "sim/dynamics/held_object.h"

namespace wrist {

// A float build of the headers or the library corrupts memory without a word.
static_assert(sizeof(btScalar) == sizeof(double), "wristsim needs Bullet in double precision");

inline btVector3 to_bullet(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }
inline btQuaternion to_bullet(const Eigen::Quaterniond& q) { return {q.x(), q.y(), q.z(), q.w()}; }

/// Writes Bullet's one global that matters to us, the first time it is called. Before any world.
void set_breaking_threshold();

/// Link b is body b; behind them, fixed to the hand, what it holds. No damping, no sleep, no clamp
/// on rates. Throws Error(internal) if an inertia is not diagonal in its body's axes.
std::unique_ptr<btMultiBody> make_tree(const ArmModel& arm, std::span<const HeldObject> held = {});

}  // namespace wrist
