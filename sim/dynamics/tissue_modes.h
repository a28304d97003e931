// SPDX-License-Identifier: Apache-2.0
/// How a blow on the bones of the forearm reaches its skin: flesh on bone swings.
///
///   acceleration of the bone -> three damped modes side by side -> acceleration under the strap
///
/// A mode is a second-order low-pass of gain 1 below its frequency; the shares add to one, so that
/// slow motion passes as it is. Frequencies 25-45, 60-110, 140-250 Hz, damping ratio 0.1-0.3:
/// hand-arm vibration has its resonances from 8 Hz up (Marchetti 2017), transmissibility of the
/// wrist grows at 20-50 Hz and falls above 100-150 Hz [from memory]; shares [assumed; tunable].
#pragma once

#include <array>

#include "sim/base/rng.h"
#include "sim/base/series.h"

namespace wrist {

struct TissueMode {
  double frequency_hz = 0;
  double damping_ratio = 0;
  double share = 0;  // of the rigid response
};
using TissueModes = std::array<TissueMode, 3>;

/// One person's, uniform over the ranges above.
TissueModes draw_tissue_modes(const Rng& rng);

/// Every column of `bone` (N x C, at rate_hz, at rest before its first row) as the skin feels it.
/// Exact for an input that is constant over each sample. Throws Error(usage) for a frequency that
/// is not above 0 or a damping ratio outside (0, 1).
Eigen::ArrayXXd through_modes(const Eigen::ArrayXXd& bone, double rate_hz,
                              const TissueModes& modes);

}  // namespace wrist
