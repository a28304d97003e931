// SPDX-License-Identifier: Apache-2.0
/// A whole evaluation set: sides made, classes parted, answers apart from what is public, audited.
///
///   SetSpec -> run of every side -> folds, episodes, clients -> test side -> audit -> set.json
///
///   DIR/train/, validation/     datasets with labels, manifests of their own
///   DIR/folds/fold-0.json       who is unseen, what may be trained on, examples of few-shot
///   DIR/folds/fold-0-queries.csv  rows of predictions that are asked after examples
///   DIR/clients.json            federated partition of the train side
///   DIR/test/                   windows without labels, label space
///   DIR/answers/fold-0/         what `wristsim score` reads; answers/shards: the labelled test
///   side DIR/audit.json, set.json    figures of the audit; set.json last: without it nothing is
///   complete
#pragma once

#include <functional>

#include "generators/evaluation/audit.h"
#include "generators/evaluation/set_spec.h"
#include "generators/run.h"

namespace wrist::evaluation {

struct SetOptions {
  std::filesystem::path out;
  int jobs = 1;
  bool force = false;  // make shards anew, also those of other recipes
  std::function<void(const std::string& side, const Progress&)> progress;
  std::function<bool()> stop;
};

struct MadeSet {
  struct Side {
    std::string name, folder, recipe_sha256;  // folder: from DIR
    std::int64_t recordings = 0;
    double hours = 0;
  };
  std::string set_id, title;
  std::vector<Side> sides;
  std::vector<Fold> folds;
  std::int64_t classes = 0, windows = 0, clients = 0;  // windows: of the test side
  double null_hours = 0;
};

/// Throws Error(check_failed) with the first findings, kind and text, if there are any.
void require_no_leak(const AuditReport& report);

/// Sides whose shards are complete are kept. Throws as run and merge; Error(check_failed) if the
/// audit finds a leak, and then there is no set.json.
MadeSet make_evaluation_set(const SetSpec& spec, const Assets& assets, const SetOptions& options);

/// One JSON object: set.json.
std::string to_json(const MadeSet& set);

}  // namespace wrist::evaluation
