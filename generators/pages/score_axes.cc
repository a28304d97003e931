// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/score_axes.h"

#include <array>
#include <cmath>

#include "generators/pages/svg.h"
#include "generators/report/text.h"

namespace wrist::svg {
namespace {

constexpr double kBar = 16, kNames = 190, kBars = 300, kNumbers = 60;  // px

std::string title_of(const std::string& text) { return "<title>" + escaped(text) + "</title>"; }

int steps(double low, double high, double step) {
  return static_cast<int>(std::lround((high - low) / step));
}

}  // namespace

std::string grid(const Axes& a, double x_step, double y_step, const std::string& x_name,
                 const std::string& y_name) {
  const double bottom = a.top + a.height, middle = a.top + a.height / 2;
  std::string all;
  for (int i = 0; i <= steps(a.x_low, a.x_high, x_step); ++i) {
    const double value = a.x_low + i * x_step;
    all += "<path class=\"grid\" d=\"M" + px(a.x(value)) + " " + px(a.top) + "V" + px(bottom) +
           "\"/>\n" + text_at(a.x(value), bottom + 18, "middle", report::in_digits(value));
  }
  for (int i = 0; i <= steps(a.y_low, a.y_high, y_step); ++i) {
    const double value = a.y_low + i * y_step;
    all += "<path class=\"grid\" d=\"M" + px(a.left) + " " + px(a.y(value)) + "H" +
           px(a.left + a.width) + "\"/>\n" +
           text_at(a.left - 8, a.y(value) + 4, "end", report::in_digits(value));
  }
  return all + text_at(a.left + a.width / 2, bottom + 38, "middle", x_name) +
         text_at(18, middle, "middle", y_name, " transform=\"rotate(-90 18 " + px(middle) + ")\"");
}

std::string line(const Axes& a, const std::vector<std::pair<double, double>>& points,
                 const std::string& attributes) {
  std::string d;
  for (const auto& [x, y] : points) add_point(d, a.x(x), a.y(y));
  return "<path d=\"" + d + "\" fill=\"none\" " + attributes + "/>\n";
}

std::string spot(const Axes& a, double x, double y, const std::string& fill,
                 const std::string& title) {
  return "<circle cx=\"" + px(a.x(x)) + "\" cy=\"" + px(a.y(y)) + "\" r=\"4\" fill=\"" + fill +
         "\">" + title_of(title) + "</circle>\n";
}

std::string bars(const std::vector<Bar>& all, const std::string& label, double greatest) {
  std::string body;
  double top = 0;
  for (const Bar& bar : all) {
    const double length = kBars * bar.share / greatest;
    body += text_at(kNames - 8, top + 12, "end", bar.name) + "<rect x=\"" + px(kNames) + "\" y=\"" +
            px(top + 2) + "\" width=\"" + px(length) + "\" height=\"" + px(kBar - 4) +
            "\" fill=\"" + colour(bar.colour) + "\">" + title_of(bar.title) + "</rect>\n" +
            text_at(kNames + length + 6, top + 12, "start", report::in_digits(bar.share));
    top += kBar;
  }
  return drawing(kNames + kBars + kNumbers, top + 4, label, body);
}

std::string drawing(double width, double height, const std::string& label,
                    const std::string& body) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"" + escaped(label) +
         "\" width=\"" + px(width) + "\" height=\"" + px(height) + "\" viewBox=\"0 0 " + px(width) +
         " " + px(height) + "\" font-family=\"sans-serif\" font-size=\"12\">\n" + body + "</svg>\n";
}

std::string sample(const Axes& a, std::size_t index, const std::string& attributes) {
  const double left = a.left + a.width + 14, y = a.top + 8 + 17 * static_cast<double>(index);
  return "<path d=\"M" + px(left) + " " + px(y) + "H" + px(left + 24) + "\" stroke-width=\"2\" " +
         attributes + "/>\n";
}

std::string colour(std::size_t index) {
  constexpr std::array<const char*, kColourCount> kColours = {
      "#2463b4", "#c0392b", "#27803f", "#8e44ad", "#d68910",
      "#16a085", "#7f8c8d", "#5d4037", "#d81b60", "#4527a0"};
  return kColours[index % kColours.size()];
}

}  // namespace wrist::svg
