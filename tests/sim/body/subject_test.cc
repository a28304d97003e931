// SPDX-License-Identifier: Apache-2.0
#include "sim/body/subject.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"

namespace wrist {
namespace {

SexSpec two_pairs() {
  SexSpec spec;
  spec.mean = {1.756, 85.5, 0.335, 0.268, 0.1933, 0.0883, 0.1759, 0.310};
  spec.sd = {0.0685, 14.2, 0.0175, 0.0154, 0.0099, 0.0044, 0.0090, 0.022};
  spec.correlations = {{Measure::wrist_circumference, Measure::mass, 0.72},
                       {Measure::wrist_circumference, Measure::stature, 0.49}};
  return spec;
}

PopulationSpec population() {
  PopulationSpec p;
  p.male = p.female = two_pairs();
  return p;
}

TEST(Subject, CompletionKeepsWhatIsPublishedAndAssumesNoMore) {
  const auto full = complete_correlation(two_pairs());
  const auto at = [&](Measure a, Measure b) {
    return full(static_cast<int>(a), static_cast<int>(b));
  };
  EXPECT_NEAR(at(Measure::wrist_circumference, Measure::mass), 0.72, 1e-9);
  EXPECT_NEAR(at(Measure::wrist_circumference, Measure::stature), 0.49, 1e-9);
  EXPECT_NEAR(at(Measure::mass, Measure::stature), 0.72 * 0.49, 1e-9);  // through the wrist alone
  EXPECT_NEAR(at(Measure::forearm, Measure::mass), 0, 1e-12);
}

TEST(Subject, ContradictionsAreRefused) {
  SexSpec spec = two_pairs();
  spec.correlations.push_back({Measure::mass, Measure::stature, -0.9});
  EXPECT_THROW(complete_correlation(spec), Error);
  spec = two_pairs();
  spec.correlations[0].r = 1.2;
  EXPECT_THROW(complete_correlation(spec), Error);
}

TEST(Subject, DrawsHaveTheMomentsOfThePopulation) {
  const int n = 4000;
  const PopulationSpec p = population();
  double mean = 0, square = 0, cross = 0, women = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    const SubjectParams s = draw_subject(p, Rng(1) / i);
    const double wrist = (s.measure(Measure::wrist_circumference) - 0.1759) / 0.0090;
    const double mass = (s.measure(Measure::mass) - 85.5) / 14.2;
    mean += wrist / n, square += wrist * wrist / n, cross += wrist * mass / n;
    women += s.sex == Sex::female ? 1. / n : 0;
    for (std::size_t m = 0; m < kMeasures; ++m)
      EXPECT_LE(std::abs(s.measures[m] - p.male.mean[m]), 3.0001 * p.male.sd[m]);
  }
  const double se = 1 / std::sqrt(n);
  EXPECT_LT(std::abs(mean), 4 * se);
  EXPECT_NEAR(square, 1, 4 * std::sqrt(2.) * se + 0.03);  // cut at 3 sd: variance 0.973
  EXPECT_NEAR(cross, 0.72, 4 * se + 0.03);
  EXPECT_NEAR(women, 0.5, 2 * se);
}

TEST(Subject, TheSameNameIsTheSamePerson) {
  const SubjectParams a = draw_subject(population(), Rng(9) / "subject" / std::uint64_t{4});
  const SubjectParams b = draw_subject(population(), Rng(9) / "subject" / std::uint64_t{4});
  EXPECT_EQ(a.measures, b.measures);
  EXPECT_EQ(a.physiology.age_years, b.physiology.age_years);
}

}  // namespace
}  // namespace wrist
