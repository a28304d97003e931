// SPDX-License-Identifier: Apache-2.0
/// Skin is not the same everywhere: a smooth random field over the wrist, seen when the watch slips
/// off the place it was put on.
///
///   slip -> sum of plane waves of random direction -> difference from where the watch was put on
#pragma once

#include "sim/base/rng.h"

namespace wrist {

/// A smooth field of unit variance: 1/mm, 1/mm, rad of its plane waves.
struct SkinWaves {
  Series x, y, phase;
};

/// Fields of a Gaussian correlation of `correlation` mm. None: no waves, a field of 0.
SkinWaves draw_skin_waves(Index waves, double correlation, const Rng& rng);
double field_at(const SkinWaves& waves, double x, double y);  // mm

/// Field of unit variance and 3 mm correlation length at `slip` (mm, N x 2), less its value at 0.
Series skin_field(const Series2& slip, const Rng& rng);

}  // namespace wrist
