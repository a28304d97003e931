// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/merge.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

#include "generators/dataset_commit.h"
#include "generators/manifest/gather.h"
#include "generators/manifest/write_manifest.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

void check_complete(const ShardSet& set) {
  constexpr std::size_t kShown = 5;
  require(set.strangers.empty(), ErrorKind::check_failed,
          set.folder.string() + ": " + first_names(set.strangers, kShown) +
              ": not of the plan of " + std::to_string(set.files.size()) + " shards");
  require(set.missing.empty(), ErrorKind::check_failed,
          set.folder.string() + ": " + std::to_string(set.missing.size()) + " of " +
              std::to_string(set.files.size()) + " shards are missing: " +
              first_names(set.missing, kShown) + "; make them with the same wristsim generate");
}

// A card that somebody wrote by hand is worth more than ours.
void check_card(const fs::path& card, bool force) {
  std::ifstream in(card);
  if (force || !in.good()) return;
  std::ostringstream text;
  text << in.rdbuf();
  require(text.str().find(kCardMark) != std::string::npos, ErrorKind::usage,
          card.string() + ": was not made by merge; move it away, or --force to replace it");
}

// Every shard is there, so what other machines left is of no use to anyone: a process that still
// writes to it finds its shard made.
void sweep(const ShardSet& set, Merged& merged) {
  for (const auto& entry : fs::directory_iterator(set.folder)) {
    const std::string name = entry.path().filename().string();
    const Writer writer = writer_of(entry.path());
    if (writer == Writer::none || !is_of_dataset(set, committed_name(entry.path()))) continue;
    if (writer == Writer::alive) {
      merged.in_use.push_back(name);
      continue;
    }
    std::error_code status;
    fs::remove(entry.path(), status);
    require(!status, ErrorKind::io,
            entry.path().string() + ": cannot be removed: " + status.message());
    merged.removed.push_back(name);
  }
  std::sort(merged.removed.begin(), merged.removed.end());
  std::sort(merged.in_use.begin(), merged.in_use.end());
}

}  // namespace

Merged merge(const fs::path& folder, const MergeOptions& options) {
  const ShardSet set = find_shard_set(folder);
  check_complete(set);
  check_card(folder / "README.md", options.force);
  Merged merged;
  sweep(set, merged);
  std::optional<Gatherer> gatherer;
  std::int64_t done = 0;
  for (const fs::path& file : set.files) {
    require(!options.stop || !options.stop(), ErrorKind::interrupted,
            "interrupted; " + (folder / "manifest.json").string() + " was not written");
    const Shard shard(file);
    if (!gatherer) gatherer.emplace(set, shard);
    gatherer->add(shard);
    if (options.progress) options.progress(++done, std::ssize(set.files));
  }
  merged.record = gatherer->finish();
  gatherer->commit();
  write_text_file(folder / "croissant.json", croissant_json(merged.record));
  write_text_file(folder / "README.md", dataset_card(merged.record));
  write_text_file(folder / "manifest.json", manifest_json(merged.record));
  return merged;
}

}  // namespace wrist
