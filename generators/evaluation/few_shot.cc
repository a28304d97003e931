// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/few_shot.h"

#include <algorithm>
#include <cstdio>

#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist::evaluation {
namespace {

// The first `count` of the items in an order drawn by `rng`, in that order.
template <typename Item>
std::vector<Item> draw_some(const std::vector<Item>& items, std::size_t count, const Rng& rng) {
  std::vector<std::pair<std::uint64_t, Item>> keyed;
  for (std::size_t i = 0; i < items.size(); ++i)
    keyed.emplace_back((rng / static_cast<std::uint64_t>(i)).key(), items[i]);
  std::sort(keyed.begin(), keyed.end());
  keyed.resize(std::min(count, keyed.size()));
  std::vector<Item> drawn;
  for (const auto& [key, item] : keyed) drawn.push_back(item);
  return drawn;
}

Rng episode_stream(const FewShotSpec& spec, const Fold& fold, int shots, int episode) {
  return Rng(spec.seed) / "few_shot" / static_cast<std::uint64_t>(fold.number) /
         static_cast<std::uint64_t>(shots) / static_cast<std::uint64_t>(episode);
}

}  // namespace

std::vector<Episode> draw_episodes(const FewShotSpec& spec, const Fold& fold,
                                   const SideIndex& train) {
  std::map<std::string, std::vector<std::size_t>> of_class;
  for (std::size_t i = 0; i < train.recordings.size(); ++i)
    of_class[train.recordings[i].class_name].push_back(i);
  std::vector<Episode> episodes;
  for (const int shots : spec.shots)
    for (int e = 0; e < spec.episodes; ++e) {
      Episode episode{shots, e, {}};
      const Rng rng = episode_stream(spec, fold, shots, e) / "supports";
      for (const UnseenClass& c : fold.unseen_test) {
        const std::vector<std::size_t>& all = of_class[c.name];
        require(std::ssize(all) >= shots, ErrorKind::usage,
                "few_shot.shots: " + std::to_string(shots) +
                    " recordings of every class needed; \"" + c.name + "\" has " +
                    std::to_string(all.size()) + " on the train side");
        episode.supports[c.name] = draw_some(all, static_cast<std::size_t>(shots), rng / c.name);
      }
      episodes.push_back(episode);
    }
  return episodes;
}

std::string query_id(const std::string& window, int shots, int episode) {
  char text[24];
  std::snprintf(text, sizeof text, "/k%de%02d", shots, episode);
  return window + text;
}

std::vector<Query> add_queries(const FewShotSpec& spec, const Fold& fold, Answers& answers) {
  std::map<int, std::vector<std::int64_t>> of_class;
  for (std::size_t i = 0; i < answers.windows.size(); ++i) {
    const AnswerWindow& w = answers.windows[i];
    if (w.corruption < 0 && w.context.empty() && w.shots == 0)
      of_class[w.label].push_back(static_cast<std::int64_t>(i));
  }
  std::vector<Query> queries;
  for (const int shots : spec.shots)
    for (int e = 0; e < spec.episodes; ++e) {
      const Rng rng = episode_stream(spec, fold, shots, e) / "queries";
      for (const auto& [label, windows] : of_class) {
        const std::string& name = answers.classes[static_cast<std::size_t>(label)].name;
        if (!fold.is_unseen_test(name)) continue;
        for (const std::int64_t i :
             draw_some(windows, static_cast<std::size_t>(spec.queries), rng / name))
          queries.push_back({i, shots, e});
      }
    }
  for (const Query& q : queries) {
    AnswerWindow w = answers.windows[static_cast<std::size_t>(q.window)];
    w.id = query_id(w.id, q.shots, q.episode);
    w.shots = q.shots;
    w.episode = q.episode;
    answers.windows.push_back(w);
  }
  return queries;
}

}  // namespace wrist::evaluation
