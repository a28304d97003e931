// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/tissue_modes.h"

#include <cmath>
#include <string>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// x' = v, v' = w^2 (u - x) - 2 zeta w v over one step of constant u: (x - u, v) is turned and
// shrunk.
struct Step {
  double xx, xv, vx, vv;
};

Step make_step(const TissueMode& mode, double h) {
  const double w = 2 * kPi * mode.frequency_hz, a = mode.damping_ratio * w;
  const double wd = w * std::sqrt(1 - mode.damping_ratio * mode.damping_ratio);
  const double shrink = portable::exp(-a * h);
  const portable::SinCos turn = portable::sincos(wd * h);
  return {shrink * (turn.cos + a / wd * turn.sin), shrink * turn.sin / wd,
          -shrink * w * w / wd * turn.sin, shrink * (turn.cos - a / wd * turn.sin)};
}

void check(const TissueMode& mode) {
  require(
      std::isfinite(mode.frequency_hz) && mode.frequency_hz > 0, ErrorKind::usage,
      "tissue mode: expected a frequency above 0 Hz, found " + std::to_string(mode.frequency_hz));
  require(mode.damping_ratio > 0 && mode.damping_ratio < 1, ErrorKind::usage,
          "tissue mode: expected a damping ratio between 0 and 1, found " +
              std::to_string(mode.damping_ratio));
}

}  // namespace

TissueModes draw_tissue_modes(const Rng& rng) {
  constexpr std::array<std::array<double, 2>, 3> kBands = {
      {{25, 45}, {60, 110}, {140, 250}}};                     // Hz
  constexpr std::array<double, 3> kShares = {0.5, 0.3, 0.2};  // [assumed]
  TissueModes modes;
  for (std::size_t k = 0; k < modes.size(); ++k) {
    const Rng mode = rng / "mode" / static_cast<std::uint64_t>(k);
    const auto [low, high] = kBands[k];
    modes[k] = {low + (high - low) * (mode / "frequency").uniform(),
                0.1 + 0.2 * (mode / "damping").uniform(), kShares[k]};
  }
  return modes;
}

Eigen::ArrayXXd through_modes(const Eigen::ArrayXXd& bone, double rate_hz,
                              const TissueModes& modes) {
  Eigen::ArrayXXd skin = Eigen::ArrayXXd::Zero(bone.rows(), bone.cols());
  for (const TissueMode& mode : modes) {
    check(mode);
    const Step step = make_step(mode, 1 / rate_hz);
    for (Index c = 0; c < bone.cols(); ++c) {
      double x = 0, v = 0;
      for (Index i = 0; i < bone.rows(); ++i) {
        const double u = bone(i, c), off = x - u;
        x = u + step.xx * off + step.xv * v;
        v = step.vx * off + step.vv * v;
        skin(i, c) += mode.share * x;
      }
    }
  }
  return skin;
}

}  // namespace wrist
