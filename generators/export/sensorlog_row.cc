// SPDX-License-Identifier: Apache-2.0
#include "generators/export/sensorlog_row.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "generators/export/core_motion.h"

namespace wrist::exports {
namespace {

constexpr int kDigits = 9;  // tells every float, and so every count, from its neighbours
constexpr std::int64_t kSecond_ns = 1000000000;

void append_number(std::string& text, double value) {
  std::array<char, 32> digits;  // + 0.0: no minus before a zero
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value + 0.0,
                                 std::chars_format::general, kDigits)
                       .ptr;
  text += ',';
  text.append(digits.data(), end);
}

void append_vector(std::string& text, const Eigen::Vector3d& value) {
  for (int axis = 0; axis < 3; ++axis) append_number(text, value[axis]);
}

void append_seconds(std::string& text, std::int64_t time_ns) {
  std::array<char, 40> digits;
  const std::int64_t size = time_ns < 0 ? -time_ns : time_ns;
  std::snprintf(digits.data(), digits.size(), ",%s%lld.%09lld", time_ns < 0 ? "-" : "",
                static_cast<long long>(size / kSecond_ns),
                static_cast<long long>(size % kSecond_ns));
  text += digits.data();
}

void append_label(std::string& text, const std::string& label) {
  text += ',';
  if (label.find_first_of(",\"\r\n") == std::string::npos) {
    text += label;
    return;
  }
  text += '"';
  for (const char c : label) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  text += '"';
}

}  // namespace

std::string sensorlog_header() {
  return "loggingTime(txt),motionTimestamp_sinceReboot(s),accelerometerTimestamp_sinceReboot(s),"
         "accelerometerAccelerationX(G),accelerometerAccelerationY(G),"
         "accelerometerAccelerationZ(G),"
         "motionUserAccelerationX(G),motionUserAccelerationY(G),motionUserAccelerationZ(G),"
         "motionRotationRateX(rad/s),motionRotationRateY(rad/s),motionRotationRateZ(rad/s),"
         "motionGravityX(G),motionGravityY(G),motionGravityZ(G),"
         "motionRoll(rad),motionPitch(rad),motionYaw(rad),"
         "motionQuaternionX(R),motionQuaternionY(R),motionQuaternionZ(R),motionQuaternionW(R),"
         "label\n";
}

std::string logging_time(std::int64_t time_ns) {
  using namespace std::chrono;
  const sys_time<milliseconds> time =
      sys_days(year(2001) / January / 1) + floor<milliseconds>(nanoseconds(time_ns));
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::array<char, 64> text;
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d.%03d +0000",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return text.data();
}

void append_row(std::string& text, const SensorLogRow& row) {
  const Eigen::Vector3d acceleration = core_motion_acceleration(row.specific_force_I);
  const Eigen::Vector3d gravity = core_motion_gravity(row.R_WI);
  const Attitude attitude = core_motion_attitude(row.R_WI);
  text += logging_time(row.time_ns);
  append_seconds(text, row.time_ns);
  append_seconds(text, row.time_ns);
  append_vector(text, acceleration);
  append_vector(text, acceleration - gravity);
  append_vector(text, row.rate_I);
  append_vector(text, gravity);
  append_vector(text, {attitude.roll, attitude.pitch, attitude.yaw});
  append_vector(text, row.R_WI.vec());
  append_number(text, row.R_WI.w());
  append_label(text, row.label);
  text += '\n';
}

}  // namespace wrist::exports
