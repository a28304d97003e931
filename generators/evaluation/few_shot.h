// SPDX-License-Identifier: Apache-2.0
/// Episodes of few-shot learning: k recordings of each unseen class, drawn anew for each episode,
/// and the test windows that are asked after them.
#pragma once

#include <map>

#include "generators/evaluation/answers.h"
#include "generators/evaluation/folds.h"
#include "generators/evaluation/side_index.h"

namespace wrist::evaluation {

struct FewShotSpec {
  std::vector<int> shots = {1, 3, 5, 10};  // [reference: 1, 3, 5, 10]
  int episodes = 20;                       // of each; 95 % intervals go over them
  int queries = 2;                         // windows per class and episode [assumed]
  std::uint64_t seed = 1;
};

struct Episode {
  int shots = 0, number = 0;
  std::map<std::string, std::vector<std::size_t>> supports;  // class -> SideIndex::recordings
};

/// For every number of shots, `episodes` of them. Throws Error(usage) naming a class with too few
/// recordings.
std::vector<Episode> draw_episodes(const FewShotSpec& spec, const Fold& fold,
                                   const SideIndex& train);

/// A window asked in an episode: a plain clean one of an unseen class.
struct Query {
  std::int64_t window = 0;  // of the answers, before any were added
  int shots = 0, episode = 0;
};

/// Adds a row for each to `answers`, called "<window>/k5e03".
std::vector<Query> add_queries(const FewShotSpec& spec, const Fold& fold, Answers& answers);

std::string query_id(const std::string& window, int shots, int episode);

}  // namespace wrist::evaluation
