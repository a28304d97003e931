// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/skin_field.h"

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr Index kWaves = 16;
constexpr double kCorrelation = 3;  // mm; 2 to 5 [assumption]

}  // namespace

// Wave numbers of normal distribution give a Gaussian correlation.
SkinWaves draw_skin_waves(Index waves, double correlation, const Rng& rng) {
  return {(rng / "x").normals(waves) / correlation, (rng / "y").normals(waves) / correlation,
          2 * kPi * (rng / "phase").uniforms(waves)};
}

double field_at(const SkinWaves& waves, double x, double y) {
  const Index count = waves.phase.size();
  if (count == 0) return 0;
  double sum = 0;
  for (Index k = 0; k < count; ++k)
    sum += portable::cos(waves.x[k] * x + waves.y[k] * y + waves.phase[k]);
  return sum * std::sqrt(2. / static_cast<double>(count));
}

Series skin_field(const Series2& slip, const Rng& rng) {
  Series field = Series::Zero(slip.rows());
  if ((slip == 0).all()) return field;
  const SkinWaves waves = draw_skin_waves(kWaves, kCorrelation, rng);
  const double origin = field_at(waves, 0, 0);
  double x = 0, y = 0, now = 0;
  for (Index i = 0; i < slip.rows(); ++i) {
    // Most of the time the watch stays put.
    if (slip(i, 0) != x || slip(i, 1) != y) {
      x = slip(i, 0);
      y = slip(i, 1);
      now = field_at(waves, x, y) - origin;
    }
    field[i] = now;
  }
  return field;
}

}  // namespace wrist
