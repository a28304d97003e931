// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/allan_fit.h"

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <string>

#include "sensor_models/signal/allan_covariance.h"
#include "sensor_models/signal/non_negative_fit.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Terms in the order of their slopes. AVAR = sum of coefficient x tau^power.
enum { kQ, kN, kB, kK, kR, kTerms };
using Coefficients = Eigen::Matrix<double, kTerms, 1>;

constexpr double kSure = 3;      // standard errors that a coefficient must stand out by
constexpr double kAskedFor = 4;  // by which Q and R must, to be taken at all
constexpr int kRounds = 6;       // of weights from the model before; three settle it
constexpr unsigned kAlways = 1u << kN | 1u << kB | 1u << kK;

double power_of_tau(int term, double tau) { return std::pow(tau, term - 2); }

// Coefficient of AVAR over the square of the term's own.
double square_factor(int term) {
  constexpr double kLog2 = 0.69314718055994531;
  return std::array{3., 1., 2 * kLog2 / kPi, 1. / 3, 0.5}[static_cast<std::size_t>(term)];
}

struct Problem {
  VectorXd tau, variance;  // s; AVAR
  MatrixXd basis;          // points x terms
  Index count = 0;
  double rate_hz = 0;
};

// The points that show noise rather than the low-pass.
Problem problem_of(const std::vector<AllanPoint>& points, Index count, double rate_hz) {
  std::vector<AllanPoint> used;
  for (const AllanPoint& p : points)
    if (p.tau_s * rate_hz > kFirstFitted - 0.5) used.push_back(p);
  const Index n = std::ssize(used);
  Problem problem{VectorXd(n), VectorXd(n), MatrixXd(n, kTerms), count, rate_hz};
  for (Index i = 0; i < n; ++i) {
    const AllanPoint& p = used[static_cast<std::size_t>(i)];
    problem.tau[i] = p.tau_s;
    problem.variance[i] = p.deviation * p.deviation;
    for (int term = 0; term < kTerms; ++term) problem.basis(i, term) = power_of_tau(term, p.tau_s);
  }
  return problem;
}

// Of the fitted sum; a ramp is none.
NoisePowers noise_of(const Coefficients& c, double rate_hz) {
  return {c[kN], c[kB] / square_factor(kB), c[kK] / square_factor(kK),
          c[kQ] / square_factor(kQ) / rate_hz};
}

// Besides, what the noise adds to a ramp's slope over the record, or takes from it: its difference
// from one half to the other.
MatrixXd covariance_of(const Problem& p, const Coefficients& c) {
  MatrixXd sum = allan_covariance(p.tau, noise_of(c, p.rate_hz), p.count, p.rate_hz);
  const double half = static_cast<double>(p.count) / p.rate_hz / 2;
  const double slope_variance = 2 * (c[kN] / half + c[kB] + c[kK] * half) / (half * half);
  const VectorXd squares = p.tau.cwiseAbs2();
  return sum + c[kR] / square_factor(kR) * slope_variance * squares * squares.transpose();
}

struct Solution {
  Coefficients value = Coefficients::Zero(), sd = Coefficients::Zero();
  MatrixXd covariance;  // of the points
};

// Weights follow the model, not the points: points that are low by chance would weigh too much.
Solution solve(const Problem& p, unsigned allowed) {
  const double length = static_cast<double>(p.count) / p.rate_hz;
  VectorXd sd = p.variance.cwiseProduct((4. / 3 / length * p.tau).cwiseSqrt());  // white noise
  Solution s;
  for (int round = 0; round < kRounds; ++round) {
    s.value = fit_non_negative({p.basis, p.variance, sd}, allowed);
    s.covariance = covariance_of(p, s.value);
    sd = s.covariance.diagonal().cwiseSqrt();
    // Only a ramp, or a model that misses a point, leaves a point without error: keep a floor.
    sd = sd.cwiseMax(1e-3 * (p.basis * s.value));
  }
  const MatrixXd linear = least_squares({p.basis, p.variance, sd}, allowed);
  s.sd = (linear * s.covariance * linear.transpose()).diagonal().cwiseSqrt();
  return s;
}

AllanTerm term_of(const Solution& s, int term) {
  const double factor = square_factor(term), c = s.value[term], sd = s.sd[term];
  AllanTerm t;
  t.value = std::sqrt(c / factor);
  t.determined = c > kSure * sd;
  t.sd = t.value > 0 ? sd / (2 * factor * t.value) : 0;
  t.at_most = std::sqrt((c + 2 * sd) / factor);
  return t;
}

