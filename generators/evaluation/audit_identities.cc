// SPDX-License-Identifier: Apache-2.0
/// What two sides of a set share, and what each of them is made of.
#include <algorithm>

#include "generators/evaluation/audit_side.h"
#include "generators/evaluation/test_side_take.h"

namespace wrist::evaluation {
namespace {

using Value = std::string AuditRecording::*;

// Values of one side -> rows of shards that have them.
using Holders = std::map<std::string, std::vector<std::pair<std::size_t, std::int64_t>>>;

Holders holders(const std::vector<AuditShard>& shards, AuditPlace place, Value value) {
  Holders all;
  for (std::size_t s = 0; s < shards.size(); ++s) {
    if (shards[s].place != place) continue;
    for (std::size_t row = 0; row < shards[s].recordings.size(); ++row)
      if (const std::string& v = shards[s].recordings[row].*value; !v.empty())
        all[v].emplace_back(s, static_cast<std::int64_t>(row));
  }
  return all;
}

// "train/shard-00000-of-00002.h5 rows 3, 4"
std::string first_file(const std::vector<AuditShard>& shards, const Holders::mapped_type& where) {
  std::vector<std::int64_t> rows;
  for (const auto& [shard, row] : where)
    if (shard == where.front().first) rows.push_back(row);
  return shards[where.front().first].name + " rows " + list_rows(rows);
}

// One finding a pair of files, however much they share.
void compare(const std::vector<AuditShard>& shards, const Holders& ours, const Holders& theirs,
             const std::string& kind, AuditReport& report) {
  std::map<std::pair<std::size_t, std::size_t>, AuditFinding> found;
  for (const auto& [value, where] : ours) {
    const auto other = theirs.find(value);
    if (other == theirs.end()) continue;
    AuditFinding& f = found[{where.front().first, other->second.front().first}];
    f.count = f.text.empty() ? 1 : f.count + 1;
    if (f.text.empty())
      f.text = first_file(shards, where) + " and " + first_file(shards, other->second) +
               ": the same " + kind + " " + value.substr(0, 20);
    f.kind = kind;
  }
  for (auto& [files, f] : found) {
    if (f.count > 1) f.text += ", and " + std::to_string(f.count - 1) + " more";
    report.findings.push_back(f);
  }
}

bool has(const std::vector<AuditShard>& shards, AuditPlace place) {
  return std::any_of(shards.begin(), shards.end(),
                     [&](const AuditShard& s) { return s.place == place; });
}

std::string class_or_none(const std::string& name) { return name.empty() ? kNone : name; }

void add_figures(const std::vector<AuditShard>& shards, AuditPlace place, AuditReport& report) {
  AuditSide side;
  side.name = kPlaceNames[static_cast<std::size_t>(place)];
  std::set<std::string> people, units;
  for (const AuditShard& shard : shards) {
    if (shard.place != place) continue;
    for (const AuditRecording& r : shard.recordings) {
      people.insert(r.subject);
      units.insert(r.unit);
      ++side.straps[r.strap];
      ++side.watches[r.watch];
      ++side.class_recordings[class_or_none(r.class_name)];
    }
    for (const std::string& label : shard.window_labels) ++side.class_windows[class_or_none(label)];
    side.recordings += std::ssize(shard.recordings);
    side.windows += std::ssize(shard.window_labels);
  }
  side.people = std::ssize(people);
  side.units = std::ssize(units);
  report.sides.push_back(side);
}

std::vector<std::string> common(const std::map<std::string, std::int64_t>& a,
                                const std::map<std::string, std::int64_t>& b) {
  std::vector<std::string> names;
  for (const auto& [name, count] : a)
    if (b.contains(name)) names.push_back(name);
  return names;
}

}  // namespace

void audit_identities(const std::vector<AuditShard>& shards, const AuditOptions& options,
                      AuditReport& report) {
  constexpr std::array kPlaces = {AuditPlace::train, AuditPlace::validation, AuditPlace::test};
  for (const AuditPlace place : kPlaces)
    if (has(shards, place)) add_figures(shards, place, report);
  report.common_straps = common(report.sides.front().straps, report.sides.back().straps);
  report.common_watches = common(report.sides.front().watches, report.sides.back().watches);
  const std::vector<std::pair<std::string, Value>> values{{"subject", &AuditRecording::subject},
                                                          {"unit", &AuditRecording::unit},
                                                          {"seed", &AuditRecording::seed},
                                                          {"clip", &AuditRecording::clip},
                                                          {"instance", &AuditRecording::instance}};
  for (const auto& [kind, value] : values)
    for (std::size_t a = 0; a < kPlaces.size(); ++a)
      for (std::size_t b = a + 1; b < kPlaces.size(); ++b)
        compare(shards, holders(shards, kPlaces[a], value), holders(shards, kPlaces[b], value),
                kind, report);
  for (const std::string& name : options.disjoint_by) {
    require(name == "strap" || name == "watch", ErrorKind::usage,
            "disjoint_by: expected strap or watch, found \"" + name + "\"");
    const Value value = name == "strap" ? &AuditRecording::strap : &AuditRecording::watch;
    compare(shards, holders(shards, AuditPlace::train, value),
            holders(shards, AuditPlace::test, value), name, report);
  }
}

}  // namespace wrist::evaluation
