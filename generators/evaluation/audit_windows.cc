// SPDX-License-Identifier: Apache-2.0
/// Windows that two sides share: exactly, by the hash of their counts, and nearly, by distance.
#include <algorithm>

#include "generators/evaluation/audit_near.h"
#include "generators/export/window_reader.h"
#include "generators/sha256.h"
#include "sim/base/rng.h"

namespace wrist::evaluation {
namespace {

using Counts = Rows<std::int16_t>;
using Place = std::pair<std::size_t, std::int64_t>;  // shard, row of /windows

// At most `count` windows of a side, drawn: by their keys, in the order of these.
std::map<Place, std::size_t> draw(const std::vector<AuditShard>& shards, AuditPlace place,
                                  std::size_t count, const Rng& rng) {
  std::vector<std::pair<std::uint64_t, Place>> all;
  for (std::size_t s = 0; s < shards.size(); ++s)
    if (shards[s].place == place)
      for (std::size_t row = 0; row < shards[s].window_labels.size(); ++row)
        all.push_back({(rng / s / row).key(), {s, static_cast<std::int64_t>(row)}});
  std::sort(all.begin(), all.end());
  all.resize(std::min(all.size(), count));
  std::map<Place, std::size_t> drawn;
  for (const auto& [key, where] : all) drawn.emplace(where, drawn.size());
  return drawn;
}

Eigen::ArrayXXf to_si(const Counts& counts, const exports::Profile& profile) {
  exports::Window window;
  window.imu = counts;
  return exports::to_si(window, profile).array();
}

// The same count all through, as of a sensor that was lost, says nothing.
bool is_constant(const Counts& counts) {
  return (counts == counts.row(0).replicate(counts.rows(), 1)).all();
}

class WindowAudit {
 public:
  WindowAudit(const std::vector<AuditShard>& shards, const AuditOptions& options)
      : shards_(shards),
        options_(options),
        train_(draw(shards, AuditPlace::train, options.train_windows, Rng(options.seed) / "train")),
        test_(draw(shards, AuditPlace::test, options.test_windows, Rng(options.seed) / "test")) {}

  void read(std::size_t s) {
    const Shard shard(shards_[s].file);
    const ShardTables& t = shard.tables();
    if (t.windows.empty()) return;
    const exports::Profile profile = exports::read_profile(shard);
    exports::CountReader<std::int16_t> accel(shard, "/imu/accel"), gyro(shard, "/imu/gyro");
    Counts counts(profile.imu_length, 6);
    for (std::int64_t row = 0; row < std::ssize(t.windows); ++row) {
      const std::int64_t first = t.windows[static_cast<std::size_t>(row)].imu_start;
      counts.leftCols(3) = accel.read(first, profile.imu_length);
      counts.rightCols(3) = gyro.read(first, profile.imu_length);
      add({s, row}, counts, profile);
    }
  }

  void finish(AuditReport& report) {
    for (const auto& [files, f] : same_) report.findings.push_back(f);
    audit_near(shards_, in_order(train_), in_order(test_), options_, report);
  }

 private:
  void add(const Place& where, const Counts& counts, const exports::Profile& profile) {
    if (is_constant(counts)) return;
    compare(where, sha256(std::string_view(reinterpret_cast<const char*>(counts.data()),
                                           static_cast<std::size_t>(counts.size()) * 2)));
    if (!train_.contains(where) && !test_.contains(where)) return;
    AuditWindow w{where.first, where.second, motion_of(to_si(counts, profile), profile.rate_hz)};
    if (is_still(w.motion, options_)) return;
    if (samples_ == 0) samples_ = w.motion.rows();
    require(samples_ == w.motion.rows(), ErrorKind::bad_data,
            shards_[where.first].file.string() +
                ": windows of another duration than in the shards before");
    windows_.emplace(where, std::move(w));
  }

  // One finding a pair of files.
  void compare(const Place& where, const std::string& hash) {
    const auto [known, fresh] = hashes_.emplace(hash, where);
    const AuditShard& here = shards_[where.first];
    const AuditShard& there = shards_[known->second.first];
    if (fresh || here.place == there.place) return;
    AuditFinding& f = same_[{known->second.first, where.first}];
    f.count = f.text.empty() ? 1 : f.count + 1;
    if (!f.text.empty()) return;
    f.kind = "duplicate";
    f.text = here.name + " window " + std::to_string(where.second) + " is " + there.name +
             " window " + std::to_string(known->second.second) + ", count for count";
  }

  std::vector<AuditWindow> in_order(const std::map<Place, std::size_t>& drawn) {
    std::vector<std::pair<std::size_t, Place>> order;
    for (const auto& [where, position] : drawn)
      if (windows_.contains(where)) order.emplace_back(position, where);
    std::sort(order.begin(), order.end());
    std::vector<AuditWindow> all;
    for (const auto& [position, where] : order) all.push_back(windows_.at(where));
    return all;
  }

  const std::vector<AuditShard>& shards_;
  const AuditOptions& options_;
  std::map<Place, std::size_t> train_, test_;
  std::map<Place, AuditWindow> windows_;
  std::map<std::string, Place> hashes_;
  std::map<std::pair<std::size_t, std::size_t>, AuditFinding> same_;
  Eigen::Index samples_ = 0;
};

}  // namespace

void audit_windows(const std::vector<AuditShard>& shards, const AuditOptions& options,
                   AuditReport& report) {
  WindowAudit audit(shards, options);
  for (std::size_t s = 0; s < shards.size(); ++s) {
    require(!options.stop || !options.stop(), ErrorKind::interrupted, "audit: interrupted");
    audit.read(s);
  }
  audit.finish(report);
}

}  // namespace wrist::evaluation
