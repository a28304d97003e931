// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/imu_spec.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kMostRateError = 0.2;

void expect(bool good, const std::string& what, double found) {
  require(good && std::isfinite(found), ErrorKind::usage,
          "imu: expected " + what + ", found " + std::to_string(found));
}

// In this order: to compare a NaN is an invalid operation.
bool positive(double x) { return std::isfinite(x) && x > 0; }
bool not_negative(double x) { return std::isfinite(x) && x >= 0; }
bool between(double low, double x, double high) {
  return std::isfinite(x) && x >= low && x <= high;
}

struct Term {
  const char* name;
  double TriadSpec::*value;
};
constexpr Term kTerms[] = {{"noise_density", &TriadSpec::noise_density},
                           {"flicker", &TriadSpec::flicker},
                           {"random_walk", &TriadSpec::random_walk},
                           {"bias_sd", &TriadSpec::bias_sd},
                           {"scale_sd", &TriadSpec::scale_sd},
                           {"cross_axis_sd", &TriadSpec::cross_axis_sd},
                           {"bias_max", &TriadSpec::bias_max},
                           {"scale_max", &TriadSpec::scale_max},
                           {"cross_axis_max", &TriadSpec::cross_axis_max},
                           {"noise_spread", &TriadSpec::noise_spread},
                           {"noise_max", &TriadSpec::noise_max},
                           {"repeatability_sd", &TriadSpec::repeatability_sd},
                           {"bias_tempco_sd", &TriadSpec::bias_tempco_sd},
                           {"bias_tempco_max", &TriadSpec::bias_tempco_max},
                           {"scale_tempco_sd", &TriadSpec::scale_tempco_sd},
                           {"scale_tempco_max", &TriadSpec::scale_tempco_max},
                           {"temperature_lag", &TriadSpec::temperature_lag},
                           {"nonlinearity", &TriadSpec::nonlinearity},
                           {"rectification_sd", &TriadSpec::rectification_sd},
                           {"g_sensitivity_sd", &TriadSpec::g_sensitivity_sd},
                           {"g_sensitivity_max", &TriadSpec::g_sensitivity_max},
                           {"element_hz", &TriadSpec::element_hz},
                           {"element_q", &TriadSpec::element_q}};

// A cut-off below the typical figure would make the typical specimen impossible.
struct Bound {
  const char* name;
  double TriadSpec::*typical;
  double TriadSpec::*most;
};
constexpr Bound kBounds[] = {
    {"bias_max of at least bias_sd", &TriadSpec::bias_sd, &TriadSpec::bias_max},
    {"scale_max of at least scale_sd", &TriadSpec::scale_sd, &TriadSpec::scale_max},
    {"cross_axis_max of at least cross_axis_sd", &TriadSpec::cross_axis_sd,
     &TriadSpec::cross_axis_max},
    {"noise_max of at least noise_density", &TriadSpec::noise_density, &TriadSpec::noise_max},
    {"bias_tempco_max of at least bias_tempco_sd", &TriadSpec::bias_tempco_sd,
     &TriadSpec::bias_tempco_max},
    {"scale_tempco_max of at least scale_tempco_sd", &TriadSpec::scale_tempco_sd,
     &TriadSpec::scale_tempco_max},
    {"g_sensitivity_max of at least g_sensitivity_sd", &TriadSpec::g_sensitivity_sd,
     &TriadSpec::g_sensitivity_max}};

void check_triad(const TriadSpec& spec, const std::string& name) {
  expect(positive(spec.range), name + ".range above 0", spec.range);
  expect(spec.bits >= 8 && spec.bits <= 16, name + ".bits of 8 to 16", spec.bits);
  expect(positive(spec.bandwidth_hz), name + ".bandwidth_hz above 0", spec.bandwidth_hz);
  expect(spec.filter_order >= 1 && spec.filter_order <= 4, name + ".filter_order of 1 to 4",
         spec.filter_order);
  for (const Term& term : kTerms)
    expect(not_negative(spec.*term.value), name + "." + term.name + " of 0 or more",
           spec.*term.value);
  for (const Bound& bound : kBounds)
    expect(spec.*bound.most == 0 || spec.*bound.most >= spec.*bound.typical,
           name + "." + bound.name, spec.*bound.most);
  // Beyond it the line would bend back on itself.
  expect(spec.nonlinearity <= 0.1, name + ".nonlinearity of at most 0.1", spec.nonlinearity);
  expect(spec.temperature_lag <= 1, name + ".temperature_lag of at most 1", spec.temperature_lag);
  expect(not_negative(spec.clip) && (spec.clip == 0 || spec.clip >= 0.1),
         name + ".clip of 0 or of 0.1 and more", spec.clip);
}

