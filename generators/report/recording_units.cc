// SPDX-License-Identifier: Apache-2.0
#include "generators/report/recording_units.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cctype>
#include <cmath>

#include "sim/base/constants.h"

namespace wrist::report {
namespace {

// Spelled in lower case, without blanks, ^ and underscores.
struct UnitSpellings {
  Quantity quantity;
  const char *ours, *theirs;
};
constexpr UnitSpellings kUnits[] = {
    {Quantity::acceleration, "g", " g "},
    {Quantity::acceleration, "mg", " mg "},
    {Quantity::acceleration, "m/s2", " m/s2 m/s\xc2\xb2 m/s/s ms2 ms-2 mps2 "},
    {Quantity::angular_rate, "rad/s", " rad/s rads rads-1 rad/sec radians/s "},
    {Quantity::angular_rate, "deg/s", " deg/s degs dps \xc2\xb0/s deg/sec degrees/s "},
    {Quantity::time, "s", " s sec seconds "},
    {Quantity::time, "ms", " ms msec milliseconds "},
    {Quantity::time, "us", " us \xc2\xb5s microseconds "},
    {Quantity::time, "ns", " ns nanoseconds "}};

constexpr double kLook = 2;              // s; long enough for a turn, short for drift
constexpr std::size_t kMostLooks = 300;  // over the recording, evenly
constexpr double kScrambled = 2.5;       // spread of rad/s over that of deg/s; real watches that
                                         // write rad/s give 0.8 to 1.3, deg/s 6 to 14
constexpr double kTurn = 0.3;            // rad in one look; below it both readings agree
constexpr double kFullScale = 35;        // rad/s; 2000 deg/s, the most a watch's gyroscope reads

// Variance of the acceleration turned into the frame of the first sample.
double spread(const Series3& accel, const Series3& gyro, double scale, double rate_hz) {
  Eigen::Quaterniond turn = Eigen::Quaterniond::Identity();
  Series3 still(accel.rows(), 3);
  for (Index i = 0; i < accel.rows(); ++i) {
    still.row(i) = (turn * accel.row(i).matrix().transpose()).transpose().array();
    const Eigen::Vector3d angle = gyro.row(i).matrix().transpose() * (scale / rate_hz);
    const double size = angle.norm();
    if (size > 0) turn = turn * Eigen::AngleAxisd(size, angle / size);
  }
  return (still.rowwise() - still.colwise().mean()).square().rowwise().sum().mean();
}

struct Look {
  const RealRecording::Stretch* stretch;
  Index first;
};

std::vector<Look> looks_of(const std::vector<RealRecording::Stretch>& stretches, Index length) {
  std::vector<Look> all, some;
  for (const RealRecording::Stretch& stretch : stretches)
    for (Index first = 0; first + length <= stretch.gyro.rows(); first += length)
      all.push_back({&stretch, first});
  const std::size_t step = all.size() / kMostLooks + 1;
  for (std::size_t i = 0; i < all.size(); i += step) some.push_back(all[i]);
  return some;
}

}  // namespace

std::optional<std::string> canonical_unit(Quantity quantity, const std::string& spelling) {
  std::string text;
  for (const char c : spelling)
    if (c != ' ' && c != '^' && c != '_')
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const UnitSpellings& unit : kUnits)
    if (unit.quantity == quantity && !text.empty() &&
        std::string(unit.theirs).find(" " + text + " ") != std::string::npos)
      return unit.ours;
  return std::nullopt;
}

double accel_scale(const std::string& unit) {
  return unit == "g" ? kGravity : unit == "mg" ? 1e-3 * kGravity : 1;
}

double gyro_scale(const std::string& unit) { return unit == "deg/s" ? kDegree : 1; }

std::string infer_accel_unit(const std::vector<RealRecording::Stretch>& stretches) {
  constexpr double kNear = 1.6;
  std::vector<double> lengths;
  for (const RealRecording::Stretch& stretch : stretches)
    for (const double length : stretch.accel.square().rowwise().sum().sqrt())
      lengths.push_back(length);
  const auto middle = lengths.begin() + std::ssize(lengths) / 2;
  std::nth_element(lengths.begin(), middle, lengths.end());
  for (const char* unit : {"m/s2", "g", "mg"}) {
    const double in_gravities = *middle * accel_scale(unit) / kGravity;
    if (in_gravities < kNear && in_gravities > 1 / kNear) return unit;
  }
  return "";
}

std::string infer_gyro_unit(const std::vector<RealRecording::Stretch>& stretches, double rate_hz) {
  const Index length = std::max<Index>(2, std::lround(kLook * rate_hz));
  double as_radians = 0, as_degrees = 0, turned = 0, largest = 0;
  const std::vector<Look> looks = looks_of(stretches, length);
  for (const Look& look : looks) {
    const Series3 accel = look.stretch->accel.middleRows(look.first, length);
    const Series3 gyro = look.stretch->gyro.middleRows(look.first, length);
    as_radians += spread(accel, gyro, 1, rate_hz);
    as_degrees += spread(accel, gyro, kDegree, rate_hz);
    turned +=
        gyro.square().rowwise().sum().sqrt().mean() * kLook / static_cast<double>(looks.size());
  }
  for (const RealRecording::Stretch& stretch : stretches)
    if (stretch.gyro.rows() > 0) largest = std::max(largest, stretch.gyro.abs().maxCoeff());
  if (largest > kFullScale) return "deg/s";
  if (looks.empty() || turned < kTurn) return "";
  return as_radians > kScrambled * as_degrees ? "deg/s" : "rad/s";
}

}  // namespace wrist::report
