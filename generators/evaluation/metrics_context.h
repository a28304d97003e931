// SPDX-License-Identifier: Apache-2.0
/// Does a recogniser know a gesture again where it never saw it: while walking, wet, on the other
/// wrist?
///
///   windows of a context -> recall and F1 of their classes; the same of clean windows of these
///   classes -> ratio
///
/// The idea of compositions that training left out: Lake and Baroni 2018 (SCAN) [from memory].
#pragma once

#include <string>
#include <vector>

#include "generators/evaluation/answers.h"

namespace wrist::evaluation {

struct ContextFigures {
  std::int64_t windows = 0;
  double balanced_accuracy = 0, macro_f1 = 0;
  double clean_balanced_accuracy = 0, clean_macro_f1 = 0;  // NaN: no clean window of its classes
  double relative = 0;                                     // of macro F1; NaN where unknown
};

struct ContextMetrics {
  std::string name;
  ContextFigures all;   // of every window
  ContextFigures seen;  // of those whose class may be trained on; windows 0 without any
};

/// `predicted`: a class per window of the set. Windows of `rows` by their context, names ascending;
/// F1 counts what is said of these windows alone.
std::vector<ContextMetrics> context_metrics(const Answers& answers,
                                            const std::vector<int>& predicted,
                                            const std::vector<std::size_t>& rows,
                                            const std::vector<std::size_t>& clean);

}  // namespace wrist::evaluation
