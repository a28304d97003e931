// SPDX-License-Identifier: Apache-2.0
#include "generators/assets_internal.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Nested lists of numbers: [melanin][rho] and [melanin][rho][layer].
std::vector<double> row_of_numbers(const TomlTable& t, const std::string& key,
                                   const toml::node& node) {
  std::vector<double> row;
  if (!node.is_array()) t.fail(key, "nested lists of numbers");
  for (const toml::node& item : *node.as_array()) {
    if (!item.is_number()) t.fail(key, "nested lists of numbers");
    row.push_back(*item.value<double>());
  }
  return row;
}

}  // namespace

PathTable read_path_table(const TomlTable& t) {
  constexpr double kMillimetre = 1e-3;  // m
  PathTable table;
  table.wavelength_nm = t.number("wavelength_nm");
  table.melanosome_fraction = t.numbers("melanosome_fraction");
  for (const double mm : t.numbers("rho_mm")) table.rho.push_back(mm * kMillimetre);
  const std::size_t levels = table.melanosome_fraction.size(), distances = table.rho.size();
  const toml::node& detected = t.node("detected_per_mm2");
  const toml::node& path = t.node("path_mm");
  if (!detected.is_array() || detected.as_array()->size() != levels)
    t.fail("detected_per_mm2", "a list per melanosome fraction");
  if (!path.is_array() || path.as_array()->size() != levels)
    t.fail("path_mm", "a list per melanosome fraction");
  for (std::size_t m = 0; m < levels; ++m) {
    std::vector<double> p = row_of_numbers(t, "detected_per_mm2", (*detected.as_array())[m]);
    if (p.size() != distances) t.fail("detected_per_mm2", "a number per distance");
    for (double& value : p) value = portable::log(value / (kMillimetre * kMillimetre));
    table.log_detected.push_back(p);
    const toml::array* rows = (*path.as_array())[m].as_array();
    if (!rows || rows->size() != distances) t.fail("path_mm", "a row per distance");
    std::vector<std::array<double, 6>> paths;
    for (const toml::node& row : *rows) {
      const std::vector<double> layers = row_of_numbers(t, "path_mm", row);
      if (layers.size() != 6) t.fail("path_mm", "six layers");
      std::array<double, 6> metres{};
      for (std::size_t l = 0; l < 6; ++l) metres[l] = layers[l] * kMillimetre;
      paths.push_back(metres);
    }
    table.path.push_back(paths);
  }
  return table;
}

}  // namespace wrist
