// SPDX-License-Identifier: Apache-2.0
#include "generators/export/formats.h"
#include "generators/export/window_arrays.h"

namespace wrist::exports {
namespace {

Attributes file_attributes(const Plan& plan) {
  Attributes all = plan.source;
  all["class_names"] = plan.classes.names();
  all["subject_names"] = plan.subjects.names();
  all.merge(profile_attributes(plan.profile));
  return all;
}

std::vector<ArraySpec> arrays(const Profile& p) {
  std::vector<ArraySpec> all = {
      imu_array(p),
      {"label", Element::i2, {}, {{"long_name", "position in class_names; -1 unlabelled"}}},
      {"subject", Element::i4, {}, {{"long_name", "position in subject_names; -1 unknown"}}},
      {"sequence", Element::i4, {}, {{"long_name", "index of the recording in its recipe"}}},
      start_array()};
  if (p.optical_length > 0) all.push_back(optical_array(p));
  return all;
}

}  // namespace

Written write_windows(const Job& job, OutputFiles& files) {
  Written written;
  const std::filesystem::path temporary = files.add(job.out);
  try {
    ArrayFile file(temporary, file_attributes(job.plan), arrays(job.plan.profile),
                   job.plan.counts.chosen);
    for_each_window(job.plan, job.interrupted, [&](const Window& w) {
      append_window(file, 0, w.imu);
      append_value(file, 1, static_cast<std::int16_t>(w.label));
      append_value(file, 2, static_cast<std::int32_t>(w.subject));
      append_value(file, 3, static_cast<std::int32_t>(w.sequence));
      append_value(file, 4, w.start_ns);
      if (w.optical.size() > 0) append_window(file, 5, w.optical);
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
