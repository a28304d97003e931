// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_attributes.h"

#include <cmath>
#include <limits>

#include "generators/evaluation/metrics_rank.h"

namespace wrist::evaluation {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Values {
  std::vector<double> with, without;

  void add(double declared, double value) {
    if (declared == 1) with.push_back(value);
    if (declared == 0) without.push_back(value);
  }
  double area() const {
    return with.empty() || without.empty() ? kUnknown : area_under_roc(with, without);
  }
};

double mean(const std::vector<AttributeArea>& all, double AttributeArea::*value) {
  double sum = 0, count = 0;
  for (const AttributeArea& a : all) {
    if (std::isnan(a.*value)) continue;
    sum += a.*value;
    ++count;
  }
  return count > 0 ? sum / count : kUnknown;
}

}  // namespace

AttributeMetrics attribute_metrics(const Answers& a, const Scores& values,
                                   const std::vector<std::size_t>& rows) {
  AttributeMetrics m;
  for (std::size_t k = 0; k < a.attributes.size(); ++k) {
    Values all, unseen;
    for (const std::size_t row : rows) {
      const AnswerWindow& w = a.windows[row];
      const double declared = a.attributes[k].of_class[static_cast<std::size_t>(w.label)],
                   value = values(static_cast<Index>(row), static_cast<Index>(k));
      all.add(declared, value);
      if (is_unseen(a, w)) unseen.add(declared, value);
    }
    m.attributes.push_back({a.attributes[k].name, std::ssize(all.with), std::ssize(all.without),
                            all.area(), unseen.area()});
  }
  m.mean = mean(m.attributes, &AttributeArea::area);
  m.unseen_mean = mean(m.attributes, &AttributeArea::unseen_area);
  return m;
}

}  // namespace wrist::evaluation
