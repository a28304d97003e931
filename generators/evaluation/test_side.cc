// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/test_side.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "generators/dataset_read.h"
#include "generators/evaluation/test_side_take.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDaily = "daily";

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
