// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/warm_up.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kFreezing = 273.15;                         // K
constexpr double kSkinLow = 31, kSkinHigh = 34;              // degC [from memory]
constexpr double kCouplingLow = 0.6, kCouplingHigh = 0.9;    // 1 [from memory]
constexpr double kTimeLow = 300, kTimeHigh = 900;            // s [from memory]
constexpr double kSelfHeatingLow = 1, kSelfHeatingHigh = 3;  // K [from memory]
constexpr double kSelfHeatingTime = 60;                      // s [from memory]
constexpr double kLagTime = 1200;  // s [assumed]: of stress in the package; above every other time

// Rises to `size` with a time constant.
struct Rise {
  double size, time_s;
};

double fall(double t_s, double time_s) { return portable::exp(-std::min(700., t_s / time_s)); }

Rise by_skin(const WarmUp& w) { return {(w.skin - w.ambient) * w.coupling, w.time_s}; }
Rise by_itself(const WarmUp& w) { return {w.self_heating, kSelfHeatingTime}; }

double risen(Rise r, double t) { return r.size * (1 - fall(t, r.time_s)); }

// The same behind the lag.
double risen_late(Rise r, double t) {
  return r.size * (1 - (kLagTime * fall(t, kLagTime) - r.time_s * fall(t, r.time_s)) /
                           (kLagTime - r.time_s));
}

// Now, and since `from`.
Warmth risen_and_sum(Rise r, double from, double to) {
  const double left = fall(to, r.time_s);
  return {r.size * (1 - left), r.size * ((to - from) + r.time_s * (left - fall(from, r.time_s)))};
}

// Before all comparisons: with a NaN they are invalid operations.
void expect_finite(const WarmUp& w) {
  for (const double x : {w.ambient, w.skin, w.coupling, w.time_s, w.self_heating, w.worn_s})
    require(std::isfinite(x), ErrorKind::usage,
            "warm-up: expected finite constants, found " + std::to_string(x));
}

void expect(bool good, const std::string& what, double found) {
  require(good, ErrorKind::usage, "warm-up: expected " + what + ", found " + std::to_string(found));
}

}  // namespace

WarmUp draw_warm_up(double ambient, double worn_s, const Rng& rng) {
  const auto draw = [&rng](const char* name, double low, double high) {
    return low + (high - low) * (rng / name).uniform();
  };
  return {.ambient = ambient,
          .skin = kFreezing + draw("skin", kSkinLow, kSkinHigh),
          .coupling = draw("coupling", kCouplingLow, kCouplingHigh),
          .time_s = draw("time", kTimeLow, kTimeHigh),
          .self_heating = draw("self_heating", kSelfHeatingLow, kSelfHeatingHigh),
          .worn_s = worn_s};
}

double warmth(const WarmUp& w, double t_s) {
  const double t = t_s + w.worn_s;
  return w.ambient - kReferenceTemperature + risen(by_skin(w), t) + risen(by_itself(w), t);
}

double late_warmth(const WarmUp& w, double t_s) {
  const double t = t_s + w.worn_s;
  return w.ambient - kReferenceTemperature + risen_late(by_skin(w), t) +
         risen_late(by_itself(w), t);
}

Warmth warmth_and_sum(const WarmUp& w, double t_s) {
  const double from = w.worn_s, to = from + t_s, cold = w.ambient - kReferenceTemperature;
  const Warmth skin = risen_and_sum(by_skin(w), from, to);
  const Warmth self = risen_and_sum(by_itself(w), from, to);
  return {cold + skin.now + self.now, cold * t_s + skin.since + self.since};
}

void check(const WarmUp& w) {
  expect_finite(w);
  expect(w.ambient > 200 && w.ambient < 400, "ambient of 200 to 400 K", w.ambient);
  expect(w.skin > 200 && w.skin < 400, "skin of 200 to 400 K", w.skin);
  expect(w.coupling >= 0 && w.coupling <= 1, "coupling of 0 to 1", w.coupling);
  expect(w.time_s >= 1 && w.time_s < kLagTime, "time_s of 1 to below 1200 s", w.time_s);
  expect(w.self_heating >= 0 && w.self_heating < 50, "self_heating of 0 to 50 K", w.self_heating);
  expect(w.worn_s >= 0 && w.worn_s < 1e9, "worn_s of 0 or more", w.worn_s);
}

}  // namespace wrist
