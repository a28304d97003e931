// SPDX-License-Identifier: Apache-2.0
/// One row of a log as the app SensorLog writes it: names with units, G, CoreMotion's signs,
/// quaternion x y z w.
///
/// Source of the header: public pipelines that read such logs (storage notes 12.2). The date that
/// time 0 stands for is arbitrary: Apple's reference date, so that logs are the same every time.
#pragma once

#include <Eigen/Geometry>
#include <cstdint>
#include <string>

namespace wrist::exports {

struct SensorLogRow {
  std::int64_t time_ns = 0;                                    // as the platform wrote it
  Eigen::Vector3d specific_force_I = Eigen::Vector3d::Zero();  // m/s2; our sign
  Eigen::Vector3d rate_I = Eigen::Vector3d::Zero();            // rad/s
  Eigen::Quaterniond R_WI = Eigen::Quaterniond::Identity();    // true attitude
  std::string label;
};

/// With its line end, like the row.
std::string sensorlog_header();

/// Appends the row. User acceleration is what was read less the true gravity: errors of the sensor
/// stay in it. Values have 9 digits, times are exact to 1 ns.
void append_row(std::string& text, const SensorLogRow& row);

/// "2001-01-01 00:00:01.500 +0000" for 1.5e9 ns; rounded down to 1 ms.
std::string logging_time(std::int64_t time_ns);

}  // namespace wrist::exports
