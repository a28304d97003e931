// SPDX-License-Identifier: Apache-2.0
#include "generators/assets_internal.h"

namespace wrist {
namespace {

void read_part(MagnetometerSpec& spec, const TomlTable& t) {
  spec.name = t.string("name");
  t.string("source");
  spec.range = t.quantity("range", Dimension::magnetic_field);
  spec.most_counts = static_cast<int>(t.integer("most_counts", 127, 32767));
  spec.noise_density = t.quantity("noise_density", Dimension::magnetic_density, 0);
  spec.scale_sd = t.quantity("scale_sd", Dimension::ratio, 0);
  spec.cross_axis_sd = t.quantity("cross_axis_sd", Dimension::ratio, 0);
  const TomlTable clock = t.table("clock"), mount = t.table("mount");
  spec.rate_error_sd = clock.quantity("rate_error_sd", Dimension::ratio, 0);
  spec.rate_error_max = clock.quantity("rate_error_max", Dimension::ratio, 0);
  spec.mount_error_sd = mount.quantity("error_sd", Dimension::angle, 0);
}

}  // namespace

MagnetometerSpec read_magnetometer(const TomlTable& t, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "parts" / (t.string("part") + ".toml");
  const toml::table parsed = parse_toml_file(file);
  const TomlTable part(parsed, file.string());
  MagnetometerSpec spec;
  read_part(spec, part);
  part.finish();
  spec.rate_hz = t.quantity("rate", Dimension::frequency);
  spec.hard_iron_sd = t.quantity("hard_iron_sd", Dimension::magnetic_field, 0);
  spec.soft_iron_sd = t.quantity("soft_iron_sd", Dimension::ratio, 0);
  check(spec);
  return spec;
}

}  // namespace wrist
