// SPDX-License-Identifier: Apache-2.0
#include "generators/report/real_recording.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "generators/report/csv_reader.h"
#include "generators/report/recording_clock.h"
#include "generators/report/recording_columns.h"
#include "generators/report/recording_units.h"
#include "generators/report/text.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using namespace report;

// Rows of numbers as they stand in the file.
struct RawRows {
  std::vector<std::array<double, 3>> accel, gyro;
  std::vector<double> time;
  std::vector<int> class_id;
  std::vector<std::int64_t> lines;
  std::int64_t incomplete = 0;
};

class ClassNames {
 public:
  int id(const std::string& name) {
    if (name.empty()) return -1;
    const auto [at, is_new] = ids_.emplace(name, static_cast<int>(names_.size()));
    if (is_new) names_.push_back(name);
    return at->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::map<std::string, int> ids_;
  std::vector<std::string> names_;
};

// A number says little on its own: 3.0 is "label 3".
std::string class_of(const std::string& cell) {
  double number = 0;
  if (!parse_number(cell, ';', number)) return cell;
  return std::isfinite(number) ? "label " + in_digits(number) : "";
}

std::array<double, 3> triple(const CsvReader& reader, const std::array<std::size_t, 3>& columns) {
  return {reader.number(columns[0]), reader.number(columns[1]), reader.number(columns[2])};
}

bool is_finite(const std::array<double, 3>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

RawRows read_rows(CsvReader& reader, const RecordingColumns& columns,
                  const RealRecordingOptions& options, ClassNames& classes) {
  RawRows rows;
  for (std::int64_t number = 0; reader.next(); ++number) {
    const auto accel = triple(reader, columns.accel);
    const auto gyro = columns.gyro ? triple(reader, *columns.gyro) : std::array<double, 3>{};
    const double time = options.rate_hz > 0 ? static_cast<double>(number) / options.rate_hz
                                            : reader.number(*columns.time);
    if (!is_finite(accel) || !is_finite(gyro) || !std::isfinite(time)) {
      ++rows.incomplete;
      continue;
    }
    rows.accel.push_back(accel), rows.gyro.push_back(gyro), rows.time.push_back(time);
    rows.lines.push_back(reader.line());
    rows.class_id.push_back(!options.class_name.empty() ? classes.id(options.class_name)
                            : columns.label ? classes.id(class_of(reader.text(*columns.label)))
                                            : -1);
  }
  return rows;
}

Series3 to_series(const std::vector<std::array<double, 3>>& rows, const RecordingClock::Piece& p) {
  Series3 series(p.count, 3);
  for (std::size_t i = 0; i < p.count; ++i)
    for (std::size_t k = 0; k < 3; ++k)
      series(static_cast<Index>(i), static_cast<Index>(k)) = rows[p.first + i][k];
  return series;
}

void note_twins(const std::vector<std::array<double, 3>>& rows, const std::string& what,
                std::vector<std::string>& notes) {
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = a + 1; b < 3; ++b)
      if (std::all_of(rows.begin(), rows.end(), [=](const auto& r) { return r[a] == r[b]; }))
        notes.push_back("The " + what + " holds the same numbers on " + "xyz"[a] + " and " +
                        "xyz"[b] + ": one axis is lost.");
}

// An option wins over the column's name, and both over what the numbers look like.
std::string choose_unit(Quantity quantity, const std::string& option, const std::string& named) {
  if (option.empty()) return named;
  const auto unit = canonical_unit(quantity, option);
  require(unit.has_value(), ErrorKind::usage,
          quantity == Quantity::acceleration
              ? "unit of acceleration: expected m/s2, g or mg, found \"" + option + "\""
              : "unit of angular rate: expected rad/s or deg/s, found \"" + option + "\"");
  return *unit;
}

void scale_accel(const std::filesystem::path& file, const RecordingColumns& columns,
                 const RealRecordingOptions& options, RealRecording& recording) {
  std::string unit = choose_unit(Quantity::acceleration, options.accel_unit, columns.accel_unit);
  const bool inferred = unit.empty();
  if (inferred) unit = infer_accel_unit(recording.stretches);
  if (unit.empty())
    bad_file(file,
             "the unit of acceleration cannot be told: expected a median length near 1 (g), "
             "9.81 (m/s2) or 1000 (mg); acceleration without gravity will not do. Name the "
             "unit in the columns, such as \"acc_x (g)\"");
  if (inferred)
    recording.notes.push_back("Acceleration was taken to be in " + unit +
                              ", from the length of gravity.");
  if (columns.gravity_down)
    recording.notes.push_back("CoreMotion counts acceleration the other way round: signs turned.");
  for (RealRecording::Stretch& stretch : recording.stretches)
    stretch.accel *= (columns.gravity_down ? -1 : 1) * accel_scale(unit);
}

void scale_gyro(const RecordingColumns& columns, const RealRecordingOptions& options,
                RealRecording& recording) {
  if (!columns.gyro) {
    recording.notes.push_back("There is no gyroscope in it.");
    return;
  }
  std::string unit = choose_unit(Quantity::angular_rate, options.gyro_unit, columns.gyro_unit);
  if (unit.empty()) {
    unit = infer_gyro_unit(recording.stretches, recording.rate_hz);
    recording.gyro_unit_assumed = unit.empty();
    recording.notes.push_back(
        unit.empty() ? "The watch turns too little to tell the unit of angular rate: rad/s assumed."
                     : "Angular rate was taken to be in " + unit +
                           ", as gravity must stay put while the watch turns.");
  }
  for (RealRecording::Stretch& stretch : recording.stretches) stretch.gyro *= gyro_scale(unit);
}

void add_stretches(const RawRows& rows, const RecordingClock& clock, bool has_gyro,
                   RealRecording& recording) {
  for (const RecordingClock::Piece& piece : clock.pieces) {
    const auto from = rows.class_id.begin() + static_cast<std::ptrdiff_t>(piece.first);
    recording.stretches.push_back(
        {to_series(rows.accel, piece), has_gyro ? to_series(rows.gyro, piece) : Series3(),
         std::vector<int>(from, from + static_cast<std::ptrdiff_t>(piece.count))});
  }
}

}  // namespace

RealRecording read_recording_csv(const std::filesystem::path& file,
                                 const RealRecordingOptions& options) {
  CsvReader reader(file);
  const RecordingColumns columns = find_columns(file, reader.header());
  if (!columns.time && !(options.rate_hz > 0))
    bad_file(file,
             "expected a column of time, such as timestamp, time or t, or a rate given by "
             "you; found neither");
  ClassNames classes;
  const RawRows rows = read_rows(reader, columns, options, classes);
  if (rows.time.size() < 2)
    bad_file(file,
             "expected two or more rows of numbers, found " + std::to_string(rows.time.size()));
  RealRecording recording;
  recording.file = file.filename().string();
  const RecordingClock clock =
      read_clock(file, rows.time, rows.lines, options.rate_hz > 0 ? "s" : columns.time_unit);
  recording.rate_hz = clock.rate_hz;
  recording.class_names = classes.names();
  recording.notes = clock.notes;
  add_stretches(rows, clock, columns.gyro.has_value(), recording);
  scale_accel(file, columns, options, recording);
  scale_gyro(columns, options, recording);
  note_twins(rows.accel, "accelerometer", recording.notes);
  if (columns.gyro) note_twins(rows.gyro, "gyroscope", recording.notes);
  if (rows.incomplete > 0)
    recording.notes.push_back(counted(rows.incomplete, "row lacks", "rows lack") +
                              " a number, left out.");
  return recording;
}

}  // namespace wrist
