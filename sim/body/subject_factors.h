// SPDX-License-Identifier: Apache-2.0
/// The correlations of a population, completed once for many people.
///
///   PopulationSpec -> complete -> SubjectFactors; with either, the same seed draws the same person
#pragma once

#include "sim/body/subject.h"

namespace wrist {

struct SubjectFactors {
  using Factor = Eigen::Matrix<double, kMeasures, kMeasures>;
  Factor female = Factor::Identity(), male = Factor::Identity();  // lower Cholesky factors
};

/// Throws Error(usage) as complete_correlation does.
SubjectFactors complete(const PopulationSpec& population);

/// As draw_subject(population, rng), a thousand times as fast. `factors`: of that population.
SubjectParams draw_subject(const PopulationSpec& population, const SubjectFactors& factors,
                           const Rng& rng);

}  // namespace wrist
