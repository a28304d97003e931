// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe_parameters.h"

#include <array>
#include <cmath>

#include "motions/edit.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

using D = Dimension;

constexpr double kHalfTurn = kPi;
constexpr Limits kMultiplier{D::ratio, 0, 1000, "a multiplier from 0 to 1000"};
constexpr Limits kAngle{D::angle, -2 * kHalfTurn, 2 * kHalfTurn, "-360 to 360 deg"};

constexpr std::array kParameters = {
    Parameter{"", "duration", "duration_s", {D::time, 1, 3600, "1 to 3600 s"}, &Recipe::duration},
    Parameter{"motions", "tempo", "tempo", {D::ratio, 0.25, 4, "0.25 to 4"}, &Recipe::tempo},
    Parameter{"motions", "amplitude", "amplitude", {D::ratio, 0, 4, "0 to 4"}, &Recipe::amplitude},
    Parameter{"motions", "warp", "warp", {D::ratio, 0, kMostWarp, "0 to 0.5"}, &Recipe::warp},
    Parameter{"motions", "fatigue", "fatigue", {D::ratio, 0, 0.9, "0 to 0.9"}, &Recipe::fatigue},
    Parameter{"motions",
              "chain",
              "chain",
              {D::ratio, 1, 100, "whole numbers from 1 to 100"},
              &Recipe::chain},
    Parameter{"motions",
              "transition",
              "transition_s",
              {D::time, 0.3, 30, "0.3 to 30 s"},
              &Recipe::transition},
    Parameter{"wear",
              "pressure",
              "pressure_pa",
              {D::pressure, 100, 30000, "0.1 to 30 kPa"},
              &Recipe::pressure},
    Parameter{"wear",
              "distance_to_wrist",
              "distance_to_wrist_m",
              {D::length, 0.01, 0.12, "10 to 120 mm"},
              &Recipe::distance_to_wrist},
    Parameter{"wear", "roll", "roll_rad", kAngle, &Recipe::roll},
    Parameter{"wear", "wetness", "wetness", {D::ratio, 0.05, 4, "0.05 to 4"}, &Recipe::wetness},
    Parameter{"environment",
              "illuminance_lux",
              "illuminance_lux",
              {D::ratio, 0, 200000, "0 to 200000 lux"},
              &Recipe::illuminance_lux},
    Parameter{"environment",
              "temperature",
              "temperature_k",
              {D::temperature, 233.15, 333.15, "-40 to 60 degC"},
              &Recipe::temperature},
    Parameter{"environment",
              "worn_for",
              "worn_for_s",
              {D::time, 0, 1e6, "0 to 1000000 s"},
              &Recipe::worn_for},
    Parameter{"environment",
              "magnetic_field",
              "magnetic_field_t",
              {D::magnetic_field, 0, 1e-3, "0 to 1000 uT"},
              &Recipe::magnetic_field},
    Parameter{"environment",
              "inclination",
              "inclination_rad",
              {D::angle, -kPi / 2, kPi / 2, "-90 to 90 deg"},
              &Recipe::inclination},
    Parameter{"environment", "declination", "declination_rad", kAngle, &Recipe::declination},
    Parameter{"environment", "north", "north_rad", kAngle, &Recipe::north},
    Parameter{"transport", "clock", "clock", kMultiplier, &Recipe::clock},
    Parameter{"transport", "skew", "skew", kMultiplier, &Recipe::skew},
    Parameter{"transport", "latency", "latency", kMultiplier, &Recipe::latency},
    Parameter{"transport", "jitter", "jitter", kMultiplier, &Recipe::jitter},
    Parameter{"transport", "loss", "loss", kMultiplier, &Recipe::loss},
};

}  // namespace

std::span<const Parameter> recipe_parameters() { return kParameters; }

void read_parameters(Recipe& r, const TomlTable& t, const std::string& name) {
  for (const Parameter& p : kParameters)
    if (name == p.table) r.*p.law = read_law(t, p.key, p.limits, r.*p.law);
}

Limits imu_limits() { return {D::ratio, 0, 1000, "multipliers from 0 to 1000"}; }
Limits age_limits() { return {D::ratio, 1, 120, "1 to 120 years"}; }
Limits heart_rate_limits() { return {D::ratio, 30, 150, "30 to 150 beats per minute"}; }
Limits under_limits() { return {D::ratio, 0, 4, "0 to 4"}; }
Limits stretch_limits() { return {D::time, 2, 3600, "2 to 3600 s"}; }

void check_whole(const TomlTable& t, const std::string& key, const Law& law) {
  const auto whole = [](double x) { return x == std::floor(x); };
  const ChoiceLaw* choice = std::get_if<ChoiceLaw>(&law);
  bool sound = choice || std::holds_alternative<UniformLaw>(law);
  for (const double value : choice ? choice->values : std::vector{lowest(law), highest(law)})
    sound = sound && whole(value);
  if (!sound) t.fail(key, "whole numbers: one, [lowest, highest] or a choice");
}

std::int64_t draw_whole(const Law& law, const Rng& rng) {
  if (std::holds_alternative<ChoiceLaw>(law)) return static_cast<std::int64_t>(draw(law, rng));
  const double first = lowest(law);
  const auto more = static_cast<std::uint64_t>(highest(law) - first) + 1;
  return static_cast<std::int64_t>(first) + static_cast<std::int64_t>(rng.below(more));
}

}  // namespace wrist
