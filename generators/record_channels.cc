// SPDX-License-Identifier: Apache-2.0
#include "generators/record_channels.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/resample.h"

namespace wrist {
namespace {

// What a channel is called and means.
struct Meaning {
  std::string group, name, units, long_name, frame;
  std::string column_dimension = "";
};

Attributes attributes_of(const Meaning& m) {
  Attributes attributes{{"units", m.units}, {"long_name", m.long_name}};
  if (!m.frame.empty()) attributes["frame"] = m.frame;
  return attributes;
}

template <typename T, typename Values>
Channel make_channel(const Meaning& m, const Values& values) {
  return {m.group, m.name, Rows<T>(values.template cast<T>()), m.column_dimension,
          attributes_of(m)};
}

template <typename Values>
void add_counts(Recording& r, const Meaning& m, const Values& counts, double scale) {
  Channel channel = make_channel<std::int16_t>(m, counts);
  channel.attributes["scale_factor"] = scale;
  r.channels.push_back(std::move(channel));
}

template <typename Values>
void add_flags(Recording& r, const std::string& group, const Values& flags,
               const std::vector<std::int64_t>& masks, const std::string& meanings) {
  Channel channel =
      make_channel<std::uint8_t>({group, "flags", "1", "sample conditions", ""}, flags);
  channel.attributes["flag_masks"] = masks;
  channel.attributes["flag_meanings"] = meanings;
  r.channels.push_back(std::move(channel));
}

template <typename Values>
void add_truth(Recording& r, const Meaning& m, const Values& values) {
  r.channels.push_back(make_channel<float>(m, values));
}

void add_times(Recording& r, const std::string& group, const Stamps& time_ns) {
  r.channels.push_back(make_channel<std::int64_t>(
      {group, "t", "ns", "time since the start of the recording, on the sensor's true clock", ""},
      time_ns));
}

std::vector<std::string> hinge_names() {
  std::vector<std::string> names;
  for (int b = 1; b < kBodies; ++b) names.push_back(to_string(static_cast<Body>(b)));
  return names;
}

void add_pose_truth(Recording& r, const World& world, const Series& at) {
  const RigidSeries& watch = world.worn.motion;
  const Eigen::ArrayXXd joints = sample_at(world.joints.spline, at);
  const auto unit = [](const Eigen::ArrayXXd& u) {
    return QuatSeries(u.colwise() / u.square().rowwise().sum().sqrt());
  };
  add_truth(r, {"truth", "case_position", "m", "origin of the case C", "W", "axis"},
            resample(watch.p_WB, watch.time, at));
  add_truth(
      r, {"truth", "case_orientation", "1", "rotation of the case C, w x y z", "W", "quaternion"},
      resample_rotation(watch.R_WB, watch.time, at));
  add_truth(r, {"truth", "thorax_position", "m", "midpoint of the shoulders", "W", "axis"},
            joints.middleCols(kRootChannel, 3));
  add_truth(
      r,
      {"truth", "thorax_orientation", "1", "rotation of the thorax T, w x y z", "W", "quaternion"},
      unit(joints.middleCols(kThoraxChannel, 4)));
  add_truth(r,
            {"truth", "shoulder_orientation", "1", "rotation of the upper arm U, w x y z", "T",
             "quaternion"},
            unit(joints.middleCols(kShoulderChannel, 4)));
  add_truth(r, {"truth", "joint_angles", "rad", "prescribed hinge angles", "", "hinge"},
            joints.middleCols(kHingeChannel, kHinges));
  r.channels.back().attributes["names"] = hinge_names();
}

void add_strap_truth(Recording& r, const World& world, const Series& at) {
  const WornWatch& worn = world.worn;
  const auto read = [&](const Eigen::ArrayXXd& values) {
    return resample(values, worn.contact_time, at);
  };
  add_truth(r, {"truth", "strap_position", "m", "origin of the case C at the strap", "S", "axis"},
            read(worn.p_SC));
  add_truth(
      r, {"truth", "strap_slip", "m", "sliding along the forearm and round it", "S", "direction"},
      read(worn.slip));
  add_truth(r, {"truth", "slip_speed", "m s-1", "fastest sliding patch", "S"},
            read(worn.slip_speed));
  add_truth(r, {"truth", "gap", "m", "skin to the middle of the back", "C"}, read(worn.gap));
  add_truth(r, {"truth", "contact_pressure", "Pa", "mean over the case back", "C"},
            read(worn.pressure));
  add_truth(r, {"truth", "contact_force", "N", "of the hand on anything it touches", ""},
            read(world.contact_force));
}

}  // namespace

void append_channels(Recording& r, const ImuRecord& record, const World& world) {
  const Index lead = std::count_if(record.time_ns.begin(), record.time_ns.end(),
                                   [](std::int64_t t) { return t < 0; });
  const auto end_ns = static_cast<std::int64_t>(r.scenario.duration_s * 1e9);
  const Index count = std::count_if(record.time_ns.begin(), record.time_ns.end(),
                                    [end_ns](std::int64_t t) { return t >= 0 && t < end_ns; });
  const Series at = record.time_s.segment(lead, count);

  add_times(r, "imu", record.time_ns.segment(lead, count));
  add_counts(r, {"imu", "accel", "m s-2", "specific force: +g up at rest", "I", "axis"},
             record.accel.middleRows(lead, count), record.accel_scale);
  add_counts(r, {"imu", "gyro", "rad s-1", "angular rate", "I", "axis"},
             record.gyro.middleRows(lead, count), record.gyro_scale);
  constexpr double kSliding = 1e-3;  // m/s
  const Series slip = resample(world.worn.slip_speed, world.worn.contact_time, at);
  Flags flags = record.flags.segment(lead, count);
  for (Index i = 0; i < count; ++i)
    if (slip[i] > kSliding) flags[i] |= kFlagSlip;
  add_flags(r, "imu", flags, {kFlagSaturated, kFlagDropped, kFlagSlip}, "saturated dropped slip");

  add_pose_truth(r, world, at);
  add_strap_truth(r, world, at);
  add_truth(r,
            {"truth", "clean_accel", "m s-2",
             "specific force behind the low-pass, no error, no noise", "I", "axis"},
            record.clean_accel.middleRows(lead, count));
  add_truth(r,
            {"truth", "clean_gyro", "rad s-1",
             "angular rate behind the low-pass, no error, no noise", "I", "axis"},
            record.clean_gyro.middleRows(lead, count));
}

void append_channels(Recording& r, const PpgRecord& record, const HeartMotion& heart) {
  add_times(r, "optical", record.time_ns);
  r.channels.push_back(make_channel<std::int32_t>(
      {"optical", "counts", "1", "converter counts of each light path", "", "channel"},
      record.counts));
  r.channels.back().attributes["ampere_per_count"] = record.count_scale;
  add_truth(r, {"optical", "led_current", "A", "emitter current of each light path", "", "channel"},
            record.led_current);
  add_flags(r, "optical", record.flags, {kPpgSaturated, kPpgCurrentStep, kPpgLowSignal},
            "saturated led_current_step low_signal");
  Channel flags = make_channel<std::uint8_t>(
      {"optical", "channel_flags", "1", "conditions of each light path", "", "channel"},
      record.channel_flags);
  for (const char* key : {"flag_masks", "flag_meanings"})
    flags.attributes[key] = r.channels.back().attributes.at(key);
  r.channels.push_back(std::move(flags));

  const std::string group = "truth_optical";
  add_truth(r, {group, "heart_rate", "min-1", "slow part of the heart rate", ""},
            record.heart_rate_bpm);
  add_truth(r, {group, "pulse_volume", "1", "deep arterial pulse, 1 = a resting beat's peak", ""},
            heart.pulse_deep);
  const std::array<std::pair<const char*, const PartsC*>, 9> parts = {
      {{"part_steady", &record.steady},
       {"part_slip", &record.slip},
       {"part_pulse", &record.pulse},
       {"part_venous", &record.venous},
       {"part_pressure", &record.pressure},
       {"part_gap", &record.gap},
       {"part_bulge", &record.bulge},
       {"part_ambient", &record.ambient},
       {"part_noise", &record.noise}}};
  for (const auto& [name, values] : parts)
    add_truth(r,
              {group, name, "A", std::string("share of the detector current: ") + (name + 5), "",
               "channel"},
              *values);
}

void append_channels(Recording& r, const MagnetometerRecord& record) {
  const Stamps& t = record.time_ns;
  const auto end_ns = static_cast<std::int64_t>(r.scenario.duration_s * 1e9);
  const Index lead = std::lower_bound(t.begin(), t.end(), 0) - t.begin();
  const Index count = std::lower_bound(t.begin(), t.end(), end_ns) - t.begin() - lead;
  add_times(r, "magnetometer", t.segment(lead, count));
  add_counts(r, {"magnetometer", "field", "T", "magnetic flux density", "I", "axis"},
             record.counts.middleRows(lead, count), record.scale);
  add_flags(r, "magnetometer", record.flags.segment(lead, count), {kMagnetometerSaturated},
            "saturated");
  add_truth(r,
            {"truth_magnetometer", "clean_field", "T", "the earth's field: no iron, error or noise",
             "I", "axis"},
            record.clean_field.middleRows(lead, count));
}

void append_events(Recording& r, const World& world, const HeartMotion& heart) {
  const double end = r.scenario.duration_s;
  const auto add = [&r, end](const Event& event) {
    if (event.start_s >= 0 && event.start_s < end) r.events.push_back(event);
  };
  // A motion begins before its recording and ends after it.
  std::erase_if(r.events, [end](const Event& e) { return e.end_s < 0 || e.start_s >= end; });
  for (const Event& contact : world.contacts) add(contact);
  for (const Event& slip : world.worn.slips) add(slip);
  for (std::size_t n = 0; n < heart.beats_s.size(); ++n) {
    const double t = heart.beats_s[n];
    const bool sinus = heart.kind[n] == BeatKind::sinus;
    add({t, t, sinus ? "beat" : "beat:" + to_string(heart.kind[n]), "heart", 1});
  }
  std::stable_sort(r.events.begin(), r.events.end(),
                   [](const Event& a, const Event& b) { return a.start_s < b.start_s; });
}

std::map<std::string, Attributes> group_attributes(const WatchSpec& watch) {
  std::vector<std::string> names;
  std::vector<double> wavelengths, offsets;
  std::vector<std::int64_t> emitters, detectors;
  for (const PpgChannelSpec& c : watch.optical.channels) {
    names.push_back(c.name);
    wavelengths.push_back(c.wavelength_nm);
    offsets.push_back(c.exposure_offset);
    emitters.push_back(c.emitter);
    detectors.push_back(c.detector);
  }
  const Eigen::Vector3d& size = watch.case_spec.size;
  const std::string frames =
      "W world, z up; T thorax; U upper arm; F forearm; S strap station; C case: x to the right "
      "edge of "
      "the screen, y to 12 o'clock, z out of the screen; I chip: axes of C turned by angle_CI_rad "
      "about z" +
      std::string(watch.axes_follow_screen ? ", and by half a turn more where the crown is left"
                                           : "");
  const double angle = 2 * std::atan2(watch.X_CI.R.z(), watch.X_CI.R.w());
  return {{"imu",
           {{"rate_hz", watch.imu.rate_hz},
            {"watch", watch.name},
            {"part", watch.imu.name},
            {"gravity_convention", std::string("specific force a - g: a watch lying face up reads "
                                               "+9.81 m s-2 on z")},
            {"accel_range_m_s2", watch.imu.accel.range},
            {"gyro_range_rad_s", watch.imu.gyro.range},
            {"p_CI_m", std::vector<double>{watch.X_CI.p.x(), watch.X_CI.p.y(), watch.X_CI.p.z()}},
            {"angle_CI_rad", angle},
            {"axes_follow_screen", std::int64_t{watch.axes_follow_screen}},
            {"frames", frames}}},
          {"optical",
           {{"rate_hz", watch.optical.rate_hz},
            {"watch", watch.name},
            {"part", watch.optical.name},
            {"channel_names", names},
            {"wavelength_nm", wavelengths},
            {"emitter", emitters},
            {"detector", detectors},
            {"exposure_offset_s", offsets},
            {"most_counts", std::int64_t{(1 << watch.optical.bits) - 1}},
            {"noise_amplifier_a", watch.optical.amplifier_noise},
            {"noise_driver_share", watch.optical.driver_noise},
            {"noise_pink_share", watch.optical.pink_noise}}},
          {"truth",
           {{"rate_hz", watch.imu.rate_hz},
            {"frames", frames},
            {"case_size_m", std::vector<double>(size.begin(), size.end())},
            {"case_height_m", watch.case_spec.height}}},
          {"truth_optical", {{"rate_hz", watch.optical.rate_hz}}}};
}

std::map<std::string, Attributes> magnetometer_attributes(const WatchSpec& watch) {
  if (!watch.magnetometer) return {};
  const MagnetometerSpec& spec = *watch.magnetometer;
  return {{"magnetometer",
           {{"rate_hz", spec.rate_hz},
            {"watch", watch.name},
            {"part", spec.name},
            {"range_t", spec.range},
            {"frames", std::string("I chip: the axes of /imu")}}},
          {"truth_magnetometer", {{"rate_hz", spec.rate_hz}}}};
}

}  // namespace wrist
