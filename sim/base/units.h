// SPDX-License-Identifier: Apache-2.0
/// Quantities as assets and recipes write them, "160 ug/rtHz" or "54 mmHg", into SI.
#pragma once

#include <string>
#include <string_view>

namespace wrist {

/// What a quantity measures; the SI unit it is converted to is in the comment.
enum class Dimension {
  ratio,                 // 1       ("%" and "1" are accepted)
  acceleration,          // m/s2    g is standard gravity
  acceleration_density,  // m/s2/rtHz, one-sided
  acceleration_walk,     // m/s2/rts
  angular_rate,          // rad/s
  rate_density,          // rad/s/rtHz, one-sided
  rate_walk,             // rad/s/rts
  angle,                 // rad
  length,                // m
  area,                  // m2
  mass,                  // kg      gram is written out
  time,                  // s
  frequency,             // Hz
  magnetic_field,        // T
  magnetic_density,      // T/rtHz, one-sided
  pressure,              // Pa
  force,                 // N
  stiffness,             // N/m
  damping,               // N s/m
  current,               // A
  inertia,               // kg m2
  temperature,           // K       "25 degC" is 298.15
  acceleration_tempco,   // m/s2/K
  rate_tempco,           // rad/s/K
  ratio_tempco,          // 1/K     "0.02 %/K"
  rectification,         // m/s2 per (m/s2)^2
  g_sensitivity,         // rad/s per m/s2
};

/// "20 mg" with Dimension::acceleration -> 0.196133. The unit is required, except for ratios.
/// Throws Error(usage) that names the text, what was expected and the units known.
double parse_quantity(std::string_view text, Dimension dimension);

/// The SI unit of a dimension, such as "m s-2".
std::string si_unit(Dimension dimension);

}  // namespace wrist
