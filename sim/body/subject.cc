// SPDX-License-Identifier: Apache-2.0
#include "sim/body/subject_factors.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

using Correlations = Eigen::Matrix<double, kMeasures, kMeasures>;
constexpr int kFittingSweeps = 500;
constexpr double kFittingTolerance = 1e-12;

double uniform(const std::array<double, 2>& range, const Rng& rng) {
  return range[0] + (range[1] - range[0]) * rng.uniform();
}

double log_normal(double median, double sigma_ln, const Rng& rng) {
  return median * portable::exp(sigma_ln * rng.normal());
}

Physiology draw_physiology(const PhysiologySpec& spec, const Rng& rng) {
  Physiology person;
  person.age_years = uniform(spec.age_years, rng / "age");
  person.heart_rate_rest_bpm = uniform(spec.heart_rate_rest_bpm, rng / "heart_rate");
  const double sdnn = spec.sdnn_mean_s + spec.sdnn_sd_s * (rng / "sdnn").normal() +
                      spec.sdnn_per_year_s * (person.age_years - 40);
  person.sdnn_rest_s = std::clamp(sdnn, 0.010, 0.120);
  person.respiration_hz = uniform(spec.respiration_hz, rng / "respiration");
  person.vo2_max = uniform(spec.vo2_max, rng / "vo2_max");
  person.arterial_saturation = uniform(spec.arterial_saturation, rng / "saturation");
  person.pulsatile_fraction = std::clamp(
      log_normal(spec.pulsatile_fraction_median, spec.pulsatile_fraction_sigma_ln, rng / "pulse"),
      0.003, 0.03);
  person.melanosome_fraction =
      spec.melanosome_levels[(rng / "skin").below(spec.melanosome_levels.size())];
  person.motion_gain = std::clamp(
      log_normal(spec.motion_gain_median, spec.motion_gain_sigma_ln, rng / "motion_gain"), 0.7,
      3.5);
  person.vein_loss = uniform(spec.vein_loss, rng / "vein");
  person.hair_loss = uniform(spec.hair_loss, rng / "hair");
  if ((rng / "tattoo").uniform() < spec.tattooed_people)
    person.ink = uniform(spec.ink, rng / "ink");
  if ((rng / "ectopic").uniform() < spec.ectopic_people)
    person.ectopic_share = uniform(spec.ectopic_share, rng / "ectopic_share");
  person.fibrillation = (rng / "fibrillation").uniform() < spec.fibrillation_people;
  return person;
}

// A correlated standard normal vector whose every element is within `limit`, by rejection.
Eigen::Matrix<double, kMeasures, 1> draw_truncated(const Correlations& factor, double limit,
                                                   const Rng& rng) {
  for (std::uint64_t attempt = 0;; ++attempt) {
    const Eigen::Matrix<double, kMeasures, 1> z =
        factor * (rng / attempt).normals(kMeasures).matrix();
    if (z.cwiseAbs().maxCoeff() <= limit) return z;
  }
}

}  // namespace

std::string to_string(Sex sex) { return sex == Sex::male ? "male" : "female"; }
std::string to_string(Side side) { return side == Side::left ? "left" : "right"; }

// Iterative proportional scaling (Speed and Kiiveri 1986): the precision matrix is zero where
// nothing was published, and every published pair is met.
Correlations complete_correlation(const SexSpec& spec) {
  Correlations precision = Correlations::Identity();
  for (int sweep = 0; sweep < kFittingSweeps; ++sweep) {
    double change = 0;
    for (const SexSpec::Correlation& pair : spec.correlations) {
      const std::array<int, 2> at = {static_cast<int>(pair.a), static_cast<int>(pair.b)};
      const Eigen::Matrix2d wanted = (Eigen::Matrix2d() << 1, pair.r, pair.r, 1).finished();
      require(std::abs(pair.r) < 1 && at[0] != at[1], ErrorKind::usage,
              "correlation of " + std::string(kMeasureNames[static_cast<std::size_t>(at[0])]) +
                  " and " + kMeasureNames[static_cast<std::size_t>(at[1])] +
                  ": expected a value inside (-1, 1), found " + std::to_string(pair.r));
      const Correlations covariance = precision.inverse();
      const Eigen::Matrix2d marginal = covariance(at, at);
      const Eigen::Matrix2d update = wanted.inverse() - marginal.inverse();
      precision(at, at) += update;
      change = std::max(change, (marginal - wanted).cwiseAbs().maxCoeff());
    }
    if (change < kFittingTolerance) break;
  }
  const Correlations full = precision.inverse();
  require(full.allFinite() && full.llt().info() == Eigen::Success &&
              (full.diagonal().array() - 1).abs().maxCoeff() < 1e-6,
          ErrorKind::usage, "the correlations given contradict each other");
  return full;
}

SubjectFactors complete(const PopulationSpec& population) {
  return {complete_correlation(population.female).llt().matrixL(),
          complete_correlation(population.male).llt().matrixL()};
}

SubjectParams draw_subject(const PopulationSpec& population, const SubjectFactors& factors,
                           const Rng& rng) {
  SubjectParams subject;
  subject.sex = (rng / "sex").uniform() < population.female_share ? Sex::female : Sex::male;
  const bool female = subject.sex == Sex::female;
  const SexSpec& spec = female ? population.female : population.male;
  const auto z = draw_truncated(female ? factors.female : factors.male, population.truncate_sd,
                                rng / "measures");
  for (std::size_t i = 0; i < kMeasures; ++i)
    subject.measures[i] = spec.mean[i] + spec.sd[i] * z[static_cast<Index>(i)];
  subject.physiology = draw_physiology(population.physiology, rng / "physiology");
  return subject;
}

SubjectParams draw_subject(const PopulationSpec& population, const Rng& rng) {
  return draw_subject(population, complete(population), rng);
}

}  // namespace wrist
