// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/export/events_json.h"
#include "generators/export/formats.h"
#include "generators/export/meta.h"
#include "generators/export/sensorlog_row.h"
#include "generators/report/inventory.h"
#include "sim/base/constants.h"

namespace wrist::exports {
namespace {

using nlohmann::json;

constexpr const char* kOrientation = "/truth/case_orientation";
constexpr std::int64_t kBlockRows = 16 * kChunkRows;

[[noreturn]] void bad(const Shard& shard, const std::string& text) {
  throw Error(ErrorKind::bad_data, shard.file().string() + ": " + text);
}

// How the chip sits in the case: turned about the screen normal, by half a turn more where its axes
// follow the picture and the crown is on the left.
Eigen::Quaterniond chip_rotation(const Shard& shard, const ShardTables::Sequence& s) {
  const Attributes imu = shard.attributes("/imu");
  const json scenario = json::parse(s.scenario, nullptr, false);
  const json wear = scenario.is_object() ? scenario.value("wear", json::object()) : json::object();
  const bool crown_left = wear.is_object() && wear.value("crown_left", false);
  if (crown_left && !imu.contains("axes_follow_screen"))
    bad(shard,
        "/imu: expected the attribute axes_follow_screen, as a crown is on the left; found "
        "none, make the dataset anew");
  const bool half_turn = crown_left && number(imu, "axes_follow_screen", 0) != 0;
  const double angle = number(imu, "angle_CI_rad", 0) + (half_turn ? kPi : 0);
  return Eigen::Quaterniond(std::cos(angle / 2), 0, 0, std::sin(angle / 2));
}

// The rows of one recording, block by block.
struct Log {
  const Shard& shard;
  Eigen::Quaterniond R_CI;
  std::string time_path;  // the platform's stamps where there are any
  std::string text;
  Written written;

  void block(std::int64_t first, std::int64_t count);
};

void Log::block(std::int64_t first, std::int64_t count) {
  const Eigen::ArrayXXd accel = shard.read("/imu/accel", first, count);
  const Eigen::ArrayXXd gyro = shard.read("/imu/gyro", first, count);
  const Eigen::ArrayXXd R_WC = shard.read(kOrientation, first, count);
  const Rows<std::int64_t> time = CountReader<std::int64_t>(shard, time_path).read(first, count);
  const Rows<std::int16_t> ids =
      CountReader<std::int16_t>(shard, "/imu/class_id").read(first, count);
  const ShardTables& t = shard.tables();
  text.clear();
  SensorLogRow row;
  for (Index i = 0; i < count; ++i) {
    ++written.samples;
    if (accel.row(i).isNaN().any() || gyro.row(i).isNaN().any()) {
      ++written.lost;
      continue;
    }
    row.time_ns = time(i, 0);
    row.specific_force_I = accel.row(i).matrix();
    row.rate_I = gyro.row(i).matrix();
    row.R_WI = quaternion(QuatSeries(R_WC.row(i)), 0).normalized() * R_CI;
    if (ids(i, 0) >= std::ssize(t.classes)) bad(shard, "/imu/class_id: a class that is not there");
    row.label = report::class_name(t, ids(i, 0));
    append_row(text, row);
  }
}

void check_signals(const Shard& shard) {
  for (const char* path : {"/imu/accel", "/imu/gyro", "/imu/class_id", kOrientation}) {
    if (!shard.has(path)) bad(shard, std::string("expected ") + path + ", found none");
    const Shard::Shape shape = shard.shape(path);
    const std::int64_t columns = path == kOrientation                   ? 4
                                 : std::string(path) == "/imu/class_id" ? 1
                                                                        : 3;
    if (shape.columns != columns)
      bad(shard, std::string(path) + ": expected " + std::to_string(columns) + " columns, found " +
                     std::to_string(shape.columns));
  }
}

void write_log(const Job& job, OutputFile& csv, const Shard& shard, std::int64_t sequence,
               Written& total) {
  const auto& s = shard.tables().sequences[static_cast<std::size_t>(sequence)];
  check_signals(shard);
  Log log{
      shard, chip_rotation(shard, s), shard.has("/imu/t_host") ? "/imu/t_host" : "/imu/t", {}, {}};
  csv.write(sensorlog_header());
  for (std::int64_t done = 0; done < s.imu_count; done += kBlockRows) {
    require(!job.interrupted(), ErrorKind::interrupted, "export: interrupted, nothing was kept");
    log.block(s.imu_start + done, std::min(kBlockRows, s.imu_count - done));
    csv.write(log.text);
  }
  csv.close();
  total.samples += log.written.samples;
  total.lost += log.written.lost;
}

json meta(const Job& job) {
  return {
      {"acceleration", "G = 9.80665 m s-2; CoreMotion's sign: a watch lying face up reads -1 on z"},
      {"gravity", "from the true orientation; user acceleration is the rest, errors included"},
      {"rotation_rate", "rad s-1, as the sensor reads it, bias included"},
      {"quaternion", "x y z w, chip to world, z up; yaw from the world's x axis"},
      {"time",
       "s since the start of the recording, as the platform wrote it; loggingTime is "
       "that after 2001-01-01 00:00"},
      {"label", std::string("class name, ") + report::kUnlabelled + " without one"},
      {"missing", "a sample lost on the way has no row"},
      {"events",
       {{"start_s", "s, true time since the start of the recording"},
        {"end_s", "s, the same"},
        {"class", "name of a class, null for what is none, such as a heart beat"},
        {"confidence", "0 to 1"}}},
      {"source", json::parse(source_json(job.plan))}};
}

}  // namespace

Written write_sensorlog(const Job& job, OutputFiles& files) {
  for (const char* suffix : {".csv", ".events.json"}) files.claim(job.out, "recording-", suffix);
  Written written;
  const auto write_text = [&files](const std::filesystem::path& path, const std::string& text) {
    OutputFile file(files, path);
    file.write(text + "\n");
    file.close();
  };
  for (const std::filesystem::path& path : job.plan.files) {
    const Shard shard(path);
    const std::vector<std::int64_t> rows = select_recordings(shard.tables(), job.plan.filter).rows;
    const std::vector<std::vector<std::size_t>> events = events_by_recording(shard.tables());
    for (const std::int64_t row : rows) {
      const auto at = static_cast<std::size_t>(row);
      const std::string name = recording_name(shard.tables().sequences[at].index);
      OutputFile csv(files, job.out / (name + ".csv"));
      write_log(job, csv, shard, row, written);
      write_text(job.out / (name + ".events.json"),
                 recording_events_json(shard.tables(), events[at]));
    }
  }
  write_text(job.out / "meta.json", meta(job).dump(1));
  return written;
}

}  // namespace wrist::exports
