// SPDX-License-Identifier: Apache-2.0
/// What somebody who waits for a gesture would notice: was it found, how late, and how often was
/// there an alarm without one.
///
///   likely windows of a recording -> threshold, refractory time -> detections -> events within
///   tolerance -> precision, recall, F1, latency, false alarms per hour
///
/// A window speaks at its end, for it cannot be judged before. A detection is an event's if it
/// comes from the event's start until `tolerance_s` after its end; each event takes one, the rest
/// while it lasts are repeats, neither right nor wrong. Metrics per event: Mesaros et al. 2016,
/// "Metrics for polyphonic sound event detection"; greedy in order of deadline, which matches as
/// many as can be.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generators/evaluation/answers.h"

namespace wrist::evaluation {

struct EventOptions {
  double threshold = 0.5;   // least probability of a detection [assumed]
  double refractory_s = 1;  // after a detection, none of the same class for so long [assumed]
  double tolerance_s = 0;   // after an event's end
};

/// A window that says a class: the likeliest, with its probability.
struct Saying {
  std::string recording;
  double time_s = 0;  // end of the window
  int label = 0;
  double probability = 0;
  bool null = false;  // the window is of those whose hours are counted
};

struct Detection {
  std::string recording;
  double time_s = 0;
  int label = 0;
  bool null = false;
};

struct EventMetrics {
  std::int64_t events = 0, detections = 0;  // detections without repeats
  std::int64_t found = 0, repeats = 0, false_alarms = 0, null_false_alarms = 0;
  double precision = 0, recall = 0, f1 = 0;
  double mean_latency_s = 0,
         median_latency_s = 0;  // from the start of those found; NaN without any
};

struct EventReport {
  EventMetrics all;                   // counted over all classes
  std::vector<EventMetrics> classes;  // in the set's order
  double macro_f1 = 0;                // mean over classes that have events; NaN without any
  double false_alarms_per_hour = 0;   // in null windows, per hour of null; NaN without null
};

/// Of sayings in any order. Only classes that are raised as events are detected.
std::vector<Detection> detect(std::vector<Saying> sayings, const std::vector<bool>& raised,
                              const EventOptions& options);

EventReport event_report(const std::vector<Detection>& detections,
                         const std::vector<AnswerEvent>& events, std::size_t classes,
                         double null_hours, const EventOptions& options);

}  // namespace wrist::evaluation
