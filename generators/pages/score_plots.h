// SPDX-License-Identifier: Apache-2.0
/// The figures of a recogniser as drawings that need nothing else to be looked at: SVG, text and
/// all.
#pragma once

#include <string>

#include "generators/evaluation/score.h"

namespace wrist {

/// What was (rows) against what was said, each row as shares; every cell tells its count when
/// pointed at.
std::string confusion_svg(const evaluation::WindowMetrics& metrics,
                          const std::vector<std::string>& names);
/// F1 of each class that occurs, the worst first.
std::string class_bars_svg(const evaluation::WindowMetrics& metrics,
                           const std::vector<std::string>& names);
/// Accuracy of seen over that of unseen classes, and where the recogniser stands as it is.
std::string seen_curve_svg(const evaluation::SeenMetrics& metrics);
/// Accuracy over confidence, bins of both kinds; the diagonal is honest.
std::string calibration_svg(const evaluation::Calibration& calibration);
/// Accuracy over the number of shots, with its 95 % interval.
std::string few_shot_svg(const std::vector<evaluation::FewShot>& few_shot);
/// Macro F1 over that of the clean twins by severity, one line per corruption.
std::string degradation_svg(const evaluation::Degradation& degradation);
/// Errors over those of the baseline, a bar per corruption.
std::string corruption_errors_svg(const evaluation::CorruptionErrors& errors);
/// Macro F1 in each context beside that of clean windows.
std::string contexts_svg(const std::vector<evaluation::ContextMetrics>& contexts);
/// Area under the ROC curve of the worst attributes.
std::string attributes_svg(const evaluation::AttributeMetrics& metrics);
/// Balanced accuracy of the worst slices.
std::string slices_svg(const evaluation::Slices& slices);

}  // namespace wrist
