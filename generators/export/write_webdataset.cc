// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/export/formats.h"
#include "generators/export/npy.h"
#include "generators/export/tar.h"

namespace wrist::exports {
namespace {

namespace fs = std::filesystem;

std::string digits(std::int64_t number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(text.size() < width ? width - text.size() : 0, '0') + text;
}

// Archives of `per_tar` samples each, one open at a time.
class TarShards {
 public:
  TarShards(OutputFiles& files, fs::path out, std::int64_t per_tar)
      : files_(files), out_(std::move(out)), per_tar_(per_tar) {}

  void start_sample(std::int64_t number) {
    if (number % per_tar_ != 0) return;
    finish();
    tar_ = std::make_unique<OutputFile>(
        files_, out_.string() + "-" + digits(number / per_tar_, 6) + ".tar");
  }
  void add(const std::string& name, const std::string& content) {
    tar_->write(tar_header(name, content.size()));
    tar_->write(content);
    tar_->write(tar_padding(content.size()));
  }
  void finish() {
    if (!tar_) return;
    tar_->write(tar_end(static_cast<std::size_t>(tar_->size())));
    tar_->close();
    tar_.reset();
  }

 private:
  OutputFiles& files_;
  fs::path out_;
  std::int64_t per_tar_;
  std::unique_ptr<OutputFile> tar_;
};

template <typename T>
std::string npy(const Rows<T>& rows) {
  return npy_header(npy_type<T>(), {rows.rows(), rows.cols()}).append(bytes_of(rows));
}

// What is the same for every sample.
nlohmann::json common(const Profile& p) {
  nlohmann::json all = {{"rate_hz", p.rate_hz},
                        {"watch", p.watch},
                        {"imu_columns", kImuColumns},
                        {"imu_units", kImuUnits},
                        {"imu_missing", "NaN"},
                        {"frame", "I"},
                        {"gravity_convention", p.gravity_convention}};
  if (p.optical_length > 0) {
    all["optical_rate_hz"] = p.optical_rate_hz;
    all["optical_channels"] = p.channel_names;
    all["optical_units"] = "converter counts";
    all["optical_missing"] = kOpticalFill;
  }
  return all;
}

void add_sample(TarShards& tars, const Plan& plan, nlohmann::json facts, const Window& w,
                const Rows<float>& si) {
  const auto name = [](const Vocabulary& names, int id) -> nlohmann::json {
    if (id < 0) return nullptr;
    return names.names()[static_cast<std::size_t>(id)];
  };
  facts["label"] = w.label;
  facts["class"] = name(plan.classes, w.label);
  facts["subject"] = name(plan.subjects, w.subject);
  facts["sequence"] = w.sequence;
  facts["start_ns"] = w.start_ns;
  facts["purity"] = w.purity;
  facts["split"] = w.split;
  const std::string key = digits(w.number, 9);
  tars.add(key + ".imu.npy", npy(si));
  if (w.optical.size() > 0) tars.add(key + ".optical.npy", npy(w.optical));
  tars.add(key + ".json", facts.dump());
}

}  // namespace

Written write_webdataset(const Job& job, OutputFiles& files, std::int64_t per_tar) {
  require(job.out.has_filename(), ErrorKind::usage,
          job.out.string() + ": expected the start of the archives' names, such as " +
              (job.out / "train").string());
  files.claim(job.out.has_parent_path() ? job.out.parent_path() : ".",
              job.out.filename().string() + "-", ".tar");
  const nlohmann::json facts = common(job.plan.profile);
  TarShards tars(files, job.out, per_tar);
  Written written;
  for_each_window(job.plan, job.interrupted, [&](const Window& w) {
    const Rows<float> si = to_si(w, job.plan.profile);
    tars.start_sample(w.number);
    add_sample(tars, job.plan, facts, w, si);
    written.samples += si.rows();
    written.lost += si.col(0).isNaN().count();
  });
  tars.finish();
  return written;
}

}  // namespace wrist::exports
