// SPDX-License-Identifier: Apache-2.0
#include "generators/export/window_arrays.h"

namespace wrist::exports {

Attributes profile_attributes(const Profile& p) {
  return {{"watch", p.watch},
          {"gravity_convention", p.gravity_convention},
          {"frames", p.frames},
          {"p_CI_m", p.p_CI_m},
          {"angle_CI_rad", p.angle_CI_rad},
          {"window_s", p.window_s},
          {"hop_s", p.hop_s}};
}

ArraySpec imu_array(const Profile& p) {
  const double a = p.accel_scale, g = p.gyro_scale;
  return {"imu",
          Element::i2,
          {6, p.imu_length},
          {{"long_name", "counts; times scale_factors: specific force and angular rate"},
           {"axes", kImuColumns},
           {"units", kImuUnits},
           {"scale_factors", std::vector<double>{a, a, a, g, g, g}},
           {"rate_hz", p.rate_hz},
           {"frame", "I"},
           {"_FillValue", std::int64_t{kImuFill}}}};
}

ArraySpec optical_array(const Profile& p) {
  return {"optical",
          Element::i4,
          {p.channels, p.optical_length},
          {{"long_name", "converter counts of each light path"},
           {"rate_hz", p.optical_rate_hz},
           {"channel_names", p.channel_names},
           {"wavelength_nm", p.wavelength_nm},
           {"_FillValue", std::int64_t{kOpticalFill}}}};
}

ArraySpec start_array() {
  return {"start_ns",
          Element::i8,
          {},
          {{"long_name", "first sample, since the start of the recording"}, {"units", "ns"}}};
}

}  // namespace wrist::exports
