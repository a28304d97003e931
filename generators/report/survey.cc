// SPDX-License-Identifier: Apache-2.0
#include "generators/report/survey.h"

#include <set>

#include "generators/report/thumbnail.h"

namespace wrist::report {
namespace {

constexpr int kUnlabelledId = -1;

std::string name_of(const std::vector<std::string>& names, int id) {
  return id < 0 ? "" : names[static_cast<std::size_t>(id)];
}

// One pass over the shards.
class Surveyor {
 public:
  explicit Surveyor(const Inventory& inventory) : inventory_(inventory) {
    for (const std::string& name : inventory.classes.names()) {
      survey_.classes.emplace_back(name);
      survey_.thumbnails.push_back({name, {}});
      for (const WindowChoice& choice : choose_windows(inventory, name))
        shown_.insert({choice.shard, choice.window});
    }
    survey_.labelled_s.resize(survey_.classes.size());
    seen_.resize(survey_.classes.size());
  }

  void add(const Shard& shard, std::size_t number) {
    ShardSignals signals(shard);
    count_labelled(signals);
    survey_.still.add(signals, number);
    for (std::size_t w = 0; w < shard.tables().windows.size(); ++w) add_window(signals, number, w);
  }

  Survey take() { return std::move(survey_); }

 private:
  std::size_t class_of(const ShardTables& tables, int class_id) const {
    return static_cast<std::size_t>(inventory_.classes.id(class_name(tables, class_id)));
  }

  void count_labelled(ShardSignals& signals) {
    BlockReader& ids = signals["/imu/class_id"];
    const double rate_hz = signals.rate_hz("/imu");
    constexpr std::int64_t kRows = 4096;
    const ShardTables& t = signals.shard().tables();
    for (std::int64_t first = 0; first < ids.rows(); first += kRows) {
      const Series block = ids.read(first, std::min(kRows, ids.rows() - first)).col(0);
      for (const double id : block)
        if (id > kUnlabelledId && id < static_cast<double>(t.classes.size()))
          survey_.labelled_s[class_of(t, static_cast<int>(id))] += 1 / rate_hz;
    }
  }

  void add_window(ShardSignals& signals, std::size_t shard, std::size_t row) {
    const ShardTables& t = signals.shard().tables();
    const ShardTables::Window& window = t.windows[row];
    const std::size_t c = class_of(t, window.class_id);
    const std::int64_t total = inventory_.windows.at(inventory_.classes.names()[c]);
    if (is_taken(seen_[c]++, total, kMostWindows)) measure(signals, window, c);
    if (shown_.contains({shard, row}))
      survey_.thumbnails[c].windows.push_back(
          make_thumbnail(signals, static_cast<std::int64_t>(shard), window));
  }

  void measure(ShardSignals& signals, const ShardTables::Window& window, std::size_t c) {
    const ShardTables& t = signals.shard().tables();
    const auto read = [&](const char* path) -> Series3 {
      if (!signals[path].there()) return {};
      return signals[path].read(window.imu_start, t.window_imu_length);
    };
    const Series3 accel = read("/imu/accel"), gyro = read("/imu/gyro");
    if (accel.rows() < 4) return;
    if (!accel.allFinite() || !gyro.allFinite()) {
      ++survey_.incomplete;
      return;
    }
    ++survey_.measured;
    const double rate_hz = signals.rate_hz("/imu");
    survey_.classes[c].add(measure_window(accel, gyro, rate_hz), rate_hz);
    const auto& sequence = t.sequences[static_cast<std::size_t>(window.sequence)];
    survey_.wear.add(signals, window, name_of(t.straps, sequence.strap),
                     inventory_.classes.names()[c]);
  }

  const Inventory& inventory_;
  Survey survey_;
  Counts seen_;
  std::set<std::pair<std::size_t, std::size_t>> shown_;
};

}  // namespace

bool is_taken(std::int64_t number, std::int64_t total, std::int64_t most) {
  return total <= most || (number + 1) * most / total > number * most / total;
}

Survey take_survey(const std::vector<std::filesystem::path>& shards, const Inventory& inventory) {
  Surveyor surveyor(inventory);
  for (std::size_t i = 0; i < shards.size(); ++i) surveyor.add(Shard(shards[i]), i);
  return surveyor.take();
}

}  // namespace wrist::report
