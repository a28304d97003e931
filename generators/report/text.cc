// SPDX-License-Identifier: Apache-2.0
#include "generators/report/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wrist::report {

std::string in_digits(double value) {
  if (!std::isfinite(value)) return "unknown";
  const double magnitude = value == 0 ? 0 : std::floor(std::log10(std::abs(value)));
  const double power = std::pow(10, 2 - magnitude);
  char text[64];
  std::snprintf(text, sizeof text, "%.12g", std::round(value * power) / power);
  return text;
}

std::string in_rate(double rate_hz) {
  char text[64];
  std::snprintf(text, sizeof text, "%.2f", rate_hz);
  return text;
}

std::string in_percent(double share) {
  if (!std::isfinite(share)) return "unknown";
  if (share == 0) return "none";
  char text[64];
  std::snprintf(text, sizeof text, share < 0.01 ? "%.1g %%" : "%.0f %%", 100 * share);
  return text;
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string in_time(double seconds) {
  if (seconds < 120) return in_digits(seconds) + " s";
  if (seconds < 7200) return in_digits(seconds / 60) + " min";
  return in_digits(seconds / 3600) + " h";
}

std::string listed(const std::vector<std::string>& texts) {
  std::string all;
  for (std::size_t i = 0; i < texts.size(); ++i)
    all += (i == 0 ? "" : i + 1 == texts.size() ? " and " : ", ") + texts[i];
  return all;
}

}  // namespace wrist::report
