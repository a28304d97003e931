// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/score.h"

#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/dataset_commit.h"
#include "generators/pages/score_page.h"
#include "generators/report/text.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;
using namespace evaluation;
using report::in_digits;

struct Options {
  std::string set, predictions, html, baseline, attributes;
  ScoreKind kind = ScoreKind::infer;
  ScoreOptions score;
  double tolerance_s = -1;  // below zero: not given
  bool json = false;
};

void add_seen(const ScoreReport& r, TextTable& t) {
  if (!r.seen) return;
  t.add({"harmonic mean", in_digits(r.seen->harmonic_mean),
         "seen " + in_digits(r.seen->seen_among_all) + ", unseen " +
             in_digits(r.seen->unseen_among_all)});
  for (const auto& [name, part] : {std::pair("near", &r.seen->near), {"far", &r.seen->far}})
    if (part->windows > 0)
      t.add({std::string("unseen, ") + name, in_digits(part->among_all),
             "among unseen " + in_digits(part->among_unseen)});
  t.add({"area under seen-unseen curve", in_digits(r.seen->area), ""});
  t.add({"open-set AUROC", in_digits(r.open_set->auroc), "FPR95 " + in_digits(r.open_set->fpr95)});
}

void add_events(const ScoreReport& r, TextTable& t) {
  if (!r.events) return;
  const EventMetrics& m = r.events->all;
  t.add({"event F1", in_digits(m.f1),
         "precision " + in_digits(m.precision) + ", recall " + in_digits(m.recall) +
             ", median latency " + in_digits(m.median_latency_s) + " s"});
  if (std::isfinite(r.events->false_alarms_per_hour))
    t.add({"false alarms per hour", in_digits(r.events->false_alarms_per_hour),
           "in " + in_digits(r.null_hours) + " h of null"});
}

void add_stress(const ScoreReport& r, TextTable& t) {
  for (const CorruptionMetrics& c : r.degradation.corruptions) {
    std::string steps;
    for (const SeverityMetrics& s : c.severities)
      steps += (steps.empty() ? "" : "  ") + in_digits(s.relative);
    t.add({"kept under " + c.name, in_digits(c.mean_relative), steps});
  }
}

void add_contexts(const ScoreReport& r, TextTable& t) {
  for (const ContextMetrics& c : r.contexts) {
    const bool seen = c.seen.windows > 0;
    const ContextFigures& f = seen ? c.seen : c.all;
    t.add({"kept, " + c.name, in_digits(f.relative),
           "macro F1 " + in_digits(f.macro_f1) + " of " + std::to_string(f.windows) +
               (seen ? " windows of seen classes" : " windows")});
  }
}

void add_further(const ScoreReport& r, TextTable& t) {
  if (r.beside)
    t.add({"mean corruption error", in_digits(r.beside->mean),
           "relative " + in_digits(r.beside->mean_relative) + ", beside " + r.beside->baseline});
  if (r.attributes)
    t.add({"attribute AUC", in_digits(r.attributes->mean),
           "of unseen classes " + in_digits(r.attributes->unseen_mean)});
}

void add_slices(const ScoreReport& r, TextTable& t) {
  for (const Slices& s : r.slices) {
    if (s.slices.empty()) continue;
    t.add({"worst " + s.by, in_digits(s.slices[0].balanced_accuracy),
           s.slices[0].name + ", " + std::to_string(s.slices[0].windows) + " windows"});
  }
}

void print(const ScoreReport& r) {
  const WindowMetrics& m = r.clean;
  TextTable t({r.set_id, "value", "of"}, {false, true, false});
  t.add({"macro F1", in_digits(m.macro_f1), std::to_string(m.windows) + " clean windows"});
  t.add({"worst F1", in_digits(m.worst_f1), r.classes[static_cast<std::size_t>(m.worst_class)]});
  t.add({"accuracy", in_digits(m.accuracy), "balanced " + in_digits(m.balanced_accuracy)});
  t.add({"calibration error", in_digits(r.calibration.width_error),
         "equal mass " + in_digits(r.calibration.mass_error)});
  add_seen(r, t);
  for (const FewShot& f : r.few_shot)
    t.add({"accuracy, " + report::counted(f.shots, "shot", "shots"), in_digits(f.accuracy.mean),
           "+- " + in_digits(f.accuracy.half_width) + " of " +
               report::counted(f.accuracy.episodes, "episode", "episodes")});
  add_events(r, t);
  add_contexts(r, t);
  add_stress(r, t);
  add_further(r, t);
  add_slices(r, t);
  std::cout << t.text("");
}

int run_score(Options o) {
  if (o.tolerance_s >= 0) o.score.tolerance_s = o.tolerance_s;
  const Answers answers = read_answers(o.set);
  ScoreReport report = score(answers, read_predictions(o.predictions, answers, o.kind), o.score);
  report.predictions = fs::path(o.predictions).filename().string();
  if (!o.baseline.empty())
    report.beside =
        corruption_errors(report.degradation, read_baseline(o.baseline, answers.set_id));
  if (!o.attributes.empty())
    report.attributes = attribute_metrics(answers, read_attribute_values(o.attributes, answers),
                                          clean_rows(answers));
  if (!o.html.empty()) {
    write_text_file(o.html, score_page(report));
    std::cerr << o.html << ": the page\n";
  }
  if (o.json)
    std::cout << score_json(report) << '\n';
  else
    print(report);
  return 0;
}

void add_settings(CLI::App& command, Options& o) {
  const std::map<std::string, ScoreKind> kinds{{"probabilities", ScoreKind::probabilities},
                                               {"logits", ScoreKind::logits}};
  command.add_option("--scores", o.kind, "what they are: probabilities or logits; else inferred")
      ->transform(CLI::CheckedTransformer(kinds));
  command.add_option("--threshold", o.score.threshold, "least probability of a detection")
      ->capture_default_str();
  command.add_option("--refractory", o.score.refractory_s, "s from one detection to the next")
      ->capture_default_str();
  command
      .add_option("--tolerance", o.tolerance_s,
                  "s after an event's end in which it may be found; else the length of a window")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--bins", o.score.bins, "of the calibration")->capture_default_str();
  command.add_option("--least", o.score.least_count, "windows of a slice that is judged")
      ->capture_default_str();
}

}  // namespace

void add_score(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "score",
      "Scores a recogniser's predictions against the answers of an evaluation set.\n\n"
      "  wristsim score --set out/answers --predictions mine.csv\n"
      "  wristsim score --set out/answers --predictions mine.npy --html score.html\n"
      "  wristsim score --set out/answers --predictions mine.csv --json\n");
  command->add_option("--set", o->set, "folder with answers.json")->required();
  command
      ->add_option("--predictions", o->predictions,
                   "CSV (window,class,class,...) or .npy [windows, classes] of scores")
      ->required();
  command->add_option(
      "--baseline", o->baseline,
      "what score --json printed of another recogniser: corruption error beside it");
  command->add_option("--attributes", o->attributes,
                      "CSV (window,attribute,...) or .npy [windows, attributes] of predicted ones");
  command->add_option("--html", o->html, "the page to write");
  add_settings(*command, *o);
  command->add_flag("--json", o->json, "print every figure as JSON");
  command->callback([o, &chosen] { chosen = [o] { return run_score(*o); }; });
}

}  // namespace wrist::cli
