// SPDX-License-Identifier: Apache-2.0
#include "sim/strap/skin_lift.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr Index kMargin = 3;  // samples that continue the ends

}  // namespace

LiftSpline::LiftSpline(const Bulge& bulge) : time_(bulge.time) {
  const Index n = time_.count;
  require(bulge.height.size() == n, ErrorKind::usage,
          "bulge: expected a height per sample, found " + std::to_string(bulge.height.size()) +
              " for " + std::to_string(n));
  if (n == 0) return;
  require(bulge.height.isFinite().all(), ErrorKind::usage, "bulge: expected finite heights");
  const auto height = [&](Index i) { return bulge.height(std::clamp<Index>(i, 0, n - 1)); };
  weight_.resize(n + 2 * kMargin);
  for (Index k = 0; k < weight_.size(); ++k) {
    const Index i = k - kMargin;
    weight_(k) = (8 * height(i) - height(i - 1) - height(i + 1)) / 6;
  }
}

SkinLift LiftSpline::at(double time_s) const {
  if (time_.count == 0) return {};
  const Index end = weight_.size() - 1;
  const double s = (time_s - time_.start_s) * time_.rate_hz;
  if (s <= 1 - kMargin) return {weight_(0), 0};
  if (s >= static_cast<double>(end - kMargin - 1)) return {weight_(end), 0};
  const double whole = std::floor(s), u = s - whole, v = 1 - u;
  const Index k = static_cast<Index>(whole) + kMargin;
  const double a = weight_(k - 1), b = weight_(k), c = weight_(k + 1), d = weight_(k + 2);
  const double height = (v * v * v * a + (4 - 6 * u * u + 3 * u * u * u) * b +
                         (4 - 6 * v * v + 3 * v * v * v) * c + u * u * u * d) /
                        6;
  const double speed =
      time_.rate_hz * (-v * v * a + (3 * u * u - 4 * u) * b + (4 * v - 3 * v * v) * c + u * u * d) /
      2;
  return {height, speed};
}

}  // namespace wrist
