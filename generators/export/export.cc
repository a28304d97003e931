// SPDX-License-Identifier: Apache-2.0
#include "generators/export/export.h"

#include <nlohmann/json.hpp>

#include "generators/export/formats.h"

namespace wrist::exports {
namespace {

Written write(const ExportSpec& spec, const Job& job, OutputFiles& files) {
  if (spec.format == "windows") return write_windows(job, files);
  if (spec.format == "npy") return write_npy(job, files);
  if (spec.format == "webdataset")
    return write_webdataset(job, files, spec.per_tar > 0 ? spec.per_tar : kPerTar);
  return write_sensorlog(job, files);
}

}  // namespace

const std::vector<std::string>& export_formats() {
  static const std::vector<std::string> kFormats = {"windows", "npy", "webdataset", "sensorlog"};
  return kFormats;
}

ExportSummary export_dataset(const ExportSpec& spec, const std::function<bool()>& interrupted) {
  require_known("--to", {spec.format}, export_formats());
  require(spec.per_tar == 0 || spec.format == "webdataset", ErrorKind::usage,
          "--per-tar: only webdataset has archives, found --to " + spec.format);
  require(!spec.out.empty(), ErrorKind::usage, "--out: expected a name, found none");
  const bool recordings = spec.format == "sensorlog";
  const Plan plan =
      recordings ? plan_recordings(spec.from, spec.filter) : plan_windows(spec.from, spec.filter);
  OutputFiles files(spec.force);
  const Written written = write(spec, {plan, spec.out, interrupted}, files);
  files.commit();
  const std::int64_t count = plan.counts.chosen;
  return {spec.format,  recordings ? 0 : count, recordings ? count : 0, written.samples,
          written.lost, files.files(),          files.bytes()};
}

std::string to_json(const ExportSummary& s) {
  std::vector<std::string> files;
  for (const auto& file : s.files) files.push_back(file.string());
  return nlohmann::json{
      {"format", s.format},   {"windows", s.windows},   {"recordings", s.recordings},
      {"samples", s.samples}, {"lost_samples", s.lost}, {"files", files},
      {"bytes", s.bytes}}
      .dump(2);
}

}  // namespace wrist::exports
