// SPDX-License-Identifier: Apache-2.0
/// Are the attributes of a movement recognised, whatever its class?
///
///   value per window and attribute, the class's declared 0 or 1 -> area under the ROC curve ->
///   mean
///
/// Source: Lampert et al. 2014, "Attribute-based classification for zero-shot visual object
/// categorization" (AUC of each attribute, over classes that training left out).
#pragma once

#include <string>
#include <vector>

#include "generators/evaluation/answers.h"
#include "generators/evaluation/predictions.h"

namespace wrist::evaluation {

struct AttributeArea {
  std::string name;
  std::int64_t with = 0, without = 0;  // clean windows of classes that have it; that do not
  double area = 0;                     // of them; NaN unless there are both
  double unseen_area = 0;              // of those whose class is unseen
};

struct AttributeMetrics {
  std::vector<AttributeArea> attributes;  // in the set's order
  double mean = 0, unseen_mean = 0;       // over areas that are known; NaN without any
};

/// `values`: [windows of the set, attributes], of any scale. Windows whose class only may have an
/// attribute, or does not say, have no part in it.
AttributeMetrics attribute_metrics(const Answers& answers, const Scores& values,
                                   const std::vector<std::size_t>& rows);

}  // namespace wrist::evaluation
