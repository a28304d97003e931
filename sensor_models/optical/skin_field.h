// SPDX-License-Identifier: Apache-2.0
/// Skin is not the same everywhere: a smooth random field over the wrist, seen when the watch slips
/// off the place it was put on.
///
///   slip -> sum of plane waves of random direction -> difference from where the watch was put on
#pragma once

#include "sim/base/rng.h"

namespace wrist {

/// Field of unit variance and 3 mm correlation length at `slip` (mm, N x 2), less its value at 0.
Series skin_field(const Series2& slip, const Rng& rng);

}  // namespace wrist
