// SPDX-License-Identifier: Apache-2.0
/// What a recogniser says of every window of a set: one score per class.
///
///   CSV by window id and class name, or .npy [W, C] in the set's order -> checks -> probabilities
#pragma once

#include <filesystem>
#include <string>

#include "generators/evaluation/answers.h"
#include "sim/base/series.h"

namespace wrist::evaluation {

/// W x C, in the order of Answers::windows and Answers::classes.
using Scores = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// What the numbers of a file are. `infer`: probabilities if every row is one, else logits.
enum class ScoreKind { infer, probabilities, logits };

struct Predictions {
  Scores probabilities;                       // each row sums to one
  ScoreKind kind = ScoreKind::probabilities;  // what the file held
};

/// Throws Error(io); Error(bad_data) with the number and the first of it for missing, repeated or
/// unknown windows, missing or unknown classes, another shape, scores that are not finite, and rows
/// that are no probabilities where `kind` says so.
Predictions read_predictions(const std::filesystem::path& file, const Answers& answers,
                             ScoreKind kind = ScoreKind::infer);

/// Values of binary attributes, one column each in the order of Answers::attributes, of any scale;
/// .npy or CSV as above. Throws as above, and Error(bad_data) for a set without attributes.
Scores read_attribute_values(const std::filesystem::path& file, const Answers& answers);

/// Rows of a .npy file of two dimensions, float32 or float64, C order. Throws Error(io),
/// Error(bad_data).
Scores read_npy_scores(const std::filesystem::path& file);

/// Probabilities of scores; logits through the softmax. `where` begins what an error says.
Predictions to_probabilities(Scores scores, ScoreKind kind, const std::string& where);

/// The class of greatest score in each row; the first of equals.
std::vector<int> best_classes(const Scores& scores);

}  // namespace wrist::evaluation
