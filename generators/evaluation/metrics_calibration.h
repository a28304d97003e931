// SPDX-License-Identifier: Apache-2.0
/// Is a recogniser right as often as it says?
///
///   probability of the class said, whether it was right -> bins -> |right - confident|, weighted
///
/// Source: Guo et al. 2017, "On calibration of modern neural networks" (expected calibration error,
/// 15 bins); Nguyen and O'Connor 2015 (bins of equal mass).
#pragma once

#include <cstdint>
#include <vector>

namespace wrist::evaluation {

struct CalibrationBin {
  std::int64_t windows = 0;
  double confidence = 0, accuracy = 0;  // means of its windows; 0 without any
};

enum class Bins {
  equal_width,  // bin b of B holds confidences in (b/B, (b+1)/B]
  equal_mass    // the same number of windows in each; windows of equal confidence stay together
};

std::vector<CalibrationBin> calibration_bins(const std::vector<double>& confidence,
                                             const std::vector<bool>& right, int count, Bins bins);
/// Sum over the bins of their share of the windows times |accuracy - confidence|.
double calibration_error(const std::vector<CalibrationBin>& bins);

}  // namespace wrist::evaluation
