// SPDX-License-Identifier: Apache-2.0
/// What a recording at rest says about its sensor, in the units of data sheets.
///
///   RestRecording -> Allan deviation and its terms per axis -> JSON, a part file
#pragma once

#include "generators/report/rest_recording.h"
#include "sensor_models/signal/allan_fit.h"

namespace wrist::report {

/// In which units a sensor's figures are written, as assets spell them, and how much SI each is.
struct AllanUnits {
  const char *name, *si, *density, *bias, *walk;
  double density_si, bias_si, walk_si;
};
const AllanUnits& accel_units();  // ug/rtHz, ug, ug/rts
const AllanUnits& gyro_units();   // mdps/rtHz, deg/h, mdps/rts

struct AllanAxis {
  const AllanUnits* units = nullptr;
  char axis = 'x';
  double mean = 0, sd = 0;  // m/s2 or rad/s
  std::vector<AllanPoint> points;
  AllanFit fit;
};

struct AllanReport {
  std::string source;
  double rate_hz = 0, seconds = 0;
  bool at_rest = true;
  std::vector<AllanAxis> axes;  // accelerometer, then gyroscope
  std::vector<std::string> notes;
};

/// Throws Error(bad_data) naming the source if the record is shorter than kShortestFitted samples
/// or no axis varies; an axis that does not is left out with a note.
AllanReport allan_report(RestRecording recording);

/// Data-sheet density of an axis, one-sided, SI: sqrt 2 N.
double one_sided_density(const AllanAxis& axis);

/// What the lowest point alone would give for B (its deviation / 0.664), SI: too much by what white
/// noise and walk add there.
double minimum_over_flat(const AllanAxis& axis);

/// Every figure, in SI and in data-sheet units; a term that is not determined is null and has its
/// bound.
std::string to_json(const AllanReport& report);

/// A part file: the figures of a record at rest (root mean square over axes that know them), and
/// for what such a record cannot tell a plain value that says so. Throws Error(check_failed) if the
/// sensor was not at rest.
std::string to_part(const AllanReport& report, const std::string& name);

}  // namespace wrist::report
