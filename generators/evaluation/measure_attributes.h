// SPDX-License-Identifier: Apache-2.0
/// What a recording says of a class: a figure per attribute that can be measured.
///
///   recording -> samples of the class -> truth -> figures
///
/// From truth alone: behind the watch's low-pass, without errors of the sensor. Gravity is seen in
/// the case C, whose x lies along the forearm: to the hand on the left wrist, to the elbow on the
/// right one, the crown on the right. What each figure is, assets/classes/attributes.toml says.
#pragma once

#include <map>
#include <string>

#include "generators/recording.h"

namespace wrist {

/// By the name of the attribute, in its unit. Without rhythm_hz if no stretch of the class lasts as
/// long as its spectrum needs. Throws Error(usage) if fewer than 10 samples are of the class.
std::map<std::string, double> measure_attributes(const Recording& recording,
                                                 const std::string& class_name);

}  // namespace wrist
