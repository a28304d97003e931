// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "generators/export/formats.h"
#include "generators/export/meta.h"
#include "generators/export/npy.h"

namespace wrist::exports {

Written write_npy(const Job& job, OutputFiles& files) {
  const Profile& p = job.plan.profile;
  const std::int64_t windows = job.plan.counts.chosen;
  OutputFile x(files, job.out / "X.npy"), y(files, job.out / "Y.npy");
  OutputFile pid(files, job.out / "pid.npy"), meta(files, job.out / "meta.json");
  x.write(npy_header(npy_type<float>(), {windows, p.imu_length, 6}));
  y.write(npy_header(npy_type<std::int64_t>(), {windows}));
  pid.write(npy_header(npy_type<std::int64_t>(), {windows}));
  Written written;
  for_each_window(job.plan, job.interrupted, [&](const Window& w) {
    const std::int64_t label = w.label, subject = w.subject;
    const Rows<float> si = to_si(w, p);
    x.write(bytes_of(si));
    y.write(bytes_of(std::span(&label, 1)));
    pid.write(bytes_of(std::span(&subject, 1)));
    written.samples += si.rows();
    written.lost += si.col(0).isNaN().count();
  });
  nlohmann::json facts = nlohmann::json::parse(windows_json(job.plan));
  facts["files"] = {{"X.npy", "float32 [windows, samples, columns], SI"},
                    {"Y.npy", "int64 [windows], position in class_names, -1 unlabelled"},
                    {"pid.npy", "int64 [windows], position in subject_names"}};
  meta.write(facts.dump(2) + "\n");
  for (OutputFile* file : {&x, &y, &pid, &meta}) file->close();
  return written;
}

}  // namespace wrist::exports
