// SPDX-License-Identifier: Apache-2.0
#include "generators/imu_file.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "generators/imu_csv.h"
#include "generators/run.h"
#include "sensor_models/imu/imu_stream.h"
#include "sim/base/error.h"
#include "sim/base/spline.h"

namespace wrist {
namespace {

// Truth for a watch's filters: fast enough for what its low-pass must take away.
constexpr double kTruthRate = 3200, kOversampling = 8;
constexpr std::size_t kSmoothingLength = 180;  // characters kept free for what is known at the end

std::string brief(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string list(const Eigen::VectorXd& values) {
  std::string text;
  for (const double value : values) {
    if (!text.empty()) text += ' ';
    text += brief(value);
  }
  return text;
}

// The watch's part at the rate asked for; a part's bandwidth goes with its rate.
ImuSpec part_at(ImuSpec imu, double rate_hz) {
  if (rate_hz == 0) return imu;
  const double ratio = rate_hz / imu.rate_hz;
  imu.rate_hz = rate_hz;
  imu.accel.bandwidth_hz *= ratio;
  imu.gyro.bandwidth_hz *= ratio;
  return imu;
}

// The low-pass and the clock of a part without any of its errors.
ImuUnit ideal_unit(const ImuSpec& imu) {
  const auto bare = [](const TriadSpec& triad) {
    TriadSpec spec;
    spec.range = triad.range;
    spec.bits = triad.bits;
    spec.bandwidth_hz = triad.bandwidth_hz;
    spec.filter_order = triad.filter_order;
    return spec;
  };
  ImuUnit unit;
  unit.spec.name = imu.name;
  unit.spec.rate_hz = unit.true_rate_hz = imu.rate_hz;
  unit.spec.accel = bare(imu.accel);
  unit.spec.gyro = bare(imu.gyro);
  return unit;
}

// Rows of the exact signals.
void add_rows(ImuCsv& csv, const TrajectoryBlock& block, const RigidSeries& chip, double origin_s) {
  for (Index i = 0; i < chip.time.count; ++i)
    csv.add({origin_s + chip.time.time(i), chip.specific_force_B.row(i).matrix().transpose(),
             chip.w_WB_B.row(i).matrix().transpose(), block.flags[i]});
}

// A watch's part that listens to one stretch after the other.
class Watch {
 public:
  Watch(const ImuFileSpec& spec, const ImuSpec& imu, double truth_rate_hz)
      : noise_(spec.noise),
        rng_(spec.seed),
        unit_(noise_ ? build_imu(imu, rng_ / "unit") : ideal_unit(imu)),
        truth_rate_hz_(truth_rate_hz) {}

  const ImuUnit& unit() const { return unit_; }

  void feed(ImuCsv& csv, const TrajectoryBlock& block, const RigidSeries& chip, double origin_s) {
    if (block.first) {
      finish(csv, origin_s);
      stream_.emplace(unit_, truth_rate_hz_, chip.time.start_s,
                      rng_ / "imu" / static_cast<std::uint64_t>(stretches_++));
      first_ = true;
    }
    flags_ = block.flags;
    time_ = chip.time;
    add(csv, stream_->feed({chip.time, chip.specific_force_B, chip.w_WB_B, chip.alpha_WB_B}),
        origin_s);
  }

  void finish(ImuCsv& csv, double origin_s) {
    if (stream_) add(csv, stream_->finish(), origin_s);
    stream_.reset();
  }

 private:
  void add(ImuCsv& csv, const ImuRecord& record, double origin_s) {
    for (Index i = 0; i < record.time_s.size(); ++i) {
      const double t = record.time_s[i];
      const auto at =
          std::clamp<Index>(std::llround((t - time_.start_s) * time_.rate_hz), 0, time_.count - 1);
      ImuRow row{origin_s + t, record.clean_accel.row(i).matrix().transpose(),
                 record.clean_gyro.row(i).matrix().transpose(),
                 (flags_[at] & ~kFlagRestart) | record.flags[i]};
      if (noise_) {
        row.accel = record.accel.row(i).matrix().transpose().cast<double>() * record.accel_scale;
        row.gyro = record.gyro.row(i).matrix().transpose().cast<double>() * record.gyro_scale;
      }
      if (first_ && stretches_ > 1) row.flags |= kFlagRestart;
      first_ = false;
      csv.add(row);
    }
  }

  bool noise_;
  Rng rng_;
  ImuUnit unit_;
  double truth_rate_hz_;
  std::optional<ImuStream> stream_;
  std::int64_t stretches_ = 0;
  bool first_ = false;
  TimeGrid time_;
  Flags flags_;
};

std::string sensor_text(const ImuFileSpec& spec, const std::optional<Watch>& watch) {
  if (!watch) return "sensor: none, the exact signals at these instants";
  const ImuSpec& part = watch->unit().spec;
  return "sensor: " + part.name + ", accelerometer -3 dB at " + brief(part.accel.bandwidth_hz) +
         " Hz and gyroscope at " + brief(part.gyro.bandwidth_hz) +
         " Hz, their delay stays in the signal; " +
         (spec.noise ? "every error of a specimen, seed " + std::to_string(spec.seed)
                     : std::string("no noise or other error"));
}

std::string smoothing_text(const TrajectorySummary& s) {
  return "smoothing: -3 dB at " + response_text(s.position_low_hz, s.position_high_hz) +
         " for position, " + response_text(s.rotation_low_hz, s.rotation_high_hz) +
         " for rotation; gain 1 / (1 + 0.4142 (f / f_3dB)^6), no delay";
}

// Returns where the smoothing is to be told.
long write_header(ImuCsv& csv, const ImuFileSpec& spec, const ImuFileSummary& summary,
                  const std::optional<Watch>& watch) {
  const Eigen::Quaterniond R = spec.X_BI.R;
  csv.comment("wristsim " + version() + " (" + commit() + ") imu");
  const std::string name = spec.poses == "-" ? "standard input" : spec.poses.filename().string();
  csv.comment("poses: " + name + ", " + summary.format + ", " + brief(summary.pose_rate_hz) +
              " Hz");
  csv.comment("t: s, clock of the poses; ax ay az: m/s2, specific force a - g: +" +
              brief(spec.trajectory.g_W.norm()) +
              " along up at rest; gx gy gz: rad/s, w of the body"
              " in the world");
  csv.comment("frame: chip, at " + list(spec.X_BI.p) + " m in the body's axes, turned by w x y z " +
              list(Eigen::Vector4d(R.w(), R.x(), R.y(), R.z())) + " (chip to body); gravity " +
              list(spec.trajectory.g_W) + " m/s2 in the world");
  csv.comment(sensor_text(spec, watch) + "; rows at " +
              brief(watch ? watch->unit().true_rate_hz : summary.rate_hz) + " Hz");
  csv.comment(
      "flags: sum of 1 saturated, 8 in a bridged gap, 16 near an end of the poses, 32 first"
      " after a gap that was not bridged");
  std::string later = "smoothing: chosen window by window; its -3 dB frequencies follow at the end";
  later.resize(kSmoothingLength, ' ');
  const long where = csv.comment(later);
  csv.names();
  return where;
}

}  // namespace

ImuFileSummary write_imu_file(const ImuFileSpec& spec, const std::function<bool()>& interrupted) {
  require(spec.imu || !spec.noise, ErrorKind::usage,
          "imu: expected a watch whose noise is to be added, found none");
  PoseReader reader(spec.poses);
  TrajectorySpec trajectory = spec.trajectory;
  std::optional<ImuSpec> part;
  if (spec.imu) part = part_at(*spec.imu, spec.rate_hz);
  trajectory.rate_hz = part ? std::max(kTruthRate, kOversampling * part->rate_hz) : spec.rate_hz;
  TrajectoryStream stream(reader, trajectory);
  std::optional<Watch> watch;
  if (part) watch.emplace(spec, *part, trajectory.rate_hz);

  ImuFileSummary summary{
      {}, reader.format(), stream.pose_rate_hz(), part ? part->rate_hz : stream.rate_hz(), 0};
  ImuCsv csv(spec.out);
  const long where = write_header(csv, spec, summary, watch);
  TrajectoryBlock block;
  while (stream.next(block)) {
    require(!interrupted(), ErrorKind::interrupted, "imu: interrupted, nothing was kept");
    const RigidSeries chip = shift(block.motion, spec.X_BI);
    if (watch)
      watch->feed(csv, block, chip, stream.origin_s());
    else
      add_rows(csv, block, chip, stream.origin_s());
  }
  if (watch) watch->finish(csv, stream.origin_s());
  summary.trajectory = stream.summary();
  summary.rows = csv.rows();
  csv.replace(where, smoothing_text(summary.trajectory), kSmoothingLength);
  csv.commit();
  return summary;
}

std::string response_text(double low_hz, double high_hz) {
  char text[64];
  std::snprintf(text, sizeof text, low_hz == high_hz ? "%.4g Hz" : "%.4g to %.4g Hz",
                kMinus3Db * low_hz, kMinus3Db * high_hz);
  return text;
}

std::string to_json(const ImuFileSummary& s) {
  const TrajectorySummary& t = s.trajectory;
  return nlohmann::json{
      {"rows", s.rows},
      {"rate_hz", s.rate_hz},
      {"format", s.format},
      {"pose_rate_hz", s.pose_rate_hz},
      {"poses", t.poses},
      {"stretches", t.stretches},
      {"gaps_bridged", t.gaps_bridged},
      {"poses_dropped", t.poses_dropped},
      {"position_3db_hz", {kMinus3Db * t.position_low_hz, kMinus3Db * t.position_high_hz}},
      {"rotation_3db_hz", {kMinus3Db * t.rotation_low_hz, kMinus3Db * t.rotation_high_hz}}}
      .dump();
}

}  // namespace wrist
