// SPDX-License-Identifier: Apache-2.0
#include "generators/report/wear_survey.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "generators/report/text.h"

namespace wrist::report {
namespace {

constexpr double kMillimetres = 1e3, kKilopascals = 1e-3;
constexpr double kSlid = 0.1;      // mm in a window that count as sliding [assumed]
constexpr double kNoticed = 1e-3;  // mm; less is rounding
constexpr double kFar = 1e6;       // mm; into the skin, which is no gap
// What moves the light beside the pulse; the steady part about its mean.
constexpr const char* kDisturbances[] = {"steady", "slip",  "venous",  "pressure",
                                         "gap",    "bulge", "ambient", "noise"};
const char* const kEnds = "The end bins hold what lies beyond them.";

using Groups = std::map<std::string, Sample>;

double rms_about_mean(const Series& values) {
  return std::sqrt((values - values.mean()).square().mean());
}

// A few instants of a window stand for all: pressure and gap are smooth, and windows overlap.
template <typename Add>
void at_instants(const Eigen::ArrayXXd& values, const Add& add) {
  constexpr Index kInstants = 8;
  for (Index k = 0; k < kInstants; ++k)
    add(values((2 * k + 1) * values.rows() / (2 * kInstants), 0));
}

void add_finite(Sample& sample, double value) {
  if (std::isfinite(value)) sample.push_back(static_cast<float>(value));
}

Sample pooled(const Groups& groups) {
  Sample all;
  for (const auto& [name, values] : groups) all.insert(all.end(), values.begin(), values.end());
  std::sort(all.begin(), all.end());
  return all;
}

// Few values lie far out and would squeeze all others into one bin.
Numbers edges_of(const Groups& groups) {
  constexpr double kTail = 0.005;
  constexpr int kBins = 40;
  const Sample all = pooled(groups);
  return round_edges(quantile(all, kTail), quantile(all, 1 - kTail), kBins);
}

HistogramFigure figure_of(HistogramFigure figure, const Groups& groups, const Texts& order) {
  figure.edges = edges_of(groups);
  for (const std::string& name : order) {
    const auto found = groups.find(name);
    if (found != groups.end())
      figure.series.push_back({name, histogram(found->second, figure.edges)});
  }
  return figure;
}

Texts names_of(const Groups& groups) {
  Texts names;
  for (const auto& [name, values] : groups) names.push_back(name);
  return names;
}

std::string part_path(const std::string& part) { return "/truth_optical/part_" + part; }

Series first_path(ShardSignals& signals, const std::string& part, std::int64_t first,
                  std::int64_t count) {
  return signals[part_path(part)].read(first, count).col(0);
}

}  // namespace

double optical_quality(const Series& pulse, const Series& others) {
  const double signal = rms_about_mean(pulse), disturbance = rms_about_mean(others);
  if (!(signal > 0) || !(disturbance > 0)) return std::numeric_limits<double>::quiet_NaN();
  return 20 * std::log10(signal / disturbance);
}

void WearSurvey::add(ShardSignals& signals, const ShardTables::Window& window,
                     const std::string& strap, const std::string& class_name) {
  const ShardTables& t = signals.shard().tables();
  add_strap(signals, window.imu_start, t.window_imu_length, strap.empty() ? "not known" : strap);
  if (t.window_optical_length > 0)
    add_light(signals, window.optical_start, t.window_optical_length, class_name);
}

void WearSurvey::add_strap(ShardSignals& signals, std::int64_t first, std::int64_t count,
                           const std::string& strap) {
  if (BlockReader& slip = signals["/truth/strap_slip"]; slip.there()) {
    const Eigen::ArrayXXd at = kMillimetres * slip.read(first, count);
    const auto steps = at.bottomRows(count - 1) - at.topRows(count - 1);
    add_finite(slip_[strap], steps.square().rowwise().sum().sqrt().sum());
    const double farthest = std::sqrt(at.square().rowwise().sum().maxCoeff());
    farthest_slip_mm_ = std::max(farthest_slip_mm_, farthest);
  }
  if (BlockReader& pressure = signals["/truth/contact_pressure"]; pressure.there())
    at_instants(pressure.read(first, count),
                [&](double p) { add_finite(pressure_[strap], kKilopascals * p); });
  if (BlockReader& gap = signals["/truth/gap"]; gap.there())
    at_instants(gap.read(first, count),
                [&](double g) { add_finite(gap_[strap], kMillimetres * g); });
}

void WearSurvey::add_light(ShardSignals& signals, std::int64_t first, std::int64_t count,
                           const std::string& class_name) {
  Series others = Series::Zero(count);
  for (const char* part : kDisturbances)
    if (signals[part_path(part)].there()) others += first_path(signals, part, first, count);
  if (!signals[part_path("pulse")].there()) return;
  add_finite(quality_[class_name],
             optical_quality(first_path(signals, "pulse", first, count), others));
}

std::string WearSurvey::slip_note() const {
  const Sample all = pooled(slip_);
  const double share = share_outside(all, 0, kSlid);
  const bool stayed = farthest_slip_mm_ < kNoticed;
  return "Windows that slide by more than " + in_digits(kSlid) + " mm: " + in_percent(share) +
         ". Farthest from where the watch was put on: " +
         (stayed ? "less than " + in_digits(kNoticed) : in_digits(farthest_slip_mm_)) + " mm. " +
         kEnds;
}

std::string WearSurvey::gap_note() const {
  const Sample all = pooled(gap_);
  return "Instants at which the back is off the skin: " +
         in_percent(share_outside(all, -kFar, kNoticed)) + ". " + kEnds;
}

std::vector<HistogramFigure> WearSurvey::figures(const Texts& classes) const {
  std::vector<HistogramFigure> all;
  const auto add = [&all](const Groups& groups, const Texts& order, const HistogramFigure& about) {
    if (!pooled(groups).empty()) all.push_back(figure_of(about, groups, order));
  };
  add(slip_, names_of(slip_),
      {"slip", "path slid over the skin in one window", "mm", "strap", {}, {}, slip_note()});
  add(pressure_, names_of(pressure_),
      {"pressure",
       "mean pressure of the case back on the skin",
       "kPa",
       "strap",
       {},
       {},
       std::string("Eight instants of each window. ") + kEnds});
  add(gap_, names_of(gap_),
      {"gap",
       "gap between skin and the middle of the case back",
       "mm",
       "strap",
       {},
       {},
       "Eight instants of each window. " + gap_note()});
  add(quality_, classes,
      {"optical_quality",
       "pulse over everything else that moves, first light path",
       "dB",
       "class",
       {},
       {},
       std::string("20 log10 of the rms of the pulse over that of all other parts, by window, "
                   "each about its mean; 0 dB: as much disturbance as pulse. ") +
           kEnds});
  return all;
}

}  // namespace wrist::report
