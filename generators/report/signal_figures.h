// SPDX-License-Identifier: Apache-2.0
/// The figures of a report that come from signals, as plain numbers; the rest is in figures.h.
///
/// NaN is a number that is not known, null in JSON. SI unless a unit says otherwise.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace wrist::report {

using Numbers = std::vector<double>;
using Counts = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

struct SpectrumFigure {
  std::string class_name;
  std::int64_t windows = 0;
  Numbers frequency_hz, accel, gyro;  // gyro is empty if there is none
};

struct QuantileFigure {
  std::string class_name;
  std::int64_t windows = 0;
  Numbers probability, quantile;
};

struct FeatureFigure {
  std::string name, label, unit;
  bool log = false;
  std::vector<QuantileFigure> classes;
};

struct AllanFigure {
  struct Curve {
    std::string device, sensor, unit, axis;
    Numbers tau_s, deviation;
  };
  std::string rule;
  double seconds = 0;
  std::vector<Curve> curves;
};

struct HistogramFigure {
  struct Group {
    std::string name;
    Counts counts;
  };
  std::string name, label, unit, groups;  // groups: "strap" or "class"
  Numbers edges;
  std::vector<Group> series;
  std::string note;
};

struct Thumbnail {
  std::int64_t shard = 0, sequence = 0;  // position in `shards`; row of its /sequences
  double start_s = 0, rate_hz = 0, optical_rate_hz = 0;
  std::string subject, strap;
  std::vector<std::array<double, 3>> accel, gyro;  // m/s2, rad/s
  Numbers optical;                                 // percent of the mean
};

struct ThumbnailRow {
  std::string class_name;
  std::vector<Thumbnail> windows;
};

}  // namespace wrist::report
