// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/svg.h"

#include <cstdio>

namespace wrist::svg {

std::string px(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      safe += c;
  }
  return safe;
}

std::string text_at(double x, double y, const std::string& anchor, const std::string& text,
                    const std::string& more) {
  return "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + anchor + "\"" + more +
         ">" + escaped(text) + "</text>\n";
}

void add_point(std::string& d, double x, double y) {
  d.append(d.empty() ? "M" : "L").append(px(x)).append(" ").append(px(y));
}

}  // namespace wrist::svg
