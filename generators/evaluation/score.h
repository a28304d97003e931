// SPDX-License-Identifier: Apache-2.0
/// Every figure of a recogniser on an evaluation set.
///
///   Answers + Predictions -> clean, stressed, few-shot windows, those of a context -> metrics
///
/// The clean windows (no corruption, no shots, no context) give everything but degradation,
/// few-shot and contexts; events and false alarms are those of clean and of daily windows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generators/evaluation/metrics_attributes.h"
#include "generators/evaluation/metrics_calibration.h"
#include "generators/evaluation/metrics_context.h"
#include "generators/evaluation/metrics_corruption_error.h"
#include "generators/evaluation/metrics_events.h"
#include "generators/evaluation/metrics_interval.h"
#include "generators/evaluation/metrics_rank.h"
#include "generators/evaluation/metrics_seen.h"
#include "generators/evaluation/metrics_severity.h"
#include "generators/evaluation/metrics_slices.h"
#include "generators/evaluation/metrics_window.h"
#include "generators/evaluation/predictions.h"

namespace wrist::evaluation {

struct ScoreOptions {
  double threshold = 0.5, refractory_s = 1;  // of EventOptions
  std::optional<double> tolerance_s;         // else the length of a window
  int bins = 15;                             // of the calibration [Guo et al. 2017]
  std::int64_t least_count = 20;             // windows of a slice that is judged [assumed]
};

struct Calibration {
  std::vector<CalibrationBin> width, mass;
  double width_error = 0, mass_error = 0;
};

/// Balanced accuracy of each episode among the classes that occur in it.
struct FewShot {
  int shots = 0;
  MeanInterval accuracy;
};

struct ScoreReport {
  std::string set_id, title, predictions;  // predictions: the file
  ScoreKind kind = ScoreKind::probabilities;
  ScoreOptions options;
  std::vector<std::string> classes;
  std::int64_t windows = 0;  // of the set
  double null_hours = 0;
  WindowMetrics clean;
  std::optional<SeenMetrics> seen;         // of windows of both kinds
  std::optional<OpenSetMetrics> open_set;  // as above
  Calibration calibration;
  std::vector<FewShot> few_shot;      // rising
  std::optional<EventReport> events;  // of a set with events or hours of null
  Degradation degradation;
  std::vector<ContextMetrics> contexts;  // all but daily
  std::vector<Slices> slices;
  std::optional<CorruptionErrors> beside;      // a baseline; for who has one to fill in
  std::optional<AttributeMetrics> attributes;  // predicted ones; likewise
};

/// Windows without corruption, shots and context.
std::vector<std::size_t> clean_rows(const Answers& answers);

/// Throws Error(bad_data) for a set without clean windows, Error(usage) for options out of range.
ScoreReport score(const Answers& answers, const Predictions& predictions,
                  const ScoreOptions& options);

/// One JSON object; what is not known is null.
std::string score_json(const ScoreReport& report);

}  // namespace wrist::evaluation
