// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/allan_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "generators/pages/svg.h"
#include "generators/report/text.h"

namespace wrist {
namespace {

using report::AllanAxis;
using report::AllanReport;
using report::AllanUnits;
using svg::escaped;
using svg::px;
using svg::text_at;

constexpr double kWidth = 760, kHeight = 420;                          // px, of a panel
constexpr double kLeft = 90, kRight = 16, kTop = 64, kBottom = 48;     // px, about its axes
constexpr const char* kColours[] = {"#c0392b", "#27803f", "#2463b4"};  // x, y, z

// Decades of one axis, and where in the panel a value of them lies.
struct Decades {
  int low = 0, high = 1;
  double from = 0, to = 1;  // px

  void cover(double lowest, double highest) {
    low = static_cast<int>(std::floor(std::log10(lowest)));
    high = std::max(low + 1, static_cast<int>(std::ceil(std::log10(highest))));
  }
  double at(double value) const {
    return from + (to - from) * (std::log10(value) - low) / (high - low);
  }
};

struct Panel {
  std::vector<const AllanAxis*> axes;
  Decades tau, deviation;
};

Panel panel_of(const AllanReport& r, const AllanUnits& units, double top) {
  Panel panel;
  double least = std::numeric_limits<double>::infinity(), most = 0, last = 0;
  for (const AllanAxis& a : r.axes) {
    if (a.units != &units) continue;
    panel.axes.push_back(&a);
    last = std::max(last, a.points.back().tau_s);
    for (const AllanPoint& p : a.points) {
      if (p.deviation <= 0) continue;
      least = std::min(least, p.deviation / units.bias_si);
      most = std::max(most, p.deviation / units.bias_si);
    }
  }
  if (panel.axes.empty()) return panel;
  panel.tau = {0, 1, kLeft, kWidth - kRight};
  panel.tau.cover(1 / r.rate_hz, last);
  panel.deviation = {0, 1, top + kHeight - kBottom, top + kTop};
  panel.deviation.cover(least, most);
  return panel;
}

std::string grid(const Panel& p, const AllanUnits& units) {
  std::string all;
  for (int d = p.tau.low; d <= p.tau.high; ++d) {
    const double x = p.tau.at(std::pow(10, d));
    all += "<path class=\"grid\" d=\"M" + px(x) + " " + px(p.deviation.to) + "V" +
           px(p.deviation.from) + "\"/>\n" +
           text_at(x, p.deviation.from + 18, "middle", report::in_digits(std::pow(10, d)));
  }
  for (int d = p.deviation.low; d <= p.deviation.high; ++d) {
    const double y = p.deviation.at(std::pow(10, d));
    all += "<path class=\"grid\" d=\"M" + px(p.tau.from) + " " + px(y) + "H" + px(p.tau.to) +
           "\"/>\n" + text_at(p.tau.from - 8, y + 4, "end", report::in_digits(std::pow(10, d)));
  }
  const double middle = (p.deviation.from + p.deviation.to) / 2;
  return all +
         text_at((p.tau.from + p.tau.to) / 2, p.deviation.from + 38, "middle",
                 "averaging time, s") +
         text_at(22, middle, "middle",
                 std::string("Allan deviation of ") + units.name + ", " + units.bias,
                 " transform=\"rotate(-90 22 " + px(middle) + ")\"");
}

// The d of an SVG path through points of the plot.
std::string path(const Panel& p, const std::vector<AllanPoint>& points) {
  std::string d;
  for (const AllanPoint& point : points)
    svg::add_point(d, p.tau.at(point.tau_s),
                   std::clamp(p.deviation.at(point.deviation), p.deviation.to, p.deviation.from));
  return d;
}

// One standard error to both sides, the points, and the sum of the fitted terms.
std::string curve(const Panel& p, const AllanAxis& a) {
  constexpr double kWidest = 0.9;  // of a logarithm's band
  const std::string colour = kColours[a.axis - 'x'];
  std::vector<AllanPoint> points, above, below, model;
  for (std::size_t i = 0; i < a.points.size(); ++i) {
    const double tau = a.points[i].tau_s, d = a.points[i].deviation / a.units->bias_si;
    const double error = d * std::min(a.fit.errors[i], kWidest);
    if (d <= 0) continue;
    points.push_back({tau, d});
    above.push_back({tau, d + error});
    below.insert(below.begin(), {tau, d - error});
    model.push_back({tau, allan_model(a.fit, tau) / a.units->bias_si});
  }
  above.insert(above.end(), below.begin(), below.end());
  return "<path d=\"" + path(p, above) + "Z\" fill=\"" + colour + "\" opacity=\".18\"/>\n" +
         "<path d=\"" + path(p, points) + "\" fill=\"none\" stroke=\"" + colour +
         "\" stroke-width=\"1.8\"/>\n<path d=\"" + path(p, model) + "\" fill=\"none\" stroke=\"" +
         colour + "\" stroke-dasharray=\"5 4\"/>\n";
}

std::string term_text(const AllanTerm& t, const char* name, const char* unit, double unit_si) {
  std::string text = name;
  if (t.determined)
    text.append(" ")
        .append(report::in_digits(t.value / unit_si))
        .append(" \xc2\xb1 ")
        .append(report::in_digits(t.sd / unit_si));
  else
    text.append(" < ").append(report::in_digits(t.at_most / unit_si));
  return text.append(" ").append(unit);
}

std::string legend(const Panel& p, double top) {
  std::string all;
  for (std::size_t i = 0; i < p.axes.size(); ++i) {
    const AllanAxis& a = *p.axes[i];
    const AllanUnits& u = *a.units;
    const std::string one_sided =
        a.fit.white.determined
            ? " (one-sided " + report::in_digits(one_sided_density(a) / u.density_si) + ")"
            : "";
    const std::string figures = std::string(1, a.axis) + ":  " +
                                term_text(a.fit.white, "N", u.density, u.density_si) + one_sided +
                                ",  " + term_text(a.fit.flicker, "B", u.bias, u.bias_si) + ",  " +
                                term_text(a.fit.walk, "K", u.walk, u.walk_si);
    all += text_at(kLeft, top + 18 + 17 * static_cast<double>(i), "start", figures,
                   std::string(" fill=\"") + kColours[a.axis - 'x'] + "\"");
  }
  return all;
}

}  // namespace

std::string allan_svg(const AllanReport& r) {
  constexpr double kTitle = 34;
  double top = kTitle;
  std::string body;
  for (const AllanUnits* units : {&report::accel_units(), &report::gyro_units()}) {
    const Panel panel = panel_of(r, *units, top);
    if (panel.axes.empty()) continue;
    body += grid(panel, *units);
    for (const AllanAxis* axis : panel.axes) body += curve(panel, *axis);
    body += legend(panel, top);
    top += kHeight;
  }
  const std::string size = "width=\"" + px(kWidth) + "\" height=\"" + px(top) + "\"";
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size + " viewBox=\"0 0 " + px(kWidth) +
         " " + px(top) +
         "\" font-family=\"sans-serif\" font-size=\"12\">\n<style>.grid{stroke:#ddd}</style>\n"
         "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" +
         text_at(kLeft, 22, "start",
                 r.source + ": " + report::in_time(r.seconds) + " at " +
                     report::in_rate(r.rate_hz) + " Hz; dashed: fitted sum of N, B, K",
                 " font-weight=\"bold\"") +
         body + "</svg>\n";
}

std::string allan_page(const AllanReport& r) {
  std::string notes;
  for (const std::string& note : r.notes) notes += "<li>" + escaped(note) + "</li>\n";
  return "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n<title>Allan deviation: " +
         escaped(r.source) +
         "</title>\n<style>body{font-family:sans-serif;max-width:780px;margin:2em auto}</style>\n" +
         allan_svg(r) + "<ul>\n" + notes + "</ul>\n</html>\n";
}

}  // namespace wrist
