// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/score.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "generators/evaluation/score_events.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

using Rows = std::vector<std::size_t>;

// Among the classes that are allowed; the first of equals. -1 if none is.
template <typename Allowed>
int best_among(const Scores& scores, std::size_t row, Allowed allowed) {
  int best = -1;
  for (int c = 0; c < static_cast<int>(scores.cols()); ++c) {
    if (!allowed(c)) continue;
    const auto i = static_cast<Index>(row);
    if (best < 0 || scores(i, c) > scores(i, best)) best = c;
  }
  return best;
}

double at(const Scores& scores, std::size_t row, int label) {
  return label < 0 ? 0 : scores(static_cast<Index>(row), label);
}

WindowMetrics metrics_of(const Answers& a, const std::vector<int>& said, const Rows& rows) {
  Confusion counts = Confusion::Zero(std::ssize(a.classes), std::ssize(a.classes));
  for (const std::size_t row : rows) ++counts(a.windows[row].label, said[row]);
  return window_metrics(counts);
}

SeenWindow seen_window(const Answers& a, const Scores& scores, std::size_t row, int best) {
  const AnswerWindow& w = a.windows[row];
  const auto unseen = [&](int c) { return is_unseen(a, c, w.fold); };
  SeenWindow s{w.label, unseen(w.label), 0, 0, 0, best, is_far(a, w)};
  s.best_seen = best_among(scores, row, [&](int c) { return !unseen(c); });
  s.best_unseen = best_among(scores, row, unseen);
  s.margin = at(scores, row, s.best_seen) - at(scores, row, s.best_unseen);
  return s;
}

void add_seen(const Answers& a, const Scores& scores, const std::vector<int>& said,
              const Rows& rows, ScoreReport& report) {
  std::vector<SeenWindow> windows;
  std::vector<double> known, unknown;
  for (const std::size_t row : rows) {
    windows.push_back(seen_window(a, scores, row, said[row]));
    (windows.back().unseen ? unknown : known).push_back(at(scores, row, windows.back().best_seen));
  }
  if (known.empty() || unknown.empty()) return;
  report.seen = seen_metrics(windows);
  report.open_set = open_set_metrics(known, unknown);
}

Calibration calibrate(const Answers& a, const Scores& scores, const std::vector<int>& said,
                      const Rows& rows, int bins) {
  std::vector<double> confidence;
  std::vector<bool> right;
  for (const std::size_t row : rows) {
    confidence.push_back(at(scores, row, said[row]));
    right.push_back(said[row] == a.windows[row].label);
  }
  Calibration c;
  c.width = calibration_bins(confidence, right, bins, Bins::equal_width);
  c.mass = calibration_bins(confidence, right, bins, Bins::equal_mass);
  c.width_error = calibration_error(c.width);
  c.mass_error = calibration_error(c.mass);
  return c;
}

// One episode: the recogniser is asked for the classes that occur in it.
double episode_accuracy(const Answers& a, const Scores& scores, const Rows& rows) {
  std::set<int> occurring;
  for (const std::size_t row : rows) occurring.insert(a.windows[row].label);
  std::vector<int> labels, said;
  for (const std::size_t row : rows) {
    labels.push_back(a.windows[row].label);
    said.push_back(best_among(scores, row, [&](int c) { return occurring.contains(c); }));
  }
  return window_metrics(labels, said, scores.cols()).balanced_accuracy;
}

std::vector<FewShot> few_shot(const Answers& a, const Scores& scores) {
  std::map<int, std::map<std::pair<int, int>, Rows>> episodes;
  for (const std::size_t row : rows_of(a, [](const AnswerWindow& w) {
         return w.shots > 0 && w.corruption < 0 && w.context.empty();
       }))
    episodes[a.windows[row].shots][{a.windows[row].fold, a.windows[row].episode}].push_back(row);
  std::vector<FewShot> all;
  for (const auto& [shots, members] : episodes) {
    std::vector<double> accuracies;
    for (const auto& [episode, rows] : members)
      accuracies.push_back(episode_accuracy(a, scores, rows));
    all.push_back({shots, mean_interval(accuracies)});
  }
  return all;
}

void check_options(const ScoreOptions& o) {
  const auto expect = [](bool holds, const std::string& text) {
    require(holds, ErrorKind::usage, "score: " + text);
  };
  expect(o.threshold >= 0 && o.threshold <= 1, "--threshold: expected 0 to 1");
  expect(o.refractory_s >= 0, "--refractory: expected zero seconds or more");
  expect(o.tolerance_s.value_or(0) >= 0, "--tolerance: expected zero seconds or more");
  expect(o.bins > 0 && o.least_count > 0, "--bins and --least: expected at least one");
}

}  // namespace

Rows clean_rows(const Answers& a) {
  return rows_of(a, [](const AnswerWindow& w) {
    return w.corruption < 0 && w.shots == 0 && w.context.empty();
  });
}

ScoreReport score(const Answers& a, const Predictions& predictions, const ScoreOptions& options) {
  check_options(options);
  const Rows clean = clean_rows(a);
  require(
      !clean.empty(), ErrorKind::bad_data,
      "answers of " + a.set_id + ": expected clean windows without shots and context, found none");
  const Scores& scores = predictions.probabilities;
  const std::vector<int> said = best_classes(scores);
  ScoreReport r;
  r.set_id = a.set_id;
  r.title = a.title;
  r.kind = predictions.kind;
  r.options = options;
  r.options.tolerance_s = options.tolerance_s.value_or(a.window_s);
  r.classes = class_names(a);
  r.windows = std::ssize(a.windows);
  r.null_hours = a.null_hours;
  r.clean = metrics_of(a, said, clean);
  add_seen(a, scores, said, clean, r);
  r.calibration = calibrate(a, scores, said, clean, options.bins);
  r.few_shot = few_shot(a, scores);
  r.events = score_events(a, scores, said, options);
  const auto stressed = [](const AnswerWindow& w) { return w.corruption >= 0 && w.shots == 0; };
  r.degradation = degradation(a, said, rows_of(a, stressed));
  const auto elsewhere = [](const AnswerWindow& w) {
    return !w.context.empty() && w.context != kDaily && w.corruption < 0 && w.shots == 0;
  };
  r.contexts = context_metrics(a, said, rows_of(a, elsewhere), clean);
  r.slices = slices(a, said, clean, options.least_count);
  return r;
}

}  // namespace wrist::evaluation
