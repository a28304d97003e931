// SPDX-License-Identifier: Apache-2.0
#include "generators/report/thumbnail.h"

#include <cmath>

namespace wrist::report {
namespace {

double rounded(double value, double step) { return std::round(value / step) * step; }

std::string name_of(const std::vector<std::string>& names, int id) {
  return id < 0 ? "" : names[static_cast<std::size_t>(id)];
}

// A picture goes on with the last value where samples were lost; 0 before the first.
Eigen::ArrayXXd bridged(Eigen::ArrayXXd values) {
  for (Index k = 0; k < values.cols(); ++k)
    for (Index i = 0; i < values.rows(); ++i)
      if (std::isnan(values(i, k))) values(i, k) = i > 0 ? values(i - 1, k) : 0;
  return values;
}

std::vector<std::array<double, 3>> triples(BlockReader& reader, const ShardTables::Window& window,
                                           std::int64_t count, double step) {
  std::vector<std::array<double, 3>> rows;
  if (!reader.there()) return rows;
  const Eigen::ArrayXXd values = bridged(reader.read(window.imu_start, count));
  for (Index i = 0; i < values.rows(); ++i)
    rows.push_back(
        {rounded(values(i, 0), step), rounded(values(i, 1), step), rounded(values(i, 2), step)});
  return rows;
}

// The pulse is a few percent of a large mean, which says nothing in a picture.
Numbers percent_of_mean(const Series& counts) {
  constexpr double kStep = 1e-3;  // percent
  Numbers values;
  double sum = 0, there = 0;
  for (const double count : counts)
    if (!std::isnan(count)) sum += count, ++there;
  if (!(std::abs(sum) > 0)) return values;
  const Series whole = bridged(counts).col(0);
  for (const double count : whole)
    values.push_back(rounded(100 * (count * there / sum - 1), kStep));
  return values;
}

}  // namespace

Thumbnail make_thumbnail(ShardSignals& signals, std::int64_t shard,
                         const ShardTables::Window& window) {
  constexpr double kAccelStep = 0.01, kGyroStep = 0.002;  // m/s2, rad/s: finer than a pixel
  const ShardTables& t = signals.shard().tables();
  const auto& sequence = t.sequences[static_cast<std::size_t>(window.sequence)];
  Thumbnail thumbnail;
  thumbnail.shard = shard, thumbnail.sequence = window.sequence;
  thumbnail.start_s = 1e-3 * std::round(1e-6 * signals["/imu/t"].read(window.imu_start, 1)(0, 0));
  thumbnail.rate_hz = signals.rate_hz("/imu");
  thumbnail.optical_rate_hz = signals.rate_hz("/optical");
  thumbnail.subject = name_of(t.subjects, sequence.subject);
  thumbnail.strap = name_of(t.straps, sequence.strap);
  thumbnail.accel = triples(signals["/imu/accel"], window, t.window_imu_length, kAccelStep);
  thumbnail.gyro = triples(signals["/imu/gyro"], window, t.window_imu_length, kGyroStep);
  if (BlockReader& counts = signals["/optical/counts"]; counts.there())
    thumbnail.optical =
        percent_of_mean(counts.read(window.optical_start, t.window_optical_length).col(0));
  return thumbnail;
}

}  // namespace wrist::report
