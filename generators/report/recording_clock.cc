// SPDX-License-Identifier: Apache-2.0
#include "generators/report/recording_clock.h"

#include <algorithm>

#include "generators/report/csv_reader.h"
#include "generators/report/text.h"

namespace wrist::report {
namespace {

constexpr double kGap = 5;       // usual steps without a sample split a recording
constexpr double kJitter = 0.5;  // of a usual step: stamps may go back by less
constexpr double kFewestSeconds = 4e-4, kMostSeconds = 0.25;  // steps of 2500 to 4 Hz

struct Unit {
  const char* name;
  double seconds;
};
// Steps of the rates above lie in one range per unit, and these do not overlap.
constexpr Unit kUnits[] = {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}};

double percentile(std::vector<double> values, double share) {
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

struct Steps {
  std::vector<double> all;
  double mean = 0;     // of those not below 0, without the longest 1 %, which may be gaps
  double longest = 0;  // but for that 1 %
  double at_once = 0;  // share of steps far below the mean: samples written in one go
};

Steps steps_of(const std::vector<double>& stamps) {
  Steps steps;
  for (std::size_t i = 1; i < stamps.size(); ++i) steps.all.push_back(stamps[i] - stamps[i - 1]);
  steps.longest = percentile(steps.all, 0.99);
  double sum = 0, count = 0, short_ones = 0;
  for (const double step : steps.all)
    if (step >= 0 && step <= steps.longest) sum += step, ++count;
  steps.mean = count > 0 ? sum / count : 0;
  for (const double step : steps.all)
    if (step >= 0 && step < steps.mean / 4) ++short_ones;
  steps.at_once = short_ones / static_cast<double>(steps.all.size());
  return steps;
}

// Of a whole batch where samples come in batches, so that the wait for one is no gap.
constexpr double kBatched = 0.2;
double usual_step(const Steps& steps) {
  return steps.at_once > kBatched ? steps.longest : steps.mean;
}

void check_order(const std::filesystem::path& file, const std::vector<double>& stamps,
                 const std::vector<std::int64_t>& lines, const Steps& steps) {
  for (std::size_t i = 1; i < stamps.size(); ++i)
    if (steps.all[i - 1] < -kJitter * usual_step(steps))
      bad_file(file, "line " + std::to_string(lines[i]) + ": time goes back by " +
                         in_digits(stamps[i - 1] - stamps[i]) +
                         "; expected one recording, in order of time");
  if (!(steps.mean > 0))
    bad_file(file, "line " + std::to_string(lines[1]) + ": time stands still at " +
                       in_digits(stamps[0]) + "; expected stamps that rise");
}

Unit unit_of(const std::filesystem::path& file, const std::string& name, double step) {
  for (const Unit& unit : kUnits) {
    const double seconds = step * unit.seconds;
    if (name == unit.name || (name.empty() && seconds >= kFewestSeconds && seconds <= kMostSeconds))
      return unit;
  }
  bad_file(file,
           "the unit of time cannot be told: expected steps of 4 to 2500 Hz in s, ms, us or "
           "ns, found a mean step of " +
               in_digits(step) + "; name the unit in the column, such as \"time (ms)\"");
}

void add_notes(const Steps& steps, const Unit& unit, bool inferred, RecordingClock& clock) {
  if (inferred)
    clock.notes.push_back(std::string("Time was taken to be in ") + unit.name +
                          ", from its steps.");
  if (steps.at_once > kBatched)
    clock.notes.push_back("Samples were stamped in batches: the mean rate of " +
                          in_digits(clock.rate_hz) + " Hz was used.");
  else if (percentile(steps.all, 0.95) > 1.1 * steps.mean)
    clock.notes.push_back("The steps of time vary (90 % of them " +
                          in_digits(1e3 * unit.seconds * percentile(steps.all, 0.05)) + " to " +
                          in_digits(1e3 * unit.seconds * percentile(steps.all, 0.95)) +
                          " ms): the mean rate of " + in_digits(clock.rate_hz) + " Hz was used.");
  if (clock.pieces.size() > 1)
    clock.notes.push_back("Split at " + counted(std::ssize(clock.pieces) - 1, "gap", "gaps") +
                          " in time.");
}

}  // namespace

RecordingClock read_clock(const std::filesystem::path& file, const std::vector<double>& stamps,
                          const std::vector<std::int64_t>& lines, const std::string& unit_name) {
  const Steps steps = steps_of(stamps);
  check_order(file, stamps, lines, steps);
  const Unit unit = unit_of(file, unit_name, steps.mean);
  RecordingClock clock;
  clock.pieces.push_back({0, 1});
  double sampled = 0, steps_taken = 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) {
    if (steps.all[i - 1] > kGap * usual_step(steps)) {
      clock.pieces.push_back({i, 1});
      continue;
    }
    ++clock.pieces.back().count;
    sampled += steps.all[i - 1] * unit.seconds, ++steps_taken;
  }
  clock.rate_hz = steps_taken / sampled;
  add_notes(steps, unit, unit_name.empty(), clock);
  return clock;
}

}  // namespace wrist::report
