// SPDX-License-Identifier: Apache-2.0
#include "generators/report/report.h"

#include "generators/report/against.h"
#include "generators/report/card.h"
#include "generators/report/survey.h"
#include "generators/report/tally.h"

namespace wrist {
namespace report {
namespace {

Report report_tables(const Inventory& inventory) {
  Report r;
  r.title = inventory.title, r.license = inventory.license, r.dataset_id = inventory.dataset_id;
  r.generator = inventory.generator, r.recipe_json = inventory.recipe_json;
  r.seed = inventory.seed;
  r.shards = inventory.shards;
  r.totals = count_totals(inventory);
  r.classes = count_classes(inventory);
  r.counts = count_tables(inventory);
  r.durations = count_durations(inventory);
  r.splits = count_splits(inventory);
  r.disjoint = check_disjoint(inventory);
  return r;
}

void report_signals(const Survey& survey, const Inventory& inventory,
                    const std::vector<std::filesystem::path>& shards, Report& r) {
  for (std::size_t c = 0; c < r.classes.size(); ++c) r.classes[c].labelled_s = survey.labelled_s[c];
  r.spectra = spectrum_figures(survey.classes);
  r.features = feature_figures(survey.classes);
  r.allan = survey.still.figure(shards);
  r.histograms = survey.wear.figures(inventory.classes.names());
  r.thumbnails = survey.thumbnails;
}

}  // namespace
}  // namespace report

std::string dataset_report(const std::vector<std::filesystem::path>& shards,
                           const std::vector<RealRecording>& against) {
  using namespace report;
  const Inventory inventory = take_inventory(shards);
  Report r = report_tables(inventory);
  const Survey survey = take_survey(shards, inventory);
  report_signals(survey, inventory, shards, r);
  if (!against.empty())
    r.against = lay_against(against, survey.classes, {inventory.window_s, inventory.hop_s});
  r.card = write_card(inventory, r, survey.measured, survey.incomplete);
  return to_json(r);
}

}  // namespace wrist
