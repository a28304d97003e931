// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_array.h"
#include "generators/export/formats.h"

namespace wrist::exports {
namespace {

Attributes file_attributes(const Plan& plan) {
  const Profile& p = plan.profile;
  Attributes all = plan.source;
  all["class_names"] = plan.classes.names();
  all["subject_names"] = plan.subjects.names();
  all["watch"] = p.watch;
  all["gravity_convention"] = p.gravity_convention;
  all["frames"] = p.frames;
  all["p_CI_m"] = p.p_CI_m;
  all["angle_CI_rad"] = p.angle_CI_rad;
  all["window_s"] = p.window_s;
  all["hop_s"] = p.hop_s;
  return all;
}

Attributes imu_attributes(const Profile& p) {
  const double a = p.accel_scale, g = p.gyro_scale;
  return {{"long_name", "counts; times scale_factors: specific force and angular rate"},
          {"axes", kImuColumns},
          {"units", kImuUnits},
          {"scale_factors", std::vector<double>{a, a, a, g, g, g}},
          {"rate_hz", p.rate_hz},
          {"frame", "I"},
          {"_FillValue", std::int64_t{kImuFill}}};
}

std::vector<ArraySpec> arrays(const Profile& p) {
  std::vector<ArraySpec> all = {
      {"imu", Element::i2, {6, p.imu_length}, imu_attributes(p)},
      {"label", Element::i2, {}, {{"long_name", "position in class_names; -1 unlabelled"}}},
      {"subject", Element::i4, {}, {{"long_name", "position in subject_names; -1 unknown"}}},
      {"sequence", Element::i4, {}, {{"long_name", "index of the recording in its recipe"}}},
      {"start_ns",
       Element::i8,
       {},
       {{"long_name", "first sample, since the start of the recording"}, {"units", "ns"}}}};
  if (p.optical_length > 0)
    all.push_back({"optical",
                   Element::i4,
                   {p.channels, p.optical_length},
                   {{"long_name", "converter counts of each light path"},
                    {"rate_hz", p.optical_rate_hz},
                    {"channel_names", p.channel_names},
                    {"wavelength_nm", p.wavelength_nm},
                    {"_FillValue", std::int64_t{kOpticalFill}}}});
  return all;
}

template <typename T>
void append(ArrayFile& file, std::size_t array, const Rows<T>& rows) {
  file.append(array, std::as_bytes(std::span(rows.data(), static_cast<std::size_t>(rows.size()))));
}

template <typename T>
void append(ArrayFile& file, std::size_t array, T value) {
  file.append(array, std::as_bytes(std::span(&value, 1)));
}

}  // namespace

Written write_windows(const Job& job, OutputFiles& files) {
  Written written;
  const std::filesystem::path temporary = files.add(job.out);
  try {
    ArrayFile file(temporary, file_attributes(job.plan), arrays(job.plan.profile),
                   job.plan.counts.chosen);
    for_each_window(job.plan, job.interrupted, [&](const Window& w) {
      append(file, 0, Rows<std::int16_t>(w.imu.transpose()));
      append(file, 1, static_cast<std::int16_t>(w.label));
      append(file, 2, static_cast<std::int32_t>(w.subject));
      append(file, 3, static_cast<std::int32_t>(w.sequence));
      append(file, 4, w.start_ns);
      if (w.optical.size() > 0) append(file, 5, Rows<std::int32_t>(w.optical.transpose()));
      written.samples += w.imu.rows();
      written.lost += (w.imu.col(0) == kImuFill).count();
    });
    file.close();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::io) throw;
    throw Error(ErrorKind::io, job.out.string() + ": " + error.what());
  }
  return written;
}

}  // namespace wrist::exports
