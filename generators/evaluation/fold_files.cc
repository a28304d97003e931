// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/fold_files.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/dataset_commit.h"
#include "generators/manifest/csv.h"
#include "generators/sha256.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string fold_name(const Fold& fold) { return "fold-" + std::to_string(fold.number); }

// [{"shard": "shard-00000-of-00002.h5", "sequences": [0, 3]}]; all shards, also those of no row.
json rows_json(const SideIndex& side, const std::vector<std::size_t>& chosen) {
  std::vector<json> rows(side.shards.size(), json::array());
  for (const std::size_t i : chosen)
    rows[side.recordings[i].shard].push_back(side.recordings[i].row);
  json all = json::array();
  for (std::size_t s = 0; s < rows.size(); ++s)
    all.push_back({{"shard", side.shards[s].filename().string()}, {"sequences", rows[s]}});
  return all;
}

template <typename Refuses>
std::vector<std::size_t> without(const SideIndex& side, const Refuses& refuses) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < side.recordings.size(); ++i) {
    const std::set<std::string>& names = side.recordings[i].occurring;
    if (std::none_of(names.begin(), names.end(), refuses)) chosen.push_back(i);
  }
  return chosen;
}

json unseen_json(const std::vector<UnseenClass>& classes) {
  json all = json::array();
  for (const UnseenClass& c : classes)
    all.push_back(
        {{"name", c.name}, {"near", c.near}, {"nearest", c.nearest}, {"distance", c.distance}});
  return all;
}

json supports_json(const std::vector<Episode>& episodes, const SideIndex& train) {
  json all = json::array();
  for (const Episode& e : episodes) {
    json classes = json::object();
    for (const auto& [name, recordings] : e.supports)
      for (const std::size_t i : recordings) {
        const SideRecording& r = train.recordings[i];
        classes[name].push_back(
            {{"shard", train.shards[r.shard].filename().string()}, {"sequence", r.row}});
      }
    all.push_back({{"shots", e.shots}, {"episode", e.number}, {"classes", classes}});
  }
  return all;
}

json counts(const SideIndex& train, const Client& client, std::string SideRecording::*what) {
  std::map<std::string, int> all;
  for (const std::size_t i : client.recordings) ++all[train.recordings[i].*what];
  return all;
}

}  // namespace

void write_fold(const Fold& fold, const TrainSides& sides, const std::vector<Episode>& episodes,
                const fs::path& folder) {
  json all{{"fold", fold.number},
           {"seen", fold.seen},
           {"unseen_validation", fold.unseen_validation},
           {"unseen_test", unseen_json(fold.unseen_test)}};
  all["classes_sha256"] = sha256(all.dump());
  all["train"] = rows_json(sides.train, without(sides.train, [&](const std::string& name) {
                             return fold.is_unseen_test(name) || fold.is_unseen_validation(name);
                           }));
  all["validation"] =
      rows_json(sides.validation, without(sides.validation, [&](const std::string& name) {
                  return fold.is_unseen_test(name);
                }));
  all["few_shot"] = {{"supports", supports_json(episodes, sides.train)}};
  write_text_file(folder / (fold_name(fold) + ".json"), all.dump(1) + "\n");
}

void write_queries(const Fold& fold, const std::vector<Query>& queries, const Answers& answers,
                   const fs::path& folder) {
  CsvFile csv(folder / (fold_name(fold) + "-queries.csv"), "one row of predictions a row",
              {{"row", "Text", ""},
               {"window", "Text", ""},
               {"shots", "Integer", ""},
               {"episode", "Integer", ""}});
  for (const Query& q : queries) {
    const std::string& window = answers.windows[static_cast<std::size_t>(q.window)].id;
    csv.add({query_id(window, q.shots, q.episode), window, std::to_string(q.shots),
             std::to_string(q.episode)});
  }
  csv.finish();
  csv.commit();
}

void write_clients(const ClientsSpec& spec, const std::vector<Client>& clients,
                   const SideIndex& train, const fs::path& folder) {
  json list = json::array();
  for (const Client& c : clients)
    list.push_back({{"subject", c.subject},
                    {"count", c.recordings.size()},
                    {"recordings", rows_json(train, c.recordings)},
                    {"classes", counts(train, c, &SideRecording::class_name)},
                    {"straps", counts(train, c, &SideRecording::strap)},
                    {"watches", counts(train, c, &SideRecording::watch)}});
  const json all{{"side", "train"},
                 {"seed", spec.seed},
                 {"class_concentration", spec.class_concentration},
                 {"strap_concentration", spec.strap_concentration},
                 {"watch_concentration", spec.watch_concentration},
                 {"amount_spread", spec.amount_spread},
                 {"share", spec.share},
                 {"clients", list}};
  write_text_file(folder / "clients.json", all.dump(1) + "\n");
}

}  // namespace wrist::evaluation
