// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/test_side.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "generators/dataset_read.h"
#include "generators/export/window_reader.h"
#include "sim/base/rng.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using ClassIds = std::map<std::string, int>;

constexpr const char* kNone = "none";
constexpr const char* kDaily = "daily";

// What one recording gives, before it is known where it stands.
struct Taken {
  std::uint64_t key = 0;  // its place among the others
  std::string watch, subject, device, strap;
  fs::path shard;
  std::int64_t sequence = 0;
  std::uint64_t recording = 0;
  double duration_s = 0;
  std::vector<WindowSource> windows;
  std::vector<std::string> labels;  // of the windows
  std::vector<AnswerEvent> events;
};

const std::string& name_of(const std::vector<std::string>& names, int id) {
  static const std::string kUnknown;
  return id < 0 ? kUnknown : names[static_cast<std::size_t>(id)];
}

// Names start anew in every recipe; who it is, the seed of the habits says, and of a unit its own.
std::string told_apart(const std::string& name, std::uint64_t seed) {
  constexpr int kDigits = 6;
  std::string hex;
  for (int i = 0; i < kDigits; ++i, seed >>= 4) hex += "0123456789abcdef"[seed & 15];
  return name + "-" + hex;
}

Taken take(const Shard& shard, std::size_t sequence, const Rng& order) {
  const ShardTables& t = shard.tables();
  const ShardTables::Sequence& s = t.sequences[sequence];
  const auto scenario = nlohmann::json::parse(s.scenario);
  Taken r;
  r.key = (order / s.index).key();
  r.watch = scenario.at("watch");
  r.subject = told_apart(name_of(t.subjects, s.subject), scenario.at("habit_seed"));
  r.device = told_apart(name_of(t.devices, s.device), scenario.at("device_seed"));
  r.strap = name_of(t.straps, s.strap);
  r.shard = shard.file();
  r.sequence = static_cast<std::int64_t>(sequence);
  r.recording = s.index;
  r.duration_s = s.duration_s;
  return r;
}

void add_windows(const Shard& shard, std::vector<Taken>& taken) {
  const ShardTables& t = shard.tables();
  exports::CountReader<std::int64_t> stamps(shard, "/imu/t");
  for (std::size_t row = 0; row < t.windows.size(); ++row) {
    const ShardTables::Window& w = t.windows[row];
    Taken& r = taken[static_cast<std::size_t>(w.sequence)];
    WindowSource source;
    source.shard = shard.file();
    source.window = static_cast<std::int64_t>(row);
    source.sequence = w.sequence;
    source.recording = r.recording;
    source.number = std::ssize(r.windows);
    source.start_s = 1e-9 * static_cast<double>(stamps.read(w.imu_start, 1)(0, 0));
    r.windows.push_back(source);
    r.labels.push_back(w.class_id < 0 ? kNone
                                      : t.classes[static_cast<std::size_t>(w.class_id)].name);
  }
}

// What the recording is held against: times its gestures were performed.
void add_events(const ShardTables& t, const ClassIds& classes, std::vector<Taken>& taken) {
  for (const ShardTables::EventRow& e : t.events) {
    if (e.class_id < 0 || e.class_id >= std::ssize(t.classes)) continue;
    const ClassInfo& info = t.classes[static_cast<std::size_t>(e.class_id)];
    if (!info.by_event) continue;
    Taken& r = taken[static_cast<std::size_t>(e.sequence)];
    r.events.push_back({"", e.start_s, e.end_s, classes.at(info.name)});
  }
}

std::vector<Taken> take_part(const TestPart& part, const ClassIds& classes, const Rng& order) {
  std::vector<Taken> all;
  for (const fs::path& file : find_shards(part.shards)) {
    const Shard shard(file);
    std::vector<Taken> taken;
    for (std::size_t s = 0; s < shard.tables().sequences.size(); ++s)
      taken.push_back(take(shard, s, order));
    add_windows(shard, taken);
    add_events(shard.tables(), classes, taken);
    std::move(taken.begin(), taken.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const Taken& a, const Taken& b) {
    return std::tie(a.watch, a.key) < std::tie(b.watch, b.key);
  });
  return all;
}

// The label space: what any shard knows.
std::vector<AnswerClass> label_space(const std::vector<TestPart>& parts) {
  std::map<std::string, bool> by_event;
  for (const TestPart& part : parts)
    for (const fs::path& file : find_shards(part.shards)) {
      const Shard shard(file);
      for (const ClassInfo& c : shard.tables().classes) by_event[c.name] |= c.by_event;
    }
  require(!by_event.contains(kNone), ErrorKind::bad_data,
          std::string("class \"").append(kNone).append("\": the name of windows without label"));
  std::vector<AnswerClass> classes{{kNone, true, {}, false}};
  for (const auto& [name, event] : by_event) classes.push_back({name, false, {}, event});
  return classes;
}

