// SPDX-License-Identifier: Apache-2.0
#include "generators/assets_internal.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

Eigen::Vector3d vector3(const TomlTable& table, const std::string& key, Dimension dimension) {
  const std::vector<double> v = table.quantities(key, dimension, 3);
  return {v[0], v[1], v[2]};
}

PpgSpec read_optical_part(const TomlTable& t, double rate_hz) {
  PpgSpec spec;
  spec.name = t.string("name");
  t.string("source");
  spec.rate_hz = rate_hz;
  const TomlTable c = t.table("converter"), clock = t.table("clock");
  spec.bits = static_cast<int>(c.integer("bits", 8, 24));
  spec.full_scale = c.quantity("full_scale", Dimension::current);
  spec.integration = c.quantity("integration", Dimension::time);
  spec.averages = static_cast<int>(c.integer("averages", 1, 1024));
  spec.amplifier_noise = c.quantity("amplifier_noise", Dimension::current, 0);
  spec.driver_noise = c.quantity("driver_noise", Dimension::ratio, 0);
  spec.pink_noise = c.quantity("pink_noise", Dimension::ratio, 0);
  spec.ambient_rejection_db = c.number("ambient_rejection_db");
  spec.led_current_min = c.quantity("led_current_min", Dimension::current);
  spec.led_current_max = c.quantity("led_current_max", Dimension::current);
  spec.detector_area = t.table("detector").quantity("area", Dimension::area);
  spec.rate_error_sd = clock.quantity("rate_error_sd", Dimension::ratio, 0);
  spec.rate_error_max = clock.quantity("rate_error_max", Dimension::ratio, 0);
  return spec;
}

template <typename Read>
auto read_part(const fs::path& file, double rate_hz, const Read& read) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable table(parsed, file.string());
  auto spec = read(table, rate_hz);
  table.finish();
  return spec;
}

}  // namespace

WatchSpec read_watch(const TomlTable& t, const fs::path& folder) {
  WatchSpec watch;
  watch.name = t.string("name");
  t.string("description");
  const TomlTable c = t.table("case");
  watch.case_spec.mass = c.quantity("mass", Dimension::mass);
  watch.case_spec.inertia = vector3(c, "inertia", Dimension::inertia);
  watch.case_spec.size = vector3(c, "size", Dimension::length);
  watch.case_spec.height = c.quantity("height", Dimension::length);
  watch.case_spec.back_area = c.quantity("back_area", Dimension::area);

  read_imu(watch, t.table("imu"), folder / "parts");

  const TomlTable optical = t.table("optical");
  watch.optical = read_part(folder / "parts" / (optical.string("part") + ".toml"),
                            optical.quantity("rate", Dimension::frequency), read_optical_part);
  watch.optical.channels = read_light_paths(optical);
  check(watch.optical);
  std::map<std::string, double> rates_hz = {{"imu", watch.imu.rate_hz},
                                            {"optical", watch.optical.rate_hz}};
  if (t.has("magnetometer")) {
    watch.magnetometer = read_magnetometer(t.table("magnetometer"), folder);
    rates_hz["magnetometer"] = watch.magnetometer->rate_hz;
  }
  watch.transport = read_transport(t.table("transport"), rates_hz);
  return watch;
}

StrapSpec read_strap(const TomlTable& t) {
  StrapSpec s;
  s.name = t.string("name");
  t.string("description");
  s.width = t.quantity("width", Dimension::length);
  s.stiffness = t.quantity("stiffness", Dimension::stiffness);
  s.hardening = t.number("hardening_per_m", s.hardening);
  s.damping = t.quantity("damping", Dimension::damping);
  s.friction_static = t.number("friction_static");
  s.friction_kinetic = t.number("friction_kinetic");
  s.stribeck_speed = t.number("stribeck_speed_m_s", s.stribeck_speed);
  s.tangential_stiffness = t.quantity("tangential_stiffness", Dimension::stiffness);
  s.tangential_damping = t.quantity("tangential_damping", Dimension::damping);
  if (s.friction_kinetic > s.friction_static) t.fail("friction_kinetic", "at most friction_static");
  return s;
}

}  // namespace wrist
