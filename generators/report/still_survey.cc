// SPDX-License-Identifier: Apache-2.0
#include "generators/report/still_survey.h"

#include <algorithm>
#include <cmath>

#include "generators/report/text.h"
#include "sensor_models/signal/allan.h"

namespace wrist::report {
namespace {

struct Sensor {
  const char *name, *measured, *truth, *unit;
};
constexpr std::array<Sensor, 2> kSensors = {{{"accel", "/imu/accel", "/truth/clean_accel", "m/s2"},
                                             {"gyro", "/imu/gyro", "/truth/clean_gyro", "rad/s"}}};

bool knows_truth(ShardSignals& signals) {
  return signals[kSensors[0].truth].there() && signals[kSensors[1].truth].there();
}

bool is_still(const Eigen::Ref<const Eigen::ArrayXXd>& accel,
              const Eigen::Ref<const Eigen::ArrayXXd>& gyro) {
  if (!accel.allFinite() || !gyro.allFinite()) return false;
  const Eigen::ArrayXXd about_mean = accel.rowwise() - accel.colwise().mean();
  return about_mean.square().colwise().mean().maxCoeff() < kStillAccel * kStillAccel &&
         gyro.square().rowwise().sum().mean() < kStillGyro * kStillGyro;
}

// Where a recording is long it is looked at in pieces of this length, and a stretch ends with its
// piece: longer ones would tell little more.
constexpr double kPiece = 600;  // s

// What the sensor adds to the truth; all it reads if the truth is not known.
Series3 error_of(ShardSignals& signals, const Sensor& sensor, const Stretch& rows) {
  Series3 values = signals[sensor.measured].read(rows.first, rows.count);
  if (knows_truth(signals)) values -= signals[sensor.truth].read(rows.first, rows.count);
  return values;
}

void add_curves(AllanFigure& figure, ShardSignals& signals, const std::string& device,
                const Stretch& rows) {
  const double rate_hz = signals.rate_hz("/imu");
  for (const Sensor& sensor : kSensors) {
    const Series3 values = error_of(signals, sensor, rows);
    if (!values.allFinite()) continue;
    for (Index axis = 0; axis < 3; ++axis) {
      AllanFigure::Curve curve{device, sensor.name, sensor.unit, std::string(1, "xyz"[axis]),
                               {},     {}};
      for (const AllanPoint& point :
           allan_deviation(values.col(axis), rate_hz, allan_times(rows.count, rate_hz))) {
        curve.tau_s.push_back(point.tau_s);
        curve.deviation.push_back(point.deviation);
      }
      figure.curves.push_back(curve);
    }
  }
}

}  // namespace

Stretch longest_still(const Series3& accel, const Series3& gyro, double rate_hz) {
  const auto second = std::max<Index>(1, std::lround(rate_hz));
  Stretch longest, run;
  for (Index first = 0; first + second <= accel.rows(); first += second) {
    if (!is_still(accel.middleRows(first, second), gyro.middleRows(first, second))) {
      run = {first + second, 0};
      continue;
    }
    run.count += second;
    if (run.count > longest.count) longest = run;
  }
  return longest;
}

void StillSurvey::add(ShardSignals& signals, std::size_t shard) {
  if (!signals["/imu/accel"].there() || !signals["/imu/gyro"].there()) return;
  truth_ = truth_ && knows_truth(signals);
  for (const ShardTables::Sequence& s : signals.shard().tables().sequences)
    if (s.device >= 0) add_recording(signals, shard, s);
}

void StillSurvey::add_recording(ShardSignals& signals, std::size_t shard,
                                const ShardTables::Sequence& s) {
  const double rate_hz = signals.rate_hz("/imu");
  const bool truth = knows_truth(signals);
  const auto piece = static_cast<std::int64_t>(kPiece * rate_hz);
  Found& best = found_[signals.shard().tables().devices[static_cast<std::size_t>(s.device)]];
  for (std::int64_t from = 0; from < s.imu_count; from += piece) {
    const std::int64_t first = s.imu_start + from, count = std::min(piece, s.imu_count - from);
    const auto read = [&](const Sensor& sensor) -> Series3 {
      return signals[truth ? sensor.truth : sensor.measured].read(first, count);
    };
    Stretch still = longest_still(read(kSensors[0]), read(kSensors[1]), rate_hz);
    still.first += first;
    const double seconds = static_cast<double>(still.count) / rate_hz;
    if (seconds > best.seconds) best = {shard, still, seconds};
  }
}

std::vector<std::pair<std::string, StillSurvey::Found>> StillSurvey::longest() const {
  std::vector<std::pair<std::string, Found>> all;
  for (const auto& [device, found] : found_)
    if (found.seconds >= kLeastStill) all.emplace_back(device, found);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.second.seconds > b.second.seconds;
  });
  if (all.size() > kMostDevices) all.resize(kMostDevices);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return all;
}

AllanFigure StillSurvey::figure(const std::vector<std::filesystem::path>& shards) const {
  AllanFigure figure;
  figure.rule =
      "The longest still stretch of each watch of at least " + in_digits(kLeastStill) +
      " s: seconds in which the acceleration varies by less than " + in_digits(kStillAccel) +
      " m/s2 and the watch turns by less than " + in_digits(kStillGyro) + " rad/s, rms. " +
      (truth_ ? "Judged by the truth, which is taken off: the curves are what the sensor adds."
              : "The truth is not known: the curves hold what the arm did as well.");
  for (const auto& [device, found] : longest()) {
    const Shard shard(shards[found.shard]);
    ShardSignals signals(shard);
    add_curves(figure, signals, device, found.rows);
    figure.seconds = std::max(figure.seconds, found.seconds);
  }
  return figure;
}

}  // namespace wrist::report
