// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/ppg.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sensor_models/optical/converter.h"
#include "sensor_models/optical/coupling.h"
#include "sensor_models/optical/light.h"
#include "sensor_models/optical/ppg_store.h"
#include "sensor_models/optical/skin_map.h"
#include "sensor_models/optical/tissue.h"
#include "sensor_models/signal/sampling.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Spread of LED flux and of assembly between channels of one product [assumption].
constexpr double kChannelSpread = 0.10, kChannelLimit = 3;

const PathTable* find_table(const std::vector<PathTable>& tables, double wavelength_nm) {
  for (const PathTable& table : tables)
    if (table.wavelength_nm == wavelength_nm) return &table;
  return nullptr;
}

double truncated_normal(const Rng& rng, double limit) {
  for (std::uint64_t attempt = 0;; ++attempt) {
    const double z = (rng / attempt).normal();
    if (std::abs(z) <= limit) return z;
  }
}

void check_shape(const PathTable& table) {
  const std::size_t levels = table.melanosome_fraction.size(), distances = table.rho.size();
  bool fits = levels >= 2 && distances >= 2 && table.log_detected.size() == levels &&
              table.path.size() == levels;
  for (std::size_t m = 0; fits && m < levels; ++m)
    fits = table.log_detected[m].size() == distances && table.path[m].size() == distances;
  require(fits, ErrorKind::usage,
          "path table of " + std::to_string(table.wavelength_nm) +
              " nm: expected [melanin][distance] of at least 2 x 2");
}

// What is the same for every channel of one recording.
struct Scene {
  const PpgUnit& unit;
  const PpgTruth& truth;
  const Physiology& person;
  Contact contact;
  BloodStates states;
  TimeGrid time;
  SkinMap skin;
  PinkClock pink;
  std::map<double, Series> flicker;  // by exposure offset, s
  bool slips = false;
};

// Flicker at the instant of each channel's own exposure: 100 Hz must not wait for the sample.
std::map<double, Series> flickers(const PpgSpec& spec, double mains_hz, const TimeGrid& time,
                                  const Rng& rng) {
  std::map<double, Series> by_offset;
  for (const PpgChannelSpec& channel : spec.channels) {
    Series& flicker = by_offset[channel.exposure_offset];
    if (flicker.size() > 0) continue;
    const TimeGrid exposures{time.start_s + channel.exposure_offset, time.rate_hz, time.count};
    flicker = mains_flicker(mains_hz, exposures, rng);
  }
  return by_offset;
}

PpgRecord empty_record(const PpgUnit& unit, const HeartMotion& heart) {
  const Index samples = heart.time.count, channels = static_cast<Index>(unit.spec.channels.size());
  PpgRecord record;
  record.time_ns = stamps_ns(heart.time);
  record.counts.resize(samples, channels);
  record.flags = Flags::Zero(samples);
  record.channel_flags.resize(samples, channels);
  record.count_scale = count_scale(unit.spec);
  for (PartsC* part :
       {&record.led_current, &record.steady, &record.pulse, &record.venous, &record.pressure,
        &record.gap, &record.bulge, &record.slip, &record.ambient, &record.noise})
    part->resize(samples, channels);
  record.heart_rate_bpm = heart.heart_rate_bpm;
  return record;
}

LightPath light_path(const Scene& scene, std::size_t c, const Rng& rng) {
  const PpgSpec& spec = scene.unit.spec;
  const PpgChannelSpec& channel = spec.channels[c];
  const PathTable& table = *find_table(scene.unit.tables, channel.wavelength_nm);
  LightPath path{channel_optics(table, spec, channel, scene.person),
                 draw_channel_wear(rng / "wear" / c), channel.midpoint};
  ChannelOptics& optics = path.optics;
  const double gain = scene.unit.channel_gain[c];
  optics.transfer *= gain;
  optics.leak *= gain;
  optics.leak_gain *= gain;
  const Eigen::Array<double, 1, 2> place = scene.truth.x_distal * channel.midpoint;
  optics.transfer *= portable::exp(-skin_exponent(scene.skin, optics, place));
  optics.venous[1] += vein_volume(scene.skin, optics, place);
  if (scene.slips)
    path.wear.other_skin = slipped_exponent(scene.skin, optics, place, scene.contact.slip);
  return path;
}

