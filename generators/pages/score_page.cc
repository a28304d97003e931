// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/score_page.h"

#include <cmath>

#include "generators/pages/score_plots.h"
#include "generators/pages/svg.h"
#include "generators/report/text.h"

namespace wrist {
namespace {

using namespace evaluation;
using report::in_digits;
using svg::escaped;

std::string row(const std::string& name, const std::string& value, const std::string& about) {
  return "<tr><th>" + escaped(name) + "</th><td>" + escaped(value) + "</td><td class=\"about\">" +
         escaped(about) + "</td></tr>\n";
}

std::string section(const std::string& title, const std::string& about, const std::string& body) {
  return "<section><h2>" + escaped(title) + "</h2>\n<p>" + escaped(about) + "</p>\n" + body +
         "</section>\n";
}

std::string window_rows(const ScoreReport& r) {
  const WindowMetrics& m = r.clean;
  const std::string worst =
      m.worst_class < 0 ? "" : r.classes[static_cast<std::size_t>(m.worst_class)];
  return row("macro F1", in_digits(m.macro_f1), "mean over classes, clean windows") +
         row("worst F1", in_digits(m.worst_f1), worst) +
         row("accuracy", in_digits(m.accuracy), "of " + std::to_string(m.windows) + " windows") +
         row("balanced accuracy", in_digits(m.balanced_accuracy), "mean recall of the classes") +
         row("calibration error", in_digits(r.calibration.width_error),
             "equal width; equal mass " + in_digits(r.calibration.mass_error));
}

std::string unseen_row(const std::string& name, const UnseenMetrics& m) {
  if (m.windows == 0) return "";
  return row(name + " unseen", in_digits(m.among_all),
             "all to choose from; among unseen " + in_digits(m.among_unseen) + ", of " +
                 std::to_string(m.windows) + " windows");
}

std::string seen_rows(const ScoreReport& r) {
  if (!r.seen) return "";
  const SeenMetrics& m = *r.seen;
  return row("harmonic mean", in_digits(m.harmonic_mean),
             "of seen " + in_digits(m.seen_among_all) + " and unseen " +
                 in_digits(m.unseen_among_all) + " classes, all to choose from") +
         row("seen-unseen area", in_digits(m.area), "under the curve of calibrated stacking") +
         row("unseen among unseen", in_digits(m.unseen_among_unseen),
             "seen among seen " + in_digits(m.seen_among_seen)) +
         unseen_row("near", m.near) + unseen_row("far", m.far) +
         row("open-set AUROC", in_digits(r.open_set->auroc),
             "false positives at 95 % accepted " + in_digits(r.open_set->fpr95));
}

std::string event_rows(const ScoreReport& r) {
  if (!r.events) return "";
  const EventMetrics& m = r.events->all;
  return row("event F1", in_digits(m.f1),
             "precision " + in_digits(m.precision) + ", recall " + in_digits(m.recall) + " of " +
                 report::counted(m.events, "event", "events") + ", " +
                 report::counted(m.repeats, "repeat", "repeats")) +
         (std::isfinite(m.median_latency_s)
              ? row("latency, s", in_digits(m.median_latency_s),
                    "median from an event's start; mean " + in_digits(m.mean_latency_s))
              : "") +
         (r.null_hours > 0
              ? row("false alarms per hour", in_digits(r.events->false_alarms_per_hour),
                    std::to_string(m.null_false_alarms) + " in " + in_digits(r.null_hours) +
                        " h of daily motion")
              : "");
}

std::string stress_rows(const ScoreReport& r) {
  if (r.degradation.worst < 0) return "";
  const CorruptionMetrics& worst =
      r.degradation.corruptions[static_cast<std::size_t>(r.degradation.worst)];
  return row("kept under stress", in_digits(r.degradation.mean_relative),
             "macro F1 over clean, mean of all; worst " + worst.name + " " +
                 in_digits(worst.mean_relative));
}

std::string further_rows(const ScoreReport& r) {
  std::string all;
  if (r.beside)
    all += row("corruption error", in_digits(r.beside->mean),
               "beside " + r.beside->baseline + ", mean of all; relative " +
                   in_digits(r.beside->mean_relative));
  if (r.attributes)
    all += row("attribute AUC", in_digits(r.attributes->mean),
               "mean of attributes; of unseen classes " + in_digits(r.attributes->unseen_mean));
  return all;
}

std::string few_shot_rows(const ScoreReport& r) {
  std::string all;
  for (const FewShot& f : r.few_shot)
    all += row("accuracy, " + report::counted(f.shots, "shot", "shots"), in_digits(f.accuracy.mean),
               "\xc2\xb1 " + in_digits(f.accuracy.half_width) + " (95 %), " +
                   report::counted(f.accuracy.episodes, "episode", "episodes"));
  return all;
}

std::string left_out(const Slices& s, std::int64_t least) {
  if (s.too_few == 0) return "";
  return std::to_string(s.too_few) + " with fewer than " + std::to_string(least) +
         " windows are left out.";
}

std::string slice_sections(const ScoreReport& r) {
  std::string all;
  for (const Slices& s : r.slices) {
    if (s.slices.empty() && s.too_few == 0) continue;
    all += section("By " + s.by,
                   "Balanced accuracy, the worst first. " + left_out(s, r.options.least_count),
                   s.slices.empty() ? "" : slices_svg(s));
  }
  return all;
}

std::string pictures(const ScoreReport& r) {
  std::string all;
  if (r.seen)
    all += section("Seen and unseen classes",
                   "Every handicap on the classes seen in training; the spot: without one.",
                   seen_curve_svg(*r.seen));
  if (!r.degradation.corruptions.empty())
    all += section("Under stress", "Each line a corruption, with its mean.",
                   degradation_svg(r.degradation));
  if (r.beside)
    all += section("Under stress, beside the baseline",
                   "Errors over those of " + r.beside->baseline + "; 1: as many.",
                   corruption_errors_svg(*r.beside));
  if (!r.contexts.empty())
    all +=
        section("In other contexts",
                "Macro F1 there, and of clean windows of the same classes; seen classes if there "
                "are any.",
                contexts_svg(r.contexts));
  if (!r.few_shot.empty())
    all += section("Few shots", "Mean of the episodes and its 95 % interval.",
                   few_shot_svg(r.few_shot));
  all += section("Calibration", "Above the diagonal: too modest; below: too sure.",
                 calibration_svg(r.calibration));
  all += section("Classes", "F1, the worst first.", class_bars_svg(r.clean, r.classes));
  all += section("Confusion", "Rows: what was; columns: what was said; shares of the row.",
                 confusion_svg(r.clean, r.classes));
  if (r.attributes)
    all += section("Attributes", "Area under the ROC curve, the worst first.",
                   attributes_svg(*r.attributes));
  return all + slice_sections(r);
}

}  // namespace

std::string score_page(const ScoreReport& r) {
  const std::string name = r.title.empty() ? r.set_id : r.title;
  return "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n<title>Score: " +
         escaped(name) +
         "</title>\n<style>body{font-family:sans-serif;max-width:860px;margin:2em auto;"
         "padding:0 1em}th{text-align:left;font-weight:normal}td{padding:.2em 1em;"
         "text-align:right;font-variant-numeric:tabular-nums}td.about{text-align:left;color:#666}"
         "svg{max-width:100%;height:auto}.grid{stroke:#ddd}</style>\n<h1>" +
         escaped(name) + "</h1>\n<p>" + escaped(r.predictions) + "</p>\n<table>\n" +
         window_rows(r) + seen_rows(r) + few_shot_rows(r) + event_rows(r) + stress_rows(r) +
         further_rows(r) + "</table>\n" + pictures(r) + "</html>\n";
}

}  // namespace wrist