double over(double value, double divisor) { return divisor == 0 ? 0 : value / divisor; }

TriadSpec scaled(TriadSpec spec, const ImuEffects& e) {
  spec.noise_density *= e.noise;
  spec.noise_max *= e.noise;
  spec.flicker *= e.flicker;
  spec.random_walk *= e.walk;
  spec.bias_sd *= e.bias;
  spec.bias_max *= e.bias;
  spec.repeatability_sd *= e.repeatability;
  spec.scale_sd *= e.scale;
  spec.scale_max *= e.scale;
  spec.cross_axis_sd *= e.cross_axis;
  spec.cross_axis_max *= e.cross_axis;
  spec.bias_tempco_sd *= e.temperature;
  spec.bias_tempco_max *= e.temperature;
  spec.scale_tempco_sd *= e.temperature;
  spec.scale_tempco_max *= e.temperature;
  spec.nonlinearity *= e.nonlinearity;
  spec.rectification_sd *= e.rectification;
  spec.g_sensitivity_sd *= e.g_sensitivity;
  spec.g_sensitivity_max *= e.g_sensitivity;
  spec.element_hz = over(spec.element_hz, e.element);
  spec.clip = over(spec.clip, e.saturation);
  return spec;
}

}  // namespace

void check(const ImuSpec& spec) {
  expect(positive(spec.rate_hz), "rate_hz above 0", spec.rate_hz);
  expect(not_negative(spec.rate_error_sd), "rate_error_sd of 0 or more", spec.rate_error_sd);
  expect(not_negative(spec.rate_error_max) &&
             (spec.rate_error_max == 0 || spec.rate_error_max >= spec.rate_error_sd),
         "rate_error_max of at least rate_error_sd", spec.rate_error_max);
  const double largest = std::max(spec.rate_error_sd, spec.rate_error_max);
  expect(largest <= kMostRateError, "a rate error of at most 0.2", largest);
  expect(not_negative(spec.mount_error_sd), "mount_error_sd of 0 or more", spec.mount_error_sd);
  expect(between(0, spec.rate_tempco_sd, 1e-3), "rate_tempco_sd of 0 to 0.001 / K",
         spec.rate_tempco_sd);
  expect(spec.rate_tempco_max == 0 || between(spec.rate_tempco_sd, spec.rate_tempco_max, 1e-3),
         "rate_tempco_max of rate_tempco_sd to 0.001 / K", spec.rate_tempco_max);
  expect(between(0, spec.size_sd, 0.05), "size_sd of 0 to 0.05 m", spec.size_sd);
  check_triad(spec.accel, "accel");
  check_triad(spec.gyro, "gyro");
}

ImuSpec scaled(const ImuSpec& spec, const ImuEffects& effects) {
  for (const ImuEffectName& effect : kImuEffects)
    expect(not_negative(effects.*effect.value),
           std::string("a multiplier of ") + effect.name + " of 0 or more", effects.*effect.value);
  ImuSpec result = spec;
  result.accel = scaled(spec.accel, effects);
  result.gyro = scaled(spec.gyro, effects);
  result.mount_error_sd *= effects.mount;
  result.rate_error_sd *= effects.clock;
  result.rate_error_max *= effects.clock;
  result.rate_tempco_sd *= effects.clock_drift;
  result.rate_tempco_max *= effects.clock_drift;
  result.size_sd *= effects.size;
  return result;
}

}  // namespace wrist
