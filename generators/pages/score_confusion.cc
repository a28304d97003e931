// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "generators/pages/score_axes.h"
#include "generators/pages/score_plots.h"
#include "generators/pages/svg.h"

namespace wrist {
namespace {

using namespace evaluation;
using svg::px;

constexpr double kNames = 190, kRight = 24;  // px, of the names beside, as of bars; on the right

std::vector<std::size_t> occurring(const WindowMetrics& m) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < m.classes.size(); ++i)
    if (m.classes[i].support > 0 || m.classes[i].predicted > 0) rows.push_back(i);
  return rows;
}

// px of the longest name, of letters six tenths as wide as high.
double longest(const std::vector<std::size_t>& rows, const std::vector<std::string>& names,
               double size) {
  std::size_t letters = 0;
  for (const std::size_t row : rows) letters = std::max(letters, names[row].size());
  return 0.6 * size * static_cast<double>(letters);
}

// White to blue; what is right and what is wrong look alike, the diagonal tells them apart.
std::string shade(double share) {
  char text[32];
  const auto part = [&](int full) { return static_cast<int>(255 - share * (255 - full)); };
  std::snprintf(text, sizeof text, "#%02x%02x%02x", static_cast<unsigned>(part(0x24)),
                static_cast<unsigned>(part(0x63)), static_cast<unsigned>(part(0xb4)));
  return text;
}

std::string confusion_cell(const WindowMetrics& m, const std::vector<std::string>& names,
                           std::size_t row, std::size_t column) {
  const auto count = m.confusion(static_cast<Index>(row), static_cast<Index>(column));
  const auto support = std::max<std::int64_t>(1, m.classes[row].support);
  return " fill=\"" + shade(static_cast<double>(count) / static_cast<double>(support)) +
         "\"><title>" + svg::escaped(names[row]) + " said to be " + svg::escaped(names[column]) +
         ": " + std::to_string(count) + " of " + std::to_string(m.classes[row].support) +
         "</title></rect>\n";
}

}  // namespace

std::string confusion_svg(const WindowMetrics& m, const std::vector<std::string>& names) {
  const std::vector<std::size_t> rows = occurring(m);
  const auto count = static_cast<double>(rows.size());
  const double cell = std::clamp(480 / count, 7., 40.), side = cell * count;
  const double size = std::min(12., cell);
  std::string body, font = " font-size=\"" + px(size) + "\"";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double at = cell * static_cast<double>(i), middle = at + 0.7 * cell;
    for (std::size_t k = 0; k < rows.size(); ++k)
      body += "<rect x=\"" + px(kNames + cell * static_cast<double>(k)) + "\" y=\"" + px(at) +
              "\" width=\"" + px(cell) + "\" height=\"" + px(cell) + "\"" +
              confusion_cell(m, names, rows[i], rows[k]);
    const std::string x = px(kNames + middle), y = px(side + 8);
    body += svg::text_at(kNames - 6, middle, "end", names[rows[i]], font) +
            svg::text_at(kNames + middle, side + 8, "end", names[rows[i]],
                         font + " transform=\"rotate(-90 " + x + " " + y + ")\"");
  }
  return svg::drawing(kNames + side + kRight, side + 16 + longest(rows, names, size), "confusion",
                      body);
}

}  // namespace wrist