// Clean windows by recording and number.
using Twins = std::map<std::pair<std::uint64_t, std::int64_t>, std::int64_t>;

class Collector {
 public:
  Collector(TestSide& side, const ClassIds& classes) : side_(side), classes_(classes) {}

  void add(std::size_t part, std::vector<Taken> recordings) {
    const TestPart& about = side_.parts[part];
    for (Taken& r : recordings) {
      if (side_.files.empty() || side_.files.back().part != part ||
          side_.files.back().watch != r.watch)
        side_.files.push_back({"windows-" + about.name + "-" + r.watch + ".h5", r.watch, part});
      add(about, r);
    }
  }

 private:
  // A corrupted window without twin would be judged beside nothing.
  void add(const TestPart& part, Taken& r) {
    Answers& a = side_.answers;
    char name[16];
    std::snprintf(name, sizeof name, "r%06d", recordings_++);
    bool any = false;
    for (std::size_t i = 0; i < r.windows.size(); ++i) {
      WindowSource& source = r.windows[i];
      const std::int64_t twin = part.corruption.empty() ? -1 : twin_of(source);
      if (!part.corruption.empty() && twin < 0) continue;
      any = true;
      source.part = side_.files.back().part;
      source.file = side_.files.size() - 1;
      if (part.corruption.empty() && part.context.empty())
        twins_[{source.recording, source.number}] = std::ssize(a.windows);
      a.windows.push_back(window(part, r, i, name, twin));
      side_.sources.push_back(source);
    }
    if (!any) return;
    for (AnswerEvent& e : r.events) e.recording = name;
    a.events.insert(a.events.end(), r.events.begin(), r.events.end());
    if (part.context == kDaily) a.null_hours += r.duration_s / 3600;
  }

  AnswerWindow window(const TestPart& part, const Taken& r, std::size_t i, const char* name,
                      std::int64_t twin) {
    Answers& a = side_.answers;
    AnswerWindow w{std::string(name).append("-").append(std::to_string(r.windows[i].number)),
                   name,
                   r.windows[i].start_s,
                   classes_.at(r.labels[i]),
                   r.subject,
                   r.device,
                   r.strap};
    w.context = part.context;
    w.severity = part.severity;
    w.twin = twin;
    if (part.corruption.empty()) return w;
    const auto found = std::find(a.corruptions.begin(), a.corruptions.end(), part.corruption);
    w.corruption = static_cast<int>(found - a.corruptions.begin());
    if (found == a.corruptions.end()) a.corruptions.push_back(part.corruption);
    return w;
  }

  std::int64_t twin_of(const WindowSource& source) const {
    const auto found = twins_.find({source.recording, source.number});
    if (found == twins_.end()) return -1;
    const double clean_s = side_.answers.windows[static_cast<std::size_t>(found->second)].start_s;
    return std::abs(source.start_s - clean_s) <= side_.answers.window_s / 4 ? found->second : -1;
  }

  TestSide& side_;
  const ClassIds& classes_;
  Twins twins_;
  int recordings_ = 0;
};

double common_window(const std::vector<TestPart>& parts) {
  double window_s = 0;
  for (const TestPart& part : parts)
    for (const fs::path& file : find_shards(part.shards)) {
      const Shard shard(file);
      const double found = shard.tables().window_s;
      require(window_s == 0 || found == window_s, ErrorKind::bad_data,
              file.string() + ": windows of " + std::to_string(found) + " s, others have " +
                  std::to_string(window_s) + " s");
      window_s = found;
    }
  return window_s;
}

void check_names(const std::vector<TestPart>& parts) {
  std::set<std::string> names;
  for (const TestPart& part : parts) {
    require(names.insert(part.name).second, ErrorKind::bad_data,
            "two parts are called \"" + part.name + "\"");
    require(part.corruption.empty() == (part.severity == 0), ErrorKind::bad_data,
            "part " + part.name + ": a corruption and its severity come together");
  }
}

}  // namespace

TestSide read_test_side(const std::vector<TestPart>& parts, const TestSideOptions& options) {
  check_names(parts);
  TestSide side;
  side.parts = parts;
  side.answers.set_id = options.set_id;
  side.answers.title = options.title;
  side.answers.window_s = common_window(parts);
  side.answers.classes = label_space(parts);
  ClassIds classes;
  for (const AnswerClass& c : side.answers.classes)
    classes.emplace(c.name, static_cast<int>(classes.size()));
  Collector collector(side, classes);
  for (std::size_t p = 0; p < parts.size(); ++p)
    collector.add(p, take_part(parts[p], classes, Rng(options.seed) / "order"));
  check_answers(side.answers, options.set_id);
  return side;
}

}  // namespace wrist::evaluation
