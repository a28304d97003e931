// SPDX-License-Identifier: Apache-2.0
#include "sim/base/units.h"

#include <array>
#include <charconv>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

struct Unit {
  Dimension dimension;
  std::string_view name;
  double factor;    // to SI
  double zero = 0;  // in SI
};

constexpr double kHour = 3600;  // s

// The first unit of each dimension is its SI unit.
constexpr std::array kUnits = {
    Unit{Dimension::ratio, "1", 1},
    Unit{Dimension::ratio, "%", 1e-2},
    Unit{Dimension::acceleration, "m/s2", 1},
    Unit{Dimension::acceleration, "g", kGravity},
    Unit{Dimension::acceleration, "mg", 1e-3 * kGravity},
    Unit{Dimension::acceleration, "ug", 1e-6 * kGravity},
    Unit{Dimension::acceleration_density, "m/s2/rtHz", 1},
    Unit{Dimension::acceleration_density, "mg/rtHz", 1e-3 * kGravity},
    Unit{Dimension::acceleration_density, "ug/rtHz", 1e-6 * kGravity},
    Unit{Dimension::acceleration_walk, "m/s2/rts", 1},
    Unit{Dimension::acceleration_walk, "mg/rts", 1e-3 * kGravity},
    Unit{Dimension::acceleration_walk, "ug/rts", 1e-6 * kGravity},
    Unit{Dimension::angular_rate, "rad/s", 1},
    Unit{Dimension::angular_rate, "dps", kDegree},
    Unit{Dimension::angular_rate, "mdps", 1e-3 * kDegree},
    Unit{Dimension::angular_rate, "deg/h", kDegree / kHour},
    Unit{Dimension::rate_density, "rad/s/rtHz", 1},
    Unit{Dimension::rate_density, "dps/rtHz", kDegree},
    Unit{Dimension::rate_density, "mdps/rtHz", 1e-3 * kDegree},
    Unit{Dimension::rate_walk, "rad/s/rts", 1},
    Unit{Dimension::rate_walk, "dps/rts", kDegree},
    Unit{Dimension::rate_walk, "mdps/rts", 1e-3 * kDegree},
    Unit{Dimension::angle, "rad", 1},
    Unit{Dimension::angle, "deg", kDegree},
    Unit{Dimension::length, "m", 1},
    Unit{Dimension::length, "cm", 1e-2},
    Unit{Dimension::length, "mm", 1e-3},
    Unit{Dimension::length, "um", 1e-6},
    Unit{Dimension::length, "nm", 1e-9},
    Unit{Dimension::area, "m2", 1},
    Unit{Dimension::area, "cm2", 1e-4},
    Unit{Dimension::area, "mm2", 1e-6},
    Unit{Dimension::mass, "kg", 1},
    Unit{Dimension::mass, "gram", 1e-3},
    Unit{Dimension::time, "s", 1},
    Unit{Dimension::time, "ms", 1e-3},
    Unit{Dimension::time, "us", 1e-6},
    Unit{Dimension::frequency, "Hz", 1},
    Unit{Dimension::frequency, "kHz", 1e3},
    Unit{Dimension::magnetic_field, "T", 1},
    Unit{Dimension::magnetic_field, "uT", 1e-6},
    Unit{Dimension::magnetic_field, "nT", 1e-9},
    Unit{Dimension::magnetic_density, "T/rtHz", 1},
    Unit{Dimension::magnetic_density, "nT/rtHz", 1e-9},
    Unit{Dimension::pressure, "Pa", 1},
    Unit{Dimension::pressure, "kPa", 1e3},
    Unit{Dimension::pressure, "mmHg", kMillimetreHg},
    Unit{Dimension::force, "N", 1},
    Unit{Dimension::stiffness, "N/m", 1},
    Unit{Dimension::stiffness, "kN/m", 1e3},
    Unit{Dimension::damping, "N s/m", 1},
    Unit{Dimension::current, "A", 1},
    Unit{Dimension::current, "mA", 1e-3},
    Unit{Dimension::current, "uA", 1e-6},
    Unit{Dimension::current, "pA", 1e-12},
    Unit{Dimension::inertia, "kg m2", 1},
    Unit{Dimension::inertia, "gram cm2", 1e-7},
    Unit{Dimension::temperature, "K", 1},
    Unit{Dimension::temperature, "degC", 1, 273.15},
    Unit{Dimension::acceleration_tempco, "m/s2/K", 1},
    Unit{Dimension::acceleration_tempco, "mg/K", 1e-3 * kGravity},
    Unit{Dimension::acceleration_tempco, "ug/K", 1e-6 * kGravity},
    Unit{Dimension::rate_tempco, "rad/s/K", 1},
    Unit{Dimension::rate_tempco, "dps/K", kDegree},
    Unit{Dimension::rate_tempco, "mdps/K", 1e-3 * kDegree},
    Unit{Dimension::ratio_tempco, "1/K", 1},
    Unit{Dimension::ratio_tempco, "%/K", 1e-2},
    Unit{Dimension::ratio_tempco, "ppm/K", 1e-6},
    Unit{Dimension::rectification, "s2/m", 1},
    Unit{Dimension::rectification, "ug/g2", 1e-6 / kGravity},
    Unit{Dimension::g_sensitivity, "rad/s/(m/s2)", 1},
    Unit{Dimension::g_sensitivity, "dps/g", kDegree / kGravity},
    Unit{Dimension::g_sensitivity, "mdps/g", 1e-3 * kDegree / kGravity},
};

std::string known_units(Dimension dimension) {
  std::string list;
  for (const Unit& unit : kUnits)
    if (unit.dimension == dimension) list += (list.empty() ? "" : ", ") + std::string(unit.name);
  return list;
}

[[noreturn]] void fail(std::string_view text, Dimension dimension) {
  throw Error(ErrorKind::usage, "expected a number and a unit (" + known_units(dimension) +
                                    "), found \"" + std::string(text) + "\"");
}

}  // namespace

double parse_quantity(std::string_view text, Dimension dimension) {
  double number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status != std::errc() || !std::isfinite(number)) fail(text, dimension);
  std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (rest.empty() && dimension == Dimension::ratio) return number;
  if (rest.empty() || (rest.front() != ' ' && rest != "%")) fail(text, dimension);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  for (const Unit& unit : kUnits)
    if (unit.dimension == dimension && unit.name == rest) return number * unit.factor + unit.zero;
  fail(text, dimension);
}

std::string si_unit(Dimension dimension) {
  for (const Unit& unit : kUnits)
    if (unit.dimension == dimension) return std::string(unit.name);
  return "1";
}

}  // namespace wrist
