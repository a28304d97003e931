// SPDX-License-Identifier: Apache-2.0
/// Real recordings measured with the same code, and laid over the synthetic ones.
#pragma once

#include "generators/report/class_statistics.h"
#include "generators/report/figures.h"
#include "generators/report/real_recording.h"

namespace wrist::report {

/// How windows are cut: within one class, `length_s` long, every `hop_s`.
struct WindowCut {
  double length_s = 2.56, hop_s = 1.28;
};

/// The synthetic class a real one is laid over: of the same name but for case, punctuation and
/// "-ing" ("WALKING" is "walk"); empty if there is none.
std::string matching_class(const std::string& real, const Texts& synthetic);

AgainstFigure lay_against(const std::vector<RealRecording>& recordings,
                          const std::vector<ClassStatistics>& synthetic, const WindowCut& cut);

}  // namespace wrist::report
