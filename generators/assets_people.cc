// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "generators/assets_internal.h"
#include "motions/edit.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

Measure parse_measure(const TomlTable& t, const std::string& key, const std::string& name) {
  for (std::size_t i = 0; i < kMeasures; ++i)
    if (name == kMeasureNames[i]) return static_cast<Measure>(i);
  t.fail(key, "pairs of body measures (\"" + name + "\" is none)");
}

SexSpec read_sex(const TomlTable& t) {
  SexSpec spec;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    const Dimension d =
        i == static_cast<std::size_t>(Measure::mass) ? Dimension::mass : Dimension::length;
    const std::vector<double> v = t.quantities(kMeasureNames[i], d, 2);
    spec.mean[i] = v[0];
    spec.sd[i] = v[1];
  }
  const TomlTable pairs = t.table("correlations");
  for (const std::string& key : pairs.keys()) {
    const std::size_t bar = key.find('|');
    if (bar == std::string::npos) pairs.fail(key, "a key such as \"stature|forearm\"");
    spec.correlations.push_back({parse_measure(pairs, key, key.substr(0, bar)),
                                 parse_measure(pairs, key, key.substr(bar + 1)),
                                 pairs.number(key)});
  }
  complete_correlation(spec);
  return spec;
}

std::array<double, 2> plain_range(const TomlTable& t, const std::string& key,
                                  std::array<double, 2> fallback) {
  return t.range(key, Dimension::ratio, fallback);
}

}  // namespace

void read_rhythm(const TomlTable& t, PhysiologySpec& s) {
  const auto share = [&t](const char* key, double fallback) {
    const double value = t.quantity(key, Dimension::ratio, fallback);
    if (value < 0 || value > 1) t.fail(key, "a share of the people, 0 to 1");
    return value;
  };
  s.ectopic_people = share("ectopic_people", s.ectopic_people);
  s.ectopic_share = t.range("ectopic_share", Dimension::ratio, s.ectopic_share);
  if (s.ectopic_share[0] < 0 || s.ectopic_share[1] > 0.5) t.fail("ectopic_share", "0 to 0.5");
  s.tattooed_people = share("tattooed_people", s.tattooed_people);
  s.fibrillation_people = share("fibrillation_people", s.fibrillation_people);
}

PopulationSpec read_population(const TomlTable& t) {
  PopulationSpec p;
  p.name = t.string("name");
  t.string("source");
  p.female_share = t.quantity("female_share", Dimension::ratio, p.female_share);
  p.truncate_sd = t.number("truncate_sd", p.truncate_sd);
  p.female = read_sex(t.table("female"));
  p.male = read_sex(t.table("male"));
  const TomlTable body = t.table("physiology");
  PhysiologySpec& s = p.physiology;
  s.age_years = plain_range(body, "age_years", s.age_years);
  s.heart_rate_rest_bpm = plain_range(body, "heart_rate_rest_bpm", s.heart_rate_rest_bpm);
  s.sdnn_mean_s = body.quantity("sdnn_mean", Dimension::time, s.sdnn_mean_s);
  s.sdnn_sd_s = body.quantity("sdnn_sd", Dimension::time, s.sdnn_sd_s);
  s.sdnn_per_year_s = body.quantity("sdnn_per_year", Dimension::time, s.sdnn_per_year_s);
  s.respiration_hz = body.range("respiration", Dimension::frequency, s.respiration_hz);
  s.vo2_max = plain_range(body, "vo2_max_ml_kg_min", s.vo2_max);
  s.arterial_saturation = plain_range(body, "arterial_saturation", s.arterial_saturation);
  s.pulsatile_fraction_median =
      body.number("pulsatile_fraction_median", s.pulsatile_fraction_median);
  s.pulsatile_fraction_sigma_ln =
      body.number("pulsatile_fraction_sigma_ln", s.pulsatile_fraction_sigma_ln);
  s.motion_gain_median = body.number("motion_gain_median", s.motion_gain_median);
  s.motion_gain_sigma_ln = body.number("motion_gain_sigma_ln", s.motion_gain_sigma_ln);
  read_rhythm(body, s);
  s.vein_loss = plain_range(body, "vein_loss", s.vein_loss);
  s.hair_loss = plain_range(body, "hair_loss", s.hair_loss);
  if (s.vein_loss[0] < 0 || s.vein_loss[1] > 0.9) body.fail("vein_loss", "0 to 0.9");
  if (s.hair_loss[0] < 0 || s.hair_loss[1] > 0.9) body.fail("hair_loss", "0 to 0.9");
  s.ink = plain_range(body, "ink", s.ink);
  if (s.ink[0] < 1) body.fail("ink", "1 or more");
  if (body.has("melanosome_levels")) {
    const std::vector<double> levels = body.numbers("melanosome_levels");
    if (levels.size() != s.melanosome_levels.size()) body.fail("melanosome_levels", "six numbers");
    std::copy(levels.begin(), levels.end(), s.melanosome_levels.begin());
  }
  return p;
}

StyleSpec read_style(const TomlTable& t) {
  StyleSpec s;
  s.definition = t.string("definition");
  t.string("source");
  const auto read = [&t](const char* key, Dimension dimension, std::array<double, 2>& range,
                         std::array<double, 2> bounds, const char* expected) {
    range = t.range(key, dimension, range);
    if (range[0] < bounds[0] || range[1] > bounds[1]) t.fail(key, expected);
  };
  const std::array<double, 2> turn{-30 * kDegree, 45 * kDegree};
  read("tempo", Dimension::ratio, s.tempo, {0.25, 4}, "0.25 to 4");
  read("amplitude", Dimension::ratio, s.amplitude, {0, 4}, "0 to 4");
  read("warp", Dimension::ratio, s.warp, {0, kMostWarp}, "0 to 0.5");
  read("lean", Dimension::angle, s.lean, turn, "-30 to 45 deg");
  read("elbow", Dimension::angle, s.elbow, turn, "-30 to 45 deg");
  read("restless", Dimension::ratio, s.restless, {0, 10}, "0 to 10");
  return s;
}

}  // namespace wrist
