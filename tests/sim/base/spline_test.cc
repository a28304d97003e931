// SPDX-License-Identifier: Apache-2.0
#include "sim/base/spline.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist {
namespace {

Eigen::ArrayXXd column(const TimeGrid& grid, double (*f)(double)) {
  Eigen::ArrayXXd values(grid.count, 1);
  for (Index i = 0; i < grid.count; ++i) values(i, 0) = f(grid.time(i));
  return values;
}

TEST(Spline, InterpolationReproducesSamplesAndItsDerivativesConverge) {
  const auto f = [](double t) { return std::sin(3 * t); };
  double previous = 1;
  for (const double rate : {15., 30., 60.}) {
    const TimeGrid knots = make_grid(4, rate);
    const Spline spline = fit_spline(knots, column(knots, f), 0);
    const SplineSamples at = sample(spline, knots, 0, 1);
    EXPECT_LT((at.value - column(knots, f)).abs().maxCoeff(), 1e-8);
    const TimeGrid inner{1, 1000, 2000};
    const SplineSamples s = sample(spline, inner, 0, 1);
    double error = 0;
    for (Index i = 0; i < inner.count; ++i)
      error = std::max(error, std::abs(s.second(i, 0) + 9 * std::sin(3 * inner.time(i))));
    EXPECT_LT(error, previous / 8);  // fourth order: 16
    previous = error;
  }
  EXPECT_LT(previous, 1e-4);
}

TEST(Spline, IsContinuousUpToTheFourthDerivativeAcrossKnots) {
  const TimeGrid knots = make_grid(1, 50);
  Eigen::ArrayXXd noise = (Rng(3) / "spline").normals(knots.count);
  const Spline spline = fit_spline(knots, noise, 12);
  const auto& p = spline.pieces[0];
  for (Index k = 0; k + 1 < p.cols(); ++k) {
    const double factorial[] = {1, 1, 2, 6, 24};
    for (int d = 0; d <= 4; ++d) {
      double end = 0;  // d-th derivative of piece k at u = 1
      for (int j = d; j <= 5; ++j) end += std::tgamma(j + 1) / std::tgamma(j - d + 1) * p(j, k);
      EXPECT_NEAR(end, factorial[d] * p(d, k + 1), 1e-9) << "derivative " << d << " at knot " << k;
    }
  }
}

TEST(Spline, GainIsTheStatedOneWithoutDelay) {
  const double cutoff = 15, rate = 120;
  for (const double f : {2., 5., 10., 15., 20.}) {
    const TimeGrid knots = make_grid(10, rate);
    Eigen::ArrayXXd values(knots.count, 1);
    for (Index i = 0; i < knots.count; ++i) values(i, 0) = std::sin(2 * kPi * f * knots.time(i));
    const TimeGrid inner{3, 1000, 4000};
    const SplineSamples s = sample(fit_spline(knots, values, cutoff), inner, 0, 1);
    double sine = 0, cosine = 0;
    for (Index i = 0; i < inner.count; ++i) {
      sine += s.value(i, 0) * std::sin(2 * kPi * f * inner.time(i)) / 2000;
      cosine += s.value(i, 0) * std::cos(2 * kPi * f * inner.time(i)) / 2000;
    }
    EXPECT_NEAR(sine, smoothing_gain(f, cutoff), 0.01) << f << " Hz";
    EXPECT_NEAR(cosine, 0, 1e-3) << f << " Hz";
  }
}

TEST(Spline, SamplesAtTheKnotsOrBetweenThemGiveTheSameCurve) {
  const TimeGrid knots = make_grid(4, 100);
  Eigen::ArrayXXd values(knots.count, 2);
  const Series jitter = 0.4 * ((Rng(5) / "jitter").uniforms(knots.count) - 0.5);
  Series at(knots.count), off(knots.count);
  const auto f = [](double t, int c) { return std::sin((7 + 2 * c) * t); };
  for (Index i = 0; i < knots.count; ++i) {
    at[i] = knots.time(i);
    off[i] = knots.time(i) + (i > 0 && i + 1 < knots.count ? jitter[i] / knots.rate_hz : 0);
  }
  const auto at_times = [&](const Series& times) {
    for (Index i = 0; i < times.size(); ++i)
      for (int c = 0; c < 2; ++c) values(i, c) = f(times[i], c);
    return values;
  };
  const TimeGrid inner{0.5, 1000, 3000};
  const SplineSamples uniform = sample(fit_spline(knots, at_times(at), 12), inner, 0, 2);
  const SplineSamples same = sample(fit_spline(knots, at, at_times(at), 12), inner, 0, 2);
  const SplineSamples moved = sample(fit_spline(knots, off, at_times(off), 12), inner, 0, 2);
  EXPECT_LT((same.second - uniform.second).abs().maxCoeff(), 1e-9);
  EXPECT_LT((moved.second - uniform.second).abs().maxCoeff(), 1e-2);
}

TEST(Spline, MissingSamplesAreBridgedSmoothly) {
  const TimeGrid knots = make_grid(4, 100);
  std::vector<double> kept;
  for (Index i = 0; i < knots.count; ++i)
    if (i < 200 || i > 212) kept.push_back(knots.time(i));
  const Series times = Eigen::Map<const Series>(kept.data(), std::ssize(kept));
  const Eigen::ArrayXXd values = (6 * times).sin();
  for (const double cutoff : {10., 100., 1e6}) {
    const SplineSamples s = sample(fit_spline(knots, times, values, cutoff), {1.9, 100, 50}, 0, 1);
    for (Index i = 0; i < 50; ++i) {
      const double t = 1.9 + static_cast<double>(i) / 100;
      EXPECT_NEAR(s.value(i, 0), std::sin(6 * t), 2e-4) << cutoff;
      EXPECT_NEAR(s.second(i, 0), -36 * std::sin(6 * t), 0.5) << cutoff;
    }
  }
}

TEST(Spline, RefusesTooLittleAndOutside) {
  const TimeGrid five = make_grid(0.05, 100);
  EXPECT_THROW(fit_spline(five, Eigen::ArrayXXd::Zero(5, 1), 0), Error);
  const TimeGrid knots = make_grid(1, 100);
  Eigen::ArrayXXd values = Eigen::ArrayXXd::Zero(100, 1);
  const Spline spline = fit_spline(knots, values, 0);
  Series times = Series::LinSpaced(100, 0, 1);
  EXPECT_THROW(fit_spline(knots, times, values, 5), Error) << "beyond the last knot";
  EXPECT_THROW(fit_spline(knots, 0.9 * times, values, 0), Error) << "no cutoff";
  EXPECT_THROW(sample(spline, TimeGrid{0.5, 100, 60}, 0, 1), Error);
  values(3, 0) = std::nan("");
  EXPECT_THROW(fit_spline(knots, values, 0), Error);
}

}  // namespace
}  // namespace wrist
