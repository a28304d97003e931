// SPDX-License-Identifier: Apache-2.0
#include "generators/report/recording_columns.h"

#include <algorithm>
#include <cctype>
#include <span>

#include "generators/report/csv_reader.h"

namespace wrist::report {
namespace {

// Before or after the letter of the axis; letters and digits only. The first that has all three
// axes wins. "Linear" and "user" acceleration lack gravity and are not taken.
constexpr const char* kCoreMotion = "accelerometeracceleration";
constexpr const char* kAccelNames[] = {"acc",       "accel",  "accelerometer", "acceleration",
                                       kCoreMotion, "a",      "accelero",      "rawacc",
                                       "rawaccel",  "accraw", "accelraw",      "wristacc",
                                       "watchacc",  "imuacc", "imuaccel",      "accelerometerraw"};
constexpr const char* kGyroNames[] = {"gyr",
                                      "gyro",
                                      "gyroscope",
                                      "motionrotationrate",
                                      "gyrorotation",
                                      "rotationrate",
                                      "rotation",
                                      "angularvelocity",
                                      "angularrate",
                                      "angvel",
                                      "omega",
                                      "g",
                                      "w",
                                      "rawgyr",
                                      "rawgyro",
                                      "gyrraw",
                                      "gyroraw",
                                      "wristgyr",
                                      "watchgyr",
                                      "imugyr",
                                      "imugyro",
                                      "gyroscoperaw"};
constexpr const char* kTimeNames[] = {"accelerometertimestampsincereboot",
                                      "motiontimestampsincereboot",
                                      "secondselapsed",
                                      "elapsed",
                                      "elapsedtime",
                                      "timestamp",
                                      "time",
                                      "t",
                                      "ts",
                                      "epoch",
                                      "unixtime",
                                      "sensortime",
                                      "sampletime"};
constexpr const char* kLabelNames[] = {"label",         "labels",   "class",
                                       "classname",     "activity", "gesture",
                                       "activitylabel", "target",   "annotation"};

std::string lower(const std::string& text) {
  std::string all;
  for (const char c : text) all += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return all;
}

std::string letters_and_digits(const std::string& text) {
  std::string all;
  for (const char c : lower(text))
    if (std::isalnum(static_cast<unsigned char>(c))) all += c;
  return all;
}

// A column's name and the unit at its end: in brackets, or after the last underscore or blank.
struct Name {
  std::string key, unit;
};

bool is_unit(const std::string& text) {
  for (const Quantity q : {Quantity::acceleration, Quantity::angular_rate, Quantity::time})
    if (canonical_unit(q, text)) return true;
  return false;
}

Name parse_name(const std::string& cell) {
  const std::size_t open = cell.find_last_of("([");
  if (open != std::string::npos && open > 0 && (cell.back() == ')' || cell.back() == ']'))
    return {letters_and_digits(cell.substr(0, open)),
            cell.substr(open + 1, cell.size() - open - 2)};
  const std::size_t gap = cell.find_last_of("_ ");
  if (gap != std::string::npos && gap > 0 && is_unit(cell.substr(gap + 1)))
    return {letters_and_digits(cell.substr(0, gap)), cell.substr(gap + 1)};
  return {letters_and_digits(cell), ""};
}

std::optional<std::size_t> find_key(const std::vector<Name>& names, const std::string& key) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i].key == key) return i;
  return std::nullopt;
}

std::optional<std::size_t> find_any(const std::vector<Name>& names,
                                    std::span<const char* const> keys) {
  for (const char* key : keys)
    if (const auto found = find_key(names, key)) return found;
  return std::nullopt;
}

std::optional<std::size_t> find_axis(const std::vector<Name>& names, const std::string& stem,
                                     char axis) {
  const std::string a(1, axis);
  for (const std::string& key :
       {stem + a, a + stem, stem + a + "axis", a + "axis" + stem, stem + "axis" + a})
    if (const auto found = find_key(names, key)) return found;
  return std::nullopt;
}

std::optional<std::array<std::size_t, 3>> find_triad(const std::vector<Name>& names,
                                                     std::span<const char* const> stems) {
  for (const char* stem : stems) {
    const auto x = find_axis(names, stem, 'x'), y = find_axis(names, stem, 'y'),
               z = find_axis(names, stem, 'z');
    if (x && y && z) return std::array{*x, *y, *z};
  }
  return std::nullopt;
}

std::string quoted_list(const std::vector<std::string>& cells) {
  constexpr std::size_t kMost = 40;
  std::string all;
  for (std::size_t i = 0; i < std::min(cells.size(), kMost); ++i)
    all.append(i == 0 ? "\"" : ", \"").append(cells[i].substr(0, kMost)).append("\"");
  return all + (cells.size() > kMost ? ", ..." : "");
}

[[noreturn]] void no_acceleration(const std::filesystem::path& file,
                                  const std::vector<std::string>& header) {
  std::string known;
  for (const char* stem : kAccelNames) known.append(known.empty() ? "" : ", ").append(stem);
  const std::string all = lower(quoted_list(header));
  const bool linear =
      all.find("useracc") != std::string::npos || all.find("linear") != std::string::npos;
  bad_file(file,
           "expected columns of acceleration, such as acc_x acc_y acc_z, x_acc or "
           "\"accelerometerAccelerationX(G)\" (with x, y or z before or after one of: " +
               known + "), found: " + quoted_list(header) +
               (linear ? ". Acceleration without gravity will not do: a watch feels both" : ""));
}

std::string unit_of(const std::filesystem::path& file, const std::vector<std::string>& header,
                    const Name& name, std::size_t column, Quantity quantity) {
  if (name.unit.empty()) return "";
  const auto unit = canonical_unit(quantity, name.unit);
  if (!unit)
    bad_file(file, "column \"" + header[column] + "\": \"" + name.unit + "\" is no unit of " +
                       (quantity == Quantity::acceleration   ? "acceleration (m/s2, g, mg)"
                        : quantity == Quantity::angular_rate ? "angular rate (rad/s, deg/s)"
                                                             : "time (s, ms, us, ns)"));
  return *unit;
}

}  // namespace

RecordingColumns find_columns(const std::filesystem::path& file,
                              const std::vector<std::string>& header) {
  std::vector<Name> names;
  for (const std::string& cell : header) names.push_back(parse_name(cell));
  const auto triad_unit = [&](const std::array<std::size_t, 3>& columns, Quantity quantity) {
    const std::string unit = unit_of(file, header, names[columns[0]], columns[0], quantity);
    for (const std::size_t column : columns)
      if (unit_of(file, header, names[column], column, quantity) != unit)
        bad_file(file, "column \"" + header[column] + "\": expected the unit of \"" +
                           header[columns[0]] + "\"");
    return unit;
  };
  RecordingColumns columns;
  const auto accel = find_triad(names, kAccelNames);
  if (!accel) no_acceleration(file, header);
  columns.accel = *accel;
  columns.accel_unit = triad_unit(*accel, Quantity::acceleration);
  columns.gravity_down = names[columns.accel[0]].key.starts_with(kCoreMotion);
  columns.gyro = find_triad(names, kGyroNames);
  if (columns.gyro) columns.gyro_unit = triad_unit(*columns.gyro, Quantity::angular_rate);
  columns.time = find_any(names, kTimeNames);
  if (columns.time)
    columns.time_unit = unit_of(file, header, names[*columns.time], *columns.time, Quantity::time);
  columns.label = find_any(names, kLabelNames);
  return columns;
}

}  // namespace wrist::report