void measure_channel(const Scene& scene, std::size_t c, const Rng& rng, PpgRecord& record) {
  const PpgSpec& spec = scene.unit.spec;
  const double offset = spec.channels[c].exposure_offset, rate = scene.time.rate_hz;
  const Index column = static_cast<Index>(c), total = scene.time.count;
  const LightPath path = light_path(scene, c, rng);
  const double steady = steady_light(path.optics);
  const Series& flicker = scene.flicker.at(offset);
  Converter converter = start_converter(spec, steady, scene.pink, rng / "converter" / c);
  LightBlock light;
  ConvertedBlock converted;
  LightLanes ambient;
  for (Stretch at; at.first < total; at.first += at.count) {
    const Index left = total - at.first;
    // Never one sample alone: its neighbour says where the light is heading.
    at.count = left <= kLightBlock + 1 ? left : kLightBlock;
    const bool more = left > at.count;
    fetch(at, column, record);
    light_block(path, scene.contact, scene.states, {at.first, at.count + more}, light);
    expose_later(light, offset * rate, at.count, more);
    ambient_current(spec, scene.truth.illuminance_lux, light.gap_mm.data(), at.count,
                    ambient.data());
    convert_next(converter, {light.total.data(), ambient.data(), flicker.data() + at.first},
                 at.count,
                 {record.counts.col(column).data() + at.first,
                  record.channel_flags.col(column).data() + at.first, converted.led_current.data(),
                  converted.ambient.data(), converted.noise.data()});
    store({light, converted, offset * rate, steady}, at, column, record);
  }
}

}  // namespace

void check(const PpgSpec& spec) {
  const auto expect = [&](bool holds, const std::string& what) {
    require(holds, ErrorKind::usage, "optical sensor \"" + spec.name + "\": expected " + what);
  };
  const auto found = [](double value) { return ", found " + std::to_string(value); };
  expect(spec.rate_hz >= 20 && spec.rate_hz <= 2000,
         "a rate of 20 to 2000 Hz" + found(spec.rate_hz));
  expect(spec.bits >= 8 && spec.bits <= 24, "8 to 24 bits" + found(spec.bits));
  expect(spec.averages >= 1, "averages of at least 1" + found(spec.averages));
  expect(spec.full_scale > 0, "full_scale above 0" + found(spec.full_scale));
  expect(spec.integration > 0, "integration above 0" + found(spec.integration));
  expect(spec.detector_area > 0, "a detector area above 0" + found(spec.detector_area));
  expect(spec.led_current_min > 0 && spec.led_current_max >= spec.led_current_min,
         "0 < led_current_min <= led_current_max" + found(spec.led_current_min));
  expect(spec.amplifier_noise >= 0 && spec.driver_noise >= 0 && spec.pink_noise >= 0,
         "noise of at least 0");
  expect(spec.rate_error_sd >= 0 && spec.rate_error_max >= 0 && spec.rate_error_max < 0.5,
         "rate errors of 0 to 50 %" + found(spec.rate_error_max));
  expect(spec.ambient_range > 0, "ambient_range above 0" + found(spec.ambient_range));
  expect(!spec.channels.empty(), "at least one channel");
  for (const PpgChannelSpec& c : spec.channels)
    expect(c.exposure_offset >= 0 && c.exposure_offset * spec.rate_hz < 0.5,
           "exposure_at of channel \"" + c.name + "\" from 0 to half a sample" +
               found(c.exposure_offset));
}

PpgUnit build_ppg(const PpgSpec& spec, const std::vector<PathTable>& tables, const Rng& rng) {
  check(spec);
  PpgUnit unit{spec, spec.rate_hz, {}, {}};
  if (spec.rate_error_sd > 0) {
    const double limit = spec.rate_error_max > 0 ? spec.rate_error_max / spec.rate_error_sd : 3;
    unit.true_rate_hz *= 1 + spec.rate_error_sd * truncated_normal(rng / "rate", limit);
  }
  for (std::size_t c = 0; c < spec.channels.size(); ++c) {
    const PpgChannelSpec& channel = spec.channels[c];
    const PathTable* table = find_table(tables, channel.wavelength_nm);
    require(table, ErrorKind::usage,
            "channel \"" + channel.name + "\": no photon paths for " +
                std::to_string(channel.wavelength_nm) + " nm");
    check_shape(*table);
    look_up(*table, channel.distance, 0);
    if (!find_table(unit.tables, channel.wavelength_nm)) unit.tables.push_back(*table);
    unit.channel_gain.push_back(
        1 + kChannelSpread * truncated_normal(rng / "gain" / c, kChannelLimit));
  }
  return unit;
}

TimeGrid sample_grid(const PpgUnit& unit, double duration_s) {
  return make_grid(duration_s, unit.true_rate_hz);
}

PpgRecord measure(const PpgUnit& unit, const PpgTruth& truth, const HeartMotion& heart,
                  const Physiology& person, const Rng& rng) {
  require(heart.time.rate_hz == unit.true_rate_hz && heart.time.count > 0, ErrorKind::internal,
          "ppg: the heart does not beat on the sensor's clock");
  const Contact contact = read_contact(truth, heart.time);
  const Scene scene{unit,
                    truth,
                    person,
                    contact,
                    couple(contact, heart, person, rng / "coupling"),
                    heart.time,
                    draw_skin_map(person, rng / "skin_map"),
                    pink_clock(heart.time),
                    flickers(unit.spec, truth.mains_hz, heart.time, rng / "mains"),
                    (contact.slip != 0).any()};
  PpgRecord record = empty_record(unit, heart);
  for (std::size_t c = 0; c < unit.spec.channels.size(); ++c)
    measure_channel(scene, c, rng, record);
  return record;
}

}  // namespace wrist
