// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "generators/report/allan_report.h"
#include "generators/report/text.h"
#include "sim/base/error.h"

namespace wrist::report {
namespace {

using nlohmann::json;

json shown(double si, const char* unit, double unit_si) {
  return {{"value", si / unit_si}, {"unit", unit}};
}

// `scale`: from the term to what is written.
json term_json(const AllanTerm& t, const char* unit, double unit_si) {
  json j = {{"determined", t.determined},
            {"at_most_si", t.at_most},
            {"unit", unit},
            {"at_most", t.at_most / unit_si}};
  for (const auto& [key, value] : {std::pair{"value_si", t.value}, {"sd_si", t.sd}})
    j[key] = t.determined ? json(value) : json(nullptr);
  j["value"] = t.determined ? json(t.value / unit_si) : json(nullptr);
  j["sd"] = t.determined ? json(t.sd / unit_si) : json(nullptr);
  return j;
}

json axis_json(const AllanAxis& a) {
  const AllanUnits& u = *a.units;
  json tau = json::array(), deviation = json::array(), error = json::array(), model = json::array();
  for (std::size_t i = 0; i < a.points.size(); ++i) {
    tau.push_back(a.points[i].tau_s);
    deviation.push_back(a.points[i].deviation);
    error.push_back(a.points[i].deviation * a.fit.errors[i]);
    model.push_back(allan_model(a.fit, a.points[i].tau_s));
  }
  json j = {{"sensor", u.name},
            {"axis", std::string(1, a.axis)},
            {"unit_si", u.si},
            {"mean", a.mean},
            {"sd", a.sd},
            {"n_two_sided", term_json(a.fit.white, u.density, u.density_si)},
            {"b", term_json(a.fit.flicker, u.bias, u.bias_si)},
            {"k", term_json(a.fit.walk, u.walk, u.walk_si)},
            {"slope", {{"value", a.fit.slope}, {"sd", a.fit.slope_sd}}},
            {"minimum",
             {{"tau_s", a.fit.minimum.tau_s},
              {"deviation_si", a.fit.minimum.deviation},
              {"over_0.664", shown(minimum_over_flat(a), u.bias, u.bias_si)},
              {"curve_rises_again", a.fit.turns}}},
            {"tau_s", tau},
            {"deviation_si", deviation},
            {"standard_error_si", error},
            {"model_si", model}};
  json density = shown(one_sided_density(a), u.density, u.density_si);
  if (!a.fit.white.determined) density["value"] = nullptr;
  j["noise_density_one_sided"] = density;
  if (a.fit.quantisation.value > 0)
    j["q"] = {{"value_si", a.fit.quantisation.value}, {"sd_si", a.fit.quantisation.sd}};
  if (a.fit.ramp.value > 0) j["r"] = {{"value_si", a.fit.ramp.value}, {"sd_si", a.fit.ramp.sd}};
  return j;
}

std::string digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string line(const std::string& key, const std::string& value, const std::string& comment) {
  std::string text = key + " = " + value;
  if (text.size() < 34) text.resize(34, ' ');
  return text + "# " + comment + '\n';
}

std::string quoted(const std::string& text, const std::string& unit) {
  std::string all = "\"";
  return all.append(text).append(" ").append(unit).append("\"");
}

struct Chosen {
  double value = 0;  // root mean square of the axes that know it, SI
  int axes = 0;
  double at_most = 0;  // of the axis that allows most
  std::string each;    // in the unit written
};

Chosen over_axes(const AllanReport& r, const AllanUnits& u, AllanTerm AllanFit::*term,
                 double unit_si) {
  Chosen c;
  for (const AllanAxis& a : r.axes) {
    if (a.units != &u) continue;
    const AllanTerm& t = a.fit.*term;
    c.at_most = std::max(c.at_most, t.at_most);
    if (!t.determined) continue;
    c.value += t.value * t.value;
    ++c.axes;
    c.each += std::string(c.each.empty() ? "" : ", ") + a.axis + " " +
              in_digits(t.value / unit_si) + " +- " + in_digits(t.sd / unit_si);
  }
  if (c.axes > 0) c.value = std::sqrt(c.value / c.axes);
  return c;
}

std::string figure(const std::string& key, const Chosen& c, const char* unit, double unit_si) {
  if (c.axes == 0)
    return line(key, quoted("0", unit),
                "not determined; at most " + in_digits(c.at_most / unit_si) + " " + unit);
  return line(key, quoted(digits(c.value / unit_si), unit), "measured: " + c.each);
}

std::string triad(const AllanReport& r, const AllanUnits& u, const std::string& range) {
  constexpr const char* kUnknown = "not measured: ";
  Chosen n = over_axes(r, u, &AllanFit::white, u.density_si / std::sqrt(2.));
  n.value *= std::sqrt(2.), n.at_most *= std::sqrt(2.);
  return std::string("\n[") + u.name + "]\n" +
         line("range", "\"" + range + "\"", std::string(kUnknown) + "look it up") +
         line("bits", "16", std::string(kUnknown) + "look it up") +
         line("filter_order", "2", std::string(kUnknown) + "prior") +
         line("bandwidth_ratio", "0.4", std::string(kUnknown) + "prior, of the output rate") +
         figure("noise_density", n, u.density, u.density_si) +
         figure("flicker", over_axes(r, u, &AllanFit::flicker, u.bias_si), u.bias, u.bias_si) +
         figure("random_walk", over_axes(r, u, &AllanFit::walk, u.walk_si), u.walk, u.walk_si) +
         line("bias_sd", quoted("0", u.bias),
              std::string(kUnknown) + "one unit says nothing about the spread of units") +
         line("scale_sd", "\"0 %\"", std::string(kUnknown) + "as above") +
         line("cross_axis_sd", "\"0 %\"", std::string(kUnknown) + "as above");
}

// What may stand in a comment or a string of TOML.
std::string plain(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    safe += control || c == '"' || c == '\\' ? ' ' : c;
  }
  return safe;
}

}  // namespace

std::string to_json(const AllanReport& r) {
  json axes = json::array();
  for (const AllanAxis& a : r.axes) axes.push_back(axis_json(a));
  return json{{"source", r.source},   {"rate_hz", r.rate_hz}, {"seconds", r.seconds},
              {"at_rest", r.at_rest}, {"notes", r.notes},     {"axes", axes}}
      .dump(2);
}

std::string to_part(const AllanReport& r, const std::string& name) {
  require(r.at_rest, ErrorKind::check_failed,
          r.source + ": expected a sensor at rest to write a part of, found movement");
  const bool gyro = r.axes.back().units == &gyro_units();
  std::string text =
      "# Measured by wristsim allan: " + plain(r.source) + ",\n# " + in_time(r.seconds) +
      " at rest at " + in_rate(r.rate_hz) +
      " Hz. Densities are one-sided (sqrt 2 N); each axis with its standard error.\n";
  for (const std::string& note : r.notes) text += "# " + plain(note) + '\n';
  text += "name = \"" + plain(name) + "\"\nsource = \"" + in_time(r.seconds) + " at rest, " +
          plain(r.source) + "\"\n";
  text += triad(r, accel_units(), "8 g");
  if (!gyro) text += "\n# There was no gyroscope in it: everything below is a placeholder.";
  text += triad(r, gyro_units(), "2000 dps");
  text += "\n[clock]\n" +
          line("rate_error_sd", "\"0 %\"", "not measured: the true rate was that above") +
          line("rate_error_max", "\"0 %\"", "not measured") + "\n[mount]\n" +
          line("error_sd", "\"0 deg\"", "not measured");
  return text;
}

}  // namespace wrist::report
