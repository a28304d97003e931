// SPDX-License-Identifier: Apache-2.0
#include "generators/assets.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "generators/toml_internal.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

template <typename Visit>
void for_each_asset(const fs::path& folder, const Visit& visit) {
  require(fs::is_directory(folder), ErrorKind::usage, folder.string() + ": expected a folder of assets");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const toml::table parsed = parse_toml_file(file);
    const TomlTable table(parsed, file.string());
    visit(file.stem().string(), table);
    table.finish();
  }
}

template <typename T>
const T& look_up(const std::map<std::string, T>& map, const std::string& name, const char* kind) {
  const auto found = map.find(name);
  if (found != map.end()) return found->second;
  std::string list;
  for (const auto& [key, value] : map) list += (list.empty() ? "" : ", ") + key;
  throw Error(ErrorKind::usage, std::string("unknown ") + kind + " \"" + name + "\"; known: " + list);
}

Eigen::Vector3d vector3(const TomlTable& table, const std::string& key, Dimension dimension) {
  const std::vector<double> v = table.quantities(key, dimension, 3);
  return {v[0], v[1], v[2]};
}

struct TriadDimensions {
  Dimension value, density, walk;
};
constexpr TriadDimensions kAccel = {Dimension::acceleration, Dimension::acceleration_density,
                                    Dimension::acceleration_walk};
constexpr TriadDimensions kGyro = {Dimension::angular_rate, Dimension::rate_density,
                                   Dimension::rate_walk};

TriadSpec read_triad(const TomlTable& t, const TriadDimensions& d, double rate_hz) {
  TriadSpec spec;
  spec.range = t.quantity("range", d.value);
  spec.bits = static_cast<int>(t.integer_or("bits", 16, 8, 16));
  spec.filter_order = static_cast<int>(t.integer_or("filter_order", 2, 1, 4));
  spec.bandwidth_hz = t.quantity("bandwidth_ratio", Dimension::ratio) * rate_hz;
  spec.noise_density = t.quantity("noise_density", d.density, 0);
  spec.flicker = t.quantity("flicker", d.value, 0);
  spec.random_walk = t.quantity("random_walk", d.walk, 0);
  spec.bias_sd = t.quantity("bias_sd", d.value, 0);
  spec.scale_sd = t.quantity("scale_sd", Dimension::ratio, 0);
  spec.cross_axis_sd = t.quantity("cross_axis_sd", Dimension::ratio, 0);
  return spec;
}

ImuSpec read_imu_part(const TomlTable& t, double rate_hz) {
  ImuSpec spec;
  spec.name = t.string("name");
  t.string("source");
  spec.rate_hz = rate_hz;
  spec.accel = read_triad(t.table("accel"), kAccel, rate_hz);
  spec.gyro = read_triad(t.table("gyro"), kGyro, rate_hz);
  const TomlTable clock = t.table("clock"), mount = t.table("mount");
  spec.rate_error_sd = clock.quantity("rate_error_sd", Dimension::ratio, 0);
  spec.rate_error_max = clock.quantity("rate_error_max", Dimension::ratio, 0);
  spec.mount_error_sd = mount.quantity("error_sd", Dimension::angle, 0);
  return spec;
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

PpgChannelSpec read_channel(const TomlTable& t) {
  PpgChannelSpec channel;
  channel.name = t.string("name");
  channel.wavelength_nm = t.number("wavelength_nm");
  channel.emitter = static_cast<int>(t.integer("emitter", 0, 255));
  channel.detector = static_cast<int>(t.integer("detector", 0, 255));
  const std::vector<double> e = t.quantities("emitter_at", Dimension::length, 2);
  const std::vector<double> d = t.quantities("detector_at", Dimension::length, 2);
  channel.distance = std::hypot(e[0] - d[0], e[1] - d[1]);
  channel.midpoint = Series2(1, 2);
  channel.midpoint << (e[0] + d[0]) / 2, (e[1] + d[1]) / 2;
  return channel;
}

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

  const TomlTable imu = t.table("imu");
  watch.imu = read_part(folder / "parts" / (imu.string("part") + ".toml"),
                        imu.quantity("rate", Dimension::frequency), read_imu_part);
  watch.imu.accel.range = imu.quantity("accel_range", Dimension::acceleration, watch.imu.accel.range);
  watch.imu.gyro.range = imu.quantity("gyro_range", Dimension::angular_rate, watch.imu.gyro.range);
  if (imu.has("bandwidth"))
    watch.imu.accel.bandwidth_hz = watch.imu.gyro.bandwidth_hz =
        imu.quantity("bandwidth", Dimension::frequency);
  watch.X_CI.p = vector3(imu, "position", Dimension::length);
  check(watch.imu);

  const TomlTable optical = t.table("optical");
  watch.optical = read_part(folder / "parts" / (optical.string("part") + ".toml"),
                            optical.quantity("rate", Dimension::frequency), read_optical_part);
  for (const TomlTable& channel : optical.tables("channels"))
    watch.optical.channels.push_back(read_channel(channel));
  check(watch.optical);
  return watch;
}

