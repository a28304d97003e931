// SPDX-License-Identifier: Apache-2.0
#include "generators/export/selection.h"

#include <algorithm>

#include "generators/report/inventory.h"
#include "generators/toml_internal.h"

namespace wrist::exports {
namespace {

template <typename T>
bool fits(const std::vector<T>& wanted, const T& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

std::string split_name(const ShardTables& t, const ShardTables::Sequence& s) {
  return s.split < 0 ? "" : t.split_names[static_cast<std::size_t>(s.split)];
}

// Adds a row of that sequence and class to the counts, and to the rows if it passes.
void judge(Selection& selection, const ShardTables& t, const Filter& filter,
           const ShardTables::Sequence& s, int class_id, std::int64_t row) {
  const bool split = fits(filter.splits, split_name(t, s));
  const bool label = fits(filter.classes, report::class_name(t, class_id));
  const bool sequence = fits(filter.sequences, static_cast<std::int64_t>(s.index));
  selection.counts += {1, split, label, sequence, split && label && sequence};
  if (split && label && sequence) selection.rows.push_back(row);
}

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  all += other.all;
  by_split += other.by_split;
  by_class += other.by_class;
  by_sequence += other.by_sequence;
  chosen += other.chosen;
  return *this;
}

Selection select_windows(const ShardTables& t, const Filter& filter) {
  Selection selection;
  for (std::size_t w = 0; w < t.windows.size(); ++w) {
    const auto& sequence = t.sequences[static_cast<std::size_t>(t.windows[w].sequence)];
    judge(selection, t, filter, sequence, t.windows[w].class_id, static_cast<std::int64_t>(w));
  }
  return selection;
}

Selection select_recordings(const ShardTables& t, const Filter& filter) {
  Selection selection;
  for (std::size_t s = 0; s < t.sequences.size(); ++s)
    judge(selection, t, filter, t.sequences[s], t.sequences[s].class_id,
          static_cast<std::int64_t>(s));
  return selection;
}

void require_known(const std::string& what, const std::vector<std::string>& wanted,
                   const std::vector<std::string>& known) {
  for (const std::string& word : wanted) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    const auto hint = closest(word, known);
    throw Error(ErrorKind::usage,
                what + ": there is no \"" + word +
                    (hint ? "\"; did you mean " + *hint + "?" : "\"; known here: " + list(known)));
  }
}

void require_some(const Counts& counts, const Filter& filter, const std::string& what) {
  if (counts.chosen > 0) return;
  std::string text = "nothing to export: there are " + std::to_string(counts.all) + " " + what;
  if (!filter.splits.empty())
    text += "; in split " + list(filter.splits) + " " + std::to_string(counts.by_split);
  if (!filter.classes.empty())
    text += "; of class " + list(filter.classes) + " " + std::to_string(counts.by_class);
  if (!filter.sequences.empty())
    text += "; of the recordings asked for " + std::to_string(counts.by_sequence);
  throw Error(ErrorKind::usage, text + "; 0 pass all that was asked for");
}

}  // namespace wrist::exports
