// SPDX-License-Identifier: Apache-2.0
#include "generators/report/allan_report.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "generators/report/text.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist::report {
namespace {

constexpr double kMicroG = 1e-6 * kGravity, kMilliDegree = 1e-3 * kDegree;

// A slope that is not that of white noise by more than this is worth a word [assumed]: parts with
// much flicker reach 0.2 in the first decade of times.
constexpr double kOddSlope = 0.25;

// The smallest change from sample to sample: what one count, or one decimal of the file, is.
double smallest_step(const Series& values) {
  double least = std::numeric_limits<double>::infinity();
  for (Index i = 1; i < values.size(); ++i) {
    const double step = std::abs(values[i] - values[i - 1]);
    if (step > 0) least = std::min(least, step);
  }
  return least;
}

std::string name_of(const AllanAxis& axis) {
  return std::string(axis.units->name) + " " + axis.axis;
}

void judge_axis(const AllanAxis& a, double step, std::vector<std::string>& notes) {
  // Rounding of values that move by less than half a step is neither white nor small.
  if (step > 2 * a.sd)
    notes.push_back("The " + name_of(a) + " is written in steps of " + in_digits(step) + " " +
                    a.units->si + ", coarser than its noise: the figures are those of rounding.");
  const double off = a.fit.slope + 0.5;
  if (std::abs(off) > std::max(kOddSlope, 4 * a.fit.slope_sd))
    notes.push_back("The " + name_of(a) + " falls with a slope of " + in_digits(a.fit.slope) +
                    " where white noise has -0.5: " +
                    (off > 0 ? "somebody moves, or flicker hides the white noise."
                             : "it shakes to a beat, or a low-pass takes the noise away."));
}

void add_axis(const Series& values, const AllanUnits& units, char axis, AllanReport& report) {
  AllanAxis a;
  a.units = &units;
  a.axis = axis;
  a.mean = values.mean();
  a.sd = std::sqrt((values - a.mean).square().mean());
  const double step = smallest_step(values);
  if (!std::isfinite(step)) {
    report.notes.push_back("The " + name_of(a) + " never changes and was left out.");
    return;
  }
  const Index count = values.size();
  a.points = allan_deviation(values, report.rate_hz, allan_fit_times(count, report.rate_hz));
  a.fit = fit_allan(a.points, count, report.rate_hz);
  judge_axis(a, step, report.notes);
  report.axes.push_back(std::move(a));
}

void note_what_is_missing(AllanReport& report) {
  std::vector<std::string> flicker, walk;
  for (const AllanAxis& a : report.axes) {
    if (!a.fit.flicker.determined) flicker.push_back(name_of(a));
    if (!a.fit.walk.determined) walk.push_back(name_of(a));
  }
  for (const auto& [what, axes] : {std::pair{"Bias instability", flicker}, {"Random walk", walk}})
    if (!axes.empty())
      report.notes.push_back(std::string(what) + " is not determined by " +
                             in_time(report.seconds) + " (" + listed(axes) +
                             "): only a bound is known; record for longer.");
}

}  // namespace

const AllanUnits& accel_units() {
  static constexpr AllanUnits kUnits{"accel",  "m/s2",  "ug/rtHz", "ug",
                                     "ug/rts", kMicroG, kMicroG,   kMicroG};
  return kUnits;
}

const AllanUnits& gyro_units() {
  static constexpr AllanUnits kUnits{"gyro",     "rad/s",      "mdps/rtHz",    "deg/h",
                                     "mdps/rts", kMilliDegree, kDegree / 3600, kMilliDegree};
  return kUnits;
}

AllanReport allan_report(RestRecording r) {
  keep_rest(r);
  const double shortest = static_cast<double>(kShortestFitted) / r.rate_hz;
  const double seconds = static_cast<double>(r.accel.rows()) / r.rate_hz;
  require(r.accel.rows() >= kShortestFitted, ErrorKind::bad_data,
          r.source + ": expected " + in_time(shortest) + " or more at rest (" +
              std::to_string(kShortestFitted) + " samples at " + in_rate(r.rate_hz) +
              " Hz), found " + in_time(seconds));
  AllanReport report{r.source, r.rate_hz, seconds, r.at_rest, {}, r.notes};
  for (Index k = 0; k < 3; ++k) add_axis(r.accel.col(k), accel_units(), "xyz"[k], report);
  if (r.gyro.rows() > 0)
    for (Index k = 0; k < 3; ++k) add_axis(r.gyro.col(k), gyro_units(), "xyz"[k], report);
  require(!report.axes.empty(), ErrorKind::bad_data,
          r.source + ": expected numbers with noise in them, found the same number in every row");
  note_what_is_missing(report);
  return report;
}

double one_sided_density(const AllanAxis& axis) { return std::sqrt(2.) * axis.fit.white.value; }

double minimum_over_flat(const AllanAxis& axis) {
  return axis.fit.minimum.deviation / flat_over_flicker();
}

}  // namespace wrist::report