Solution solve_with_what_is_asked_for(const Problem& p) {
  unsigned allowed = kAlways;
  for (const int term : {kR, kQ}) {
    const Solution with = solve(p, allowed | 1u << term);
    if (with.value[term] > kAskedFor * with.sd[term]) allowed |= 1u << term;
  }
  return solve(p, allowed);
}

void read_slope(const Problem& p, const Solution& s, AllanFit& fit) {
  Index n = 0;
  while (n < p.tau.size() && p.tau[n] < 10.01 * p.tau[0]) ++n;
  const VectorXd x = p.tau.head(n).array().log() - p.tau.head(n).array().log().mean();
  const VectorXd y = p.variance.head(n).array().log() / 2;
  const VectorXd linear = x / x.squaredNorm();
  const VectorXd inverse = p.variance.head(n).cwiseInverse() / 2;
  const MatrixXd of_logs =
      inverse.asDiagonal() * s.covariance.topLeftCorner(n, n) * inverse.asDiagonal();
  fit.slope = linear.dot(y);
  fit.slope_sd = std::sqrt(linear.dot(of_logs * linear));
}

void read_minimum(const Problem& p, AllanFit& fit) {
  Index at = 0;
  fit.minimum.deviation = std::sqrt(p.variance.minCoeff(&at));
  fit.minimum.tau_s = p.tau[at];
  fit.turns = at + 1 < p.tau.size();
}

// Of every point, those too short to be fitted as well.
std::vector<double> relative_errors(const std::vector<AllanPoint>& points, const Solution& s,
                                    const Problem& p) {
  VectorXd taus(std::ssize(points)), model(std::ssize(points));
  for (Index i = 0; i < taus.size(); ++i) {
    taus[i] = points[static_cast<std::size_t>(i)].tau_s;
    model[i] = 0;
    for (int term = 0; term < kTerms; ++term)
      model[i] += s.value[term] * power_of_tau(term, taus[i]);
  }
  const VectorXd variances =
      allan_covariance(taus, noise_of(s.value, p.rate_hz), p.count, p.rate_hz).diagonal();
  const VectorXd errors = variances.cwiseSqrt().cwiseQuotient(2 * model);
  return {errors.begin(), errors.end()};
}

}  // namespace

double flat_over_flicker() { return std::sqrt(square_factor(kB)); }

std::vector<double> allan_fit_times(Index count, double rate_hz) {
  constexpr double kPerDoubling = 3, kSpans = 9;
  std::vector<double> taus;
  Index last = 0;
  for (int i = 0;; ++i) {
    const auto m = static_cast<Index>(std::lround(std::exp2(i / kPerDoubling)));
    if (static_cast<double>(m) * kSpans > static_cast<double>(count)) return taus;
    if (m > last) taus.push_back(static_cast<double>(m) / rate_hz);
    last = m;
  }
}

AllanFit fit_allan(const std::vector<AllanPoint>& points, Index count, double rate_hz) {
  require(count >= kShortestFitted, ErrorKind::bad_data,
          "Allan fit: expected " + std::to_string(kShortestFitted) + " samples or more, found " +
              std::to_string(count));
  const Problem problem = problem_of(points, count, rate_hz);
  require(problem.tau.size() >= 4 && problem.variance.minCoeff() > 0, ErrorKind::bad_data,
          "Allan fit: expected noise at four averaging times or more, found " +
              std::to_string(problem.tau.size()) + " times or values that do not vary");
  const Solution s = solve_with_what_is_asked_for(problem);
  AllanFit fit;
  fit.quantisation = term_of(s, kQ);
  fit.white = term_of(s, kN);
  fit.flicker = term_of(s, kB);
  fit.walk = term_of(s, kK);
  fit.ramp = term_of(s, kR);
  read_minimum(problem, fit);
  read_slope(problem, s, fit);
  fit.errors = relative_errors(points, s, problem);
  return fit;
}

double allan_model(const AllanFit& fit, double tau_s) {
  const AllanTerm* const terms[] = {&fit.quantisation, &fit.white, &fit.flicker, &fit.walk,
                                    &fit.ramp};
  double sum = 0;
  for (int term = 0; term < kTerms; ++term)
    sum += square_factor(term) * std::pow(terms[term]->value, 2) * power_of_tau(term, tau_s);
  return std::sqrt(sum);
}

}  // namespace wrist
