// SPDX-License-Identifier: Apache-2.0
/// What the cards of a set's classes declare, for predicted attributes to be held against.
#pragma once

#include "generators/assets.h"
#include "generators/evaluation/answers.h"

namespace wrist::evaluation {

/// The binary attributes of assets/classes/attributes.toml, in its order; -1 of classes without a
/// card.
std::vector<AnswerAttribute> binary_attributes(const std::vector<AnswerClass>& classes,
                                               const Assets& assets);

}  // namespace wrist::evaluation
