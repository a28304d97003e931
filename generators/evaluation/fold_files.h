// SPDX-License-Identifier: Apache-2.0
/// Folds and clients as files that a trainer reads.
#pragma once

#include "generators/evaluation/clients.h"
#include "generators/evaluation/few_shot.h"

namespace wrist::evaluation {

/// The sides that lists of rows point into; validation may be empty.
struct TrainSides {
  SideIndex train, validation;
};

/// FOLDER/fold-N.json: seen, unseen_validation, unseen_test; rows of train without any unseen
/// class, rows of validation without any class of the test; examples. Throws Error(io).
void write_fold(const Fold& fold, const TrainSides& sides, const std::vector<Episode>& episodes,
                const std::filesystem::path& folder);

/// FOLDER/fold-N-queries.csv: row of predictions, window it repeats, shots, episode.
void write_queries(const Fold& fold, const std::vector<Query>& queries, const Answers& answers,
                   const std::filesystem::path& folder);

/// FOLDER/clients.json: what was asked for, and rows, classes, straps and watches of each client.
void write_clients(const ClientsSpec& spec, const std::vector<Client>& clients,
                   const SideIndex& train, const std::filesystem::path& folder);

}  // namespace wrist::evaluation
