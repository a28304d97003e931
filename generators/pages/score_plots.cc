// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/score_plots.h"

#include <algorithm>
#include <cmath>

#include "generators/pages/score_axes.h"
#include "generators/pages/svg.h"
#include "generators/report/text.h"

namespace wrist {
namespace {

using namespace evaluation;
using report::in_digits;
using svg::Axes;

constexpr double kRight = 24, kBelow = 56;  // px, about a square of axes
constexpr std::size_t kWorst = 20;          // slices drawn

double frame_width(const Axes& a) { return a.left + a.width + kRight; }
double frame_height(const Axes& a) { return a.top + a.height + kBelow; }

std::string diagonal(const Axes& a) {
  return svg::line(a, {{0, 0}, {1, 1}}, "stroke=\"#999\" stroke-dasharray=\"4 4\"");
}

std::string reliability(const Axes& a, const std::vector<CalibrationBin>& bins,
                        const std::string& name, std::size_t colour) {
  std::string all;
  std::vector<std::pair<double, double>> points;
  for (const CalibrationBin& bin : bins) {
    if (bin.windows == 0) continue;
    points.push_back({bin.confidence, bin.accuracy});
    all += svg::spot(a, bin.confidence, bin.accuracy, svg::colour(colour),
                     name + ": " + std::to_string(bin.windows) + " windows, confidence " +
                         in_digits(bin.confidence) + ", accuracy " + in_digits(bin.accuracy));
  }
  return svg::line(a, points, "stroke=\"" + svg::colour(colour) + "\"") + all;
}

std::string legend(const Axes& a, std::size_t index, const std::string& name) {
  return svg::text_at(a.left + a.width + 44, a.top + 12 + 17 * static_cast<double>(index), "start",
                      name, " fill=\"" + svg::colour(index) + "\"");
}

int highest_severity(const Degradation& d) {
  int highest = 2;
  for (const CorruptionMetrics& c : d.corruptions)
    for (const SeverityMetrics& s : c.severities) highest = std::max(highest, s.severity);
  return highest;
}

// What the corruption does to a recogniser that gains from it must fit, too.
double highest_ratio(const Degradation& d) {
  double highest = 1;
  for (const CorruptionMetrics& c : d.corruptions)
    for (const SeverityMetrics& s : c.severities)
      if (std::isfinite(s.relative)) highest = std::max(highest, s.relative);
  return std::ceil(highest * 5) / 5;
}

// Beyond the colours there are, lines are told apart by their dashes.
std::string stroke(std::size_t index) {
  constexpr const char* kDashes[] = {"", " stroke-dasharray=\"6 3\"", " stroke-dasharray=\"2 2\""};
  return "stroke=\"" + svg::colour(index) + "\"" + kDashes[index / svg::kColourCount % 3];
}

std::string corruption_line(const Axes& a, const CorruptionMetrics& c, std::size_t index) {
  std::vector<std::pair<double, double>> points{{0, 1}};
  std::string spots;
  for (const SeverityMetrics& s : c.severities) {
    if (!std::isfinite(s.relative)) continue;
    points.push_back({s.severity, s.relative});
    spots += svg::spot(a, s.severity, s.relative, svg::colour(index),
                       c.name + " " + std::to_string(s.severity) + ": macro F1 " +
                           in_digits(s.macro_f1) + ", clean " + in_digits(s.clean_macro_f1));
  }
  return svg::line(a, points, stroke(index)) + spots + svg::sample(a, index, stroke(index)) +
         legend(a, index, c.name + " " + in_digits(c.mean_relative));
}

}  // namespace

std::string class_bars_svg(const WindowMetrics& m, const std::vector<std::string>& names) {
  std::vector<svg::Bar> bars;
  for (std::size_t i = 0; i < m.classes.size(); ++i) {
    const ClassMetrics& c = m.classes[i];
    if (c.support == 0) continue;
    bars.push_back({names[i], c.f1,
                    report::counted(c.support, "window", "windows") + ", precision " +
                        in_digits(c.precision) + ", recall " + in_digits(c.recall)});
  }
  std::stable_sort(bars.begin(), bars.end(),
                   [](const svg::Bar& a, const svg::Bar& b) { return a.share < b.share; });
  return svg::bars(bars, "F1 by class");
}

std::string seen_curve_svg(const SeenMetrics& m) {
  const Axes a;
  std::vector<std::pair<double, double>> points;
  for (const SeenPoint& p : m.curve) points.push_back({p.unseen, p.seen});
  const std::string body =
      svg::grid(a, 0.2, 0.2, "accuracy of unseen classes", "accuracy of seen classes") +
      svg::line(a, points, "stroke=\"" + svg::colour(0) + "\" stroke-width=\"1.8\"") +
      svg::spot(a, m.unseen_among_all, m.seen_among_all, svg::colour(1),
                "as it is: H " + in_digits(m.harmonic_mean));
  return svg::drawing(frame_width(a), frame_height(a), "seen over unseen", body);
}

std::string calibration_svg(const Calibration& c) {
  const Axes a;
  const double width = frame_width(a) + 160;
  const std::string body =
      svg::grid(a, 0.2, 0.2, "confidence", "share that is right") + diagonal(a) +
      reliability(a, c.width, "equal width", 0) + reliability(a, c.mass, "equal mass", 1) +
      svg::sample(a, 0, stroke(0)) + legend(a, 0, "equal width " + in_digits(c.width_error)) +
      svg::sample(a, 1, stroke(1)) + legend(a, 1, "equal mass " + in_digits(c.mass_error));
  return svg::drawing(width, frame_height(a), "calibration", body);
}

std::string few_shot_svg(const std::vector<FewShot>& all) {
  Axes a;
  for (const FewShot& f : all) a.x_high = std::max(a.x_high, static_cast<double>(f.shots + 1));
  std::string body = svg::grid(a, std::ceil(a.x_high / 11), 0.2, "shots", "balanced accuracy");
  for (const FewShot& f : all) {
    const MeanInterval& m = f.accuracy;
    if (std::isfinite(m.half_width))
      body += svg::line(a,
                        {{f.shots, std::max(0., m.mean - m.half_width)},
                         {f.shots, std::min(1., m.mean + m.half_width)}},
                        "stroke=\"" + svg::colour(0) + "\"");
    body +=
        svg::spot(a, f.shots, m.mean, svg::colour(0),
                  in_digits(m.mean) + " of " + report::counted(m.episodes, "episode", "episodes"));
  }
  return svg::drawing(frame_width(a), frame_height(a), "few-shot accuracy", body);
}

std::string degradation_svg(const Degradation& d) {
  Axes a;
  a.x_high = highest_severity(d);
  a.y_high = highest_ratio(d);
  a.height = std::max(a.height, 17. * static_cast<double>(d.corruptions.size()));
  std::string body = svg::grid(a, 1, 0.2, "severity", "macro F1 over that of the clean twins");
  for (std::size_t i = 0; i < d.corruptions.size(); ++i)
    body += corruption_line(a, d.corruptions[i], i);
  return svg::drawing(frame_width(a) + 240, frame_height(a), "degradation", body);
}

std::string slices_svg(const Slices& s) {
  std::vector<svg::Bar> bars;
  for (std::size_t i = 0; i < std::min(kWorst, s.slices.size()); ++i)
    bars.push_back({s.slices[i].name, s.slices[i].balanced_accuracy,
                    report::counted(s.slices[i].windows, "window", "windows")});
  return svg::bars(bars, "balanced accuracy by " + s.by);
}

}  // namespace wrist