StrapSpec read_strap(const TomlTable& t) {
  StrapSpec s;
  s.name = t.string("name");
  t.string("description");
  s.width = t.quantity("width", Dimension::length);
  s.stiffness = t.quantity("stiffness", Dimension::stiffness);
  s.damping = t.quantity("damping", Dimension::damping);
  s.friction_static = t.number("friction_static");
  s.friction_kinetic = t.number("friction_kinetic");
  s.stribeck_speed = t.number("stribeck_speed_m_s", s.stribeck_speed);
  s.tangential_stiffness = t.quantity("tangential_stiffness", Dimension::stiffness);
  s.tangential_damping = t.quantity("tangential_damping", Dimension::damping);
  if (s.friction_kinetic > s.friction_static) t.fail("friction_kinetic", "at most friction_static");
  return s;
}

Measure parse_measure(const TomlTable& t, const std::string& key, const std::string& name) {
  for (std::size_t i = 0; i < kMeasures; ++i)
    if (name == kMeasureNames[i]) return static_cast<Measure>(i);
  t.fail(key, "pairs of body measures (\"" + name + "\" is none)");
}

SexSpec read_sex(const TomlTable& t) {
  SexSpec spec;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    const Dimension d = i == static_cast<std::size_t>(Measure::mass) ? Dimension::mass : Dimension::length;
    const std::vector<double> v = t.quantities(kMeasureNames[i], d, 2);
    spec.mean[i] = v[0];
    spec.sd[i] = v[1];
  }
  const TomlTable pairs = t.table("correlations");
  for (const std::string& key : pairs.keys()) {
    const std::size_t bar = key.find('|');
    if (bar == std::string::npos) pairs.fail(key, "a key such as \"stature|forearm\"");
    spec.correlations.push_back({parse_measure(pairs, key, key.substr(0, bar)),
                                 parse_measure(pairs, key, key.substr(bar + 1)), pairs.number(key)});
  }
  complete_correlation(spec);
  return spec;
}

std::array<double, 2> plain_range(const TomlTable& t, const std::string& key,
                                  std::array<double, 2> fallback) {
  return t.range(key, Dimension::ratio, fallback);
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
  s.pulsatile_fraction_median = body.number("pulsatile_fraction_median", s.pulsatile_fraction_median);
  s.pulsatile_fraction_sigma_ln =
      body.number("pulsatile_fraction_sigma_ln", s.pulsatile_fraction_sigma_ln);
  s.motion_gain_median = body.number("motion_gain_median", s.motion_gain_median);
  s.motion_gain_sigma_ln = body.number("motion_gain_sigma_ln", s.motion_gain_sigma_ln);
  if (body.has("melanosome_levels")) {
    const std::vector<double> levels = body.numbers("melanosome_levels");
    if (levels.size() != s.melanosome_levels.size()) body.fail("melanosome_levels", "six numbers");
    std::copy(levels.begin(), levels.end(), s.melanosome_levels.begin());
  }
  return p;
}

ClassInfo read_class(const TomlTable& t) {
  ClassInfo info;
  info.name = t.string("name");
  info.definition = t.string("definition");
  info.prompts = t.strings("prompts");
  info.parent = t.string("parent");
  return info;
}

// Nested lists of numbers: [melanin][rho] and [melanin][rho][layer].
std::vector<double> row_of_numbers(const TomlTable& t, const std::string& key, const toml::node& node) {
  std::vector<double> row;
  if (!node.is_array()) t.fail(key, "nested lists of numbers");
  for (const toml::node& item : *node.as_array()) {
    if (!item.is_number()) t.fail(key, "nested lists of numbers");
    row.push_back(*item.value<double>());
  }
  return row;
}

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

}  // namespace

const WatchSpec& Assets::watch(const std::string& name) const { return look_up(watches, name, "watch"); }
const StrapSpec& Assets::strap(const std::string& name) const { return look_up(straps, name, "strap"); }
const PopulationSpec& Assets::population(const std::string& name) const {
  return look_up(populations, name, "population");
}

Assets load_assets(const fs::path& folder) {
  Assets assets;
  assets.folder = folder;
  for_each_asset(folder / "watches", [&](const std::string& stem, const TomlTable& t) {
    assets.watches[stem] = read_watch(t, folder);
  });
  for_each_asset(folder / "straps", [&](const std::string& stem, const TomlTable& t) {
    assets.straps[stem] = read_strap(t);
  });
  for_each_asset(folder / "subjects", [&](const std::string& stem, const TomlTable& t) {
    assets.populations[stem] = read_population(t);
  });
  for_each_asset(folder / "classes", [&](const std::string& stem, const TomlTable& t) {
    assets.classes[stem] = read_class(t);
  });
  for_each_asset(folder / "optics", [&](const std::string&, const TomlTable& t) {
    assets.path_tables.push_back(read_path_table(t));
  });
  return assets;
}

fs::path find_assets() {
  if (const char* named = std::getenv("WRISTSIM_ASSETS")) return named;
  std::error_code status;
  const fs::path program = fs::read_symlink("/proc/self/exe", status);
  for (fs::path above = program.parent_path(); !above.empty() && above != above.root_path();
       above = above.parent_path())
    for (const char* place : {"share/wristsim/assets", "assets"})
      if (fs::is_directory(above / place / "watches")) return above / place;
  throw Error(ErrorKind::usage,
              "the asset folder was not found beside the program; set WRISTSIM_ASSETS to it");
}

}  // namespace wrist
