// SPDX-License-Identifier: Apache-2.0
#include "generators/report/rest_recording.h"

#include <algorithm>
#include <cmath>

#include "generators/report/still_survey.h"
#include "generators/report/text.h"
#include "sim/base/constants.h"

namespace wrist::report {
namespace {

// Of one second of one axis [assumed: white noise does neither in a year].
constexpr double kLoud = 3;          // times the usual standard deviation
constexpr double kJump = 10;         // times the usual change of the mean from second to second
constexpr double kMostUnrest = 0.5;  // share of seconds that stand out

// Density of a gyroscope's noise, one-sided: parts have 1 to 60 mdps/rtHz (data sheets of sixteen
// parts: 2.8 to 15), so that numbers in deg/s lie above this and numbers in rad/s below.
constexpr double kDegreesRush = 1e-3;  // unit/rtHz

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// From differences of neighbours, which slow drift and offsets leave alone.
double rush(const Series& values, double rate_hz) {
  const Index n = values.size() - 1;
  if (n < 1) return 0;
  const Series steps = values.tail(n) - values.head(n);
  return std::sqrt(steps.square().mean() / 2) * std::sqrt(2 / rate_hz);
}

void tell_gyro_unit(RestRecording& recording) {
  std::vector<double> axes;
  for (Index k = 0; k < 3; ++k) axes.push_back(rush(recording.gyro.col(k), recording.rate_hz));
  const bool degrees = median(axes) > kDegreesRush;
  if (degrees) recording.gyro *= kDegree;
  for (std::string& note : recording.notes)
    if (note.find("rad/s assumed") != std::string::npos)
      note = std::string("Angular rate was taken to be in ") + (degrees ? "deg/s" : "rad/s") +
             ", from the size of its noise.";
}

// Marks the seconds of one axis that stand out.
void mark_unrest(const Series& values, Index second, std::vector<bool>& stands_out) {
  std::vector<double> means, sds, changes;
  for (std::size_t s = 0; s < stands_out.size(); ++s) {
    const Series part = values.segment(static_cast<Index>(s) * second, second);
    means.push_back(part.mean());
    sds.push_back(std::sqrt((part - part.mean()).square().mean()));
    if (s > 0) changes.push_back(std::abs(means[s] - means[s - 1]));
  }
  const double loud = kLoud * median(sds), jump = kJump * median(changes);
  if (!(loud > 0) || !(jump > 0)) return;  // coarser than its noise: nothing is usual
  for (std::size_t s = 0; s < sds.size(); ++s)
    if (sds[s] > loud || (s > 0 && changes[s - 1] > jump)) stands_out[s] = true;
}

Stretch longest_run(const std::vector<bool>& stands_out) {
  Stretch longest, run;
  for (std::size_t s = 0; s < stands_out.size(); ++s) {
    if (stands_out[s]) {
      run = {static_cast<std::int64_t>(s) + 1, 0};
      continue;
    }
    if (++run.count > longest.count) longest = run;
  }
  return longest;
}

// How loud a usual second of the loudest axis is.
double usual_noise(const Series3& values, Index second) {
  double most = 0;
  for (Index k = 0; k < values.cols(); ++k) {
    std::vector<double> sds;
    for (Index first = 0; first + second <= values.rows(); first += second) {
      const Series part = values.col(k).segment(first, second);
      sds.push_back(std::sqrt((part - part.mean()).square().mean()));
    }
    most = std::max(most, median(sds));
  }
  return most;
}

void judge_rest(RestRecording& r, Index second, double share) {
  const double accel = usual_noise(r.accel, second), gyro = usual_noise(r.gyro, second);
  r.at_rest = accel < kStillAccel && gyro < kStillGyro && share < kMostUnrest;
  if (r.at_rest) return;
  r.notes.push_back("NOT AT REST: a usual second varies by " + in_digits(accel) + " m/s2" +
                    (r.gyro.rows() > 0 ? " and " + in_digits(gyro) + " rad/s" : "") + " rms, and " +
                    in_percent(share) +
                    " of them stand out; the figures are those of the movement.");
}

void keep(RestRecording& r, Index first, Index count) {
  r.accel = Series3(r.accel.middleRows(first, count));
  if (r.gyro.rows() > 0) r.gyro = Series3(r.gyro.middleRows(first, count));
}

}  // namespace

RestRecording read_rest_csv(const std::filesystem::path& file,
                            const RealRecordingOptions& options) {
  RealRecording real = read_recording_csv(file, options);
  const auto longest = std::max_element(
      real.stretches.begin(), real.stretches.end(),
      [](const auto& a, const auto& b) { return a.accel.rows() < b.accel.rows(); });
  RestRecording r{real.file, real.rate_hz, std::move(longest->accel), std::move(longest->gyro),
                  true,      real.notes};
  if (real.stretches.size() > 1)
    r.notes.push_back("Only the longest stretch without a gap was used, " +
                      in_time(static_cast<double>(r.accel.rows()) / r.rate_hz) + ".");
  if (real.gyro_unit_assumed) tell_gyro_unit(r);
  return r;
}

void keep_rest(RestRecording& r) {
  const auto second = std::max<Index>(2, std::lround(r.rate_hz));
  const Index seconds = r.accel.rows() / second;
  if (seconds < 3) return;
  std::vector<bool> stands_out(static_cast<std::size_t>(seconds), false);
  for (Index k = 0; k < 3; ++k) {
    mark_unrest(r.accel.col(k), second, stands_out);
    if (r.gyro.rows() > 0) mark_unrest(r.gyro.col(k), second, stands_out);
  }
  const auto unrest = std::count(stands_out.begin(), stands_out.end(), true);
  judge_rest(r, second, static_cast<double>(unrest) / static_cast<double>(seconds));
  if (!r.at_rest || unrest == 0) return;
  const Stretch run = longest_run(stands_out);
  const auto first = std::find(stands_out.begin(), stands_out.end(), true) - stands_out.begin();
  r.notes.push_back("DISTURBED in " + counted(unrest, "second", "seconds") + " of " +
                    std::to_string(seconds) + ", first at " + in_time(static_cast<double>(first)) +
                    ": only the longest run without, of " +
                    in_time(static_cast<double>(run.count)) + ", was used.");
  keep(r, run.first * second, run.count * second);
}

}  // namespace wrist::report
