// SPDX-License-Identifier: Apache-2.0
/// What happened and when: intervals of a class, and instants worth marking.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace wrist {

/// An interval of one class, in seconds of the recording.
struct Label {
  double start_s = 0;
  double end_s = 0;
  std::string class_name;
};

/// A short happening: a heart beat, a contact, a slip, a gesture. Overlaps are allowed.
struct Event {
  double start_s = 0;
  double end_s = 0;
  std::string class_name;
  std::string source;      // who says so: "motion", "holding", "contact", "strap", "heart"
  double confidence = 1;   // 0..1
  double speed = std::numeric_limits<double>::quiet_NaN();  // m/s; closing speed, of contacts
};

}  // namespace wrist
