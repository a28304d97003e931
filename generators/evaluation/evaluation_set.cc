// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/evaluation_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/dataset_commit.h"
#include "generators/evaluation/answer_attributes.h"
#include "generators/evaluation/fold_files.h"
#include "generators/evaluation/test_side.h"
#include "generators/manifest/merge.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

MadeSet::Side make_side(const SideSpec& side, const std::string& folder, const Assets& assets,
                        const SetOptions& o) {
  RunOptions options{o.out / folder, o.jobs, o.force, {}, o.stop};
  if (o.progress) options.progress = [&](const Progress& p) { o.progress(side.name, p); };
  const RunReport report = run(side.recipe, assets, options);
  require_all_made(report, folder);
  MergeOptions joining;
  joining.force = true;
  joining.stop = o.stop;
  merge(options.out, joining);
  MadeSet::Side made{side.name, folder, recipe_sha256(side.recipe), side.recipe.recordings, 0};
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(side.recipe.recordings); ++i)
    made.hours += recording_duration(side.recipe, i) / 3600;
  return made;
}

// Folder of the labelled shards of a test part.
std::string part_folder(const std::string& name) { return "answers/shards/" + name; }

std::vector<TestPart> test_parts(const SetSpec& spec, const fs::path& out) {
  std::vector<TestPart> parts;
  for (const SideSpec& side : spec.test)
    parts.push_back(
        {side.name, out / part_folder(side.name), side.name == "plain" ? "" : side.name});
  return parts;
}

void write_answers_of_fold(const Fold& fold, const SetSpec& spec, Answers answers,
                           const fs::path& out) {
  answers.set_id += "/fold-" + std::to_string(fold.number);
  for (AnswerClass& c : answers.classes)
    for (const UnseenClass& unseen : fold.unseen_test) {
      if (unseen.name != c.name) continue;
      c.unseen_in = {fold.number};
      if (!unseen.near) c.far_in = {fold.number};
    }
  for (AnswerWindow& w : answers.windows) w.fold = fold.number;
  const std::vector<Query> queries = add_queries(spec.few_shot, fold, answers);
  write_queries(fold, queries, answers, out / "folds");
  const fs::path folder = out / "answers" / ("fold-" + std::to_string(fold.number));
  fs::create_directories(folder);
  write_answers(answers, folder);
}

// What is nowhere in train could be called neither seen nor unseen.
void check_known(const std::vector<std::string>& known, const std::string& side,
                 const fs::path& folder) {
  for (const std::string& name : occurring_classes(index_side(folder)))
    require(std::binary_search(known.begin(), known.end(), name), ErrorKind::usage,
            side + ": class \"" + name + "\" occurs there and nowhere on the train side");
}

void remove_folds(const fs::path& out) {
  fs::remove(out / "set.json");
  fs::remove(out / "audit.json");
  fs::remove_all(out / "folds");
  for (int f = 0; fs::remove_all(out / "answers" / ("fold-" + std::to_string(f))) > 0; ++f)
    continue;
}

}  // namespace

void require_no_leak(const AuditReport& report) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, report.findings.size()); ++i)
    text += "\n  " + report.findings[i].kind + ": " + report.findings[i].text;
  if (report.findings.size() > kMost)
    text += "\n  and " + std::to_string(report.findings.size() - kMost) + " more";
  require(report.passed(), ErrorKind::check_failed, "the set leaks:" + text);
}

MadeSet make_evaluation_set(const SetSpec& spec, const Assets& assets, const SetOptions& o) {
  MadeSet made;
  made.set_id = "wristsim-" + set_sha256(spec).substr(0, 12);
  made.title = spec.title;
  fs::create_directories(o.out);
  remove_folds(o.out);
  made.sides.push_back(make_side(spec.train, "train", assets, o));
  for (const SideSpec& side : spec.validation)
    made.sides.push_back(make_side(side, "validation", assets, o));
  for (const SideSpec& side : spec.test)
    made.sides.push_back(make_side(side, part_folder(side.name), assets, o));

  TrainSides sides{index_side(o.out / "train"), {}};
  if (!spec.validation.empty()) sides.validation = index_side(o.out / "validation");
  const std::vector<std::string> classes = occurring_classes(sides.train);
  for (const SideSpec& side : spec.validation) check_known(classes, side.name, o.out / side.name);
  for (const SideSpec& side : spec.test)
    check_known(classes, side.name, o.out / part_folder(side.name));
  made.folds = deal_folds(classes, backgrounds(sides.train), assets, spec.folds);
  TestSide test = read_test_side(test_parts(spec, o.out), {made.set_id, made.title, spec.seed});
  test.answers.attributes = binary_attributes(test.answers.classes, assets);
  write_public(test, assets, o.out / "test", o.stop);
  fs::create_directories(o.out / "folds");
  for (const Fold& fold : made.folds) {
    write_fold(fold, sides, draw_episodes(spec.few_shot, fold, sides.train), o.out / "folds");
    write_answers_of_fold(fold, spec, test.answers, o.out);
  }
  const std::vector<Client> clients = draw_clients(sides.train, spec.clients);
  write_clients(spec.clients, clients, sides.train, o.out);

  made.classes = std::ssize(classes);
  made.windows = std::ssize(test.answers.windows);
  made.clients = std::ssize(clients);
  made.null_hours = test.answers.null_hours;
  AuditOptions watchful;
  watchful.disjoint_by = spec.disjoint_by;
  watchful.stop = o.stop;
  const AuditReport report = audit(o.out, watchful);
  write_text_file(o.out / "audit.json", audit_json(report) + "\n");
  require_no_leak(report);
  write_text_file(o.out / "set.json", to_json(made) + "\n");
  return made;
}

std::string to_json(const MadeSet& set) {
  json sides = json::array(), folds = json::array();
  for (const MadeSet::Side& s : set.sides)
    sides.push_back({{"name", s.name},
                     {"folder", s.folder},
                     {"recipe_sha256", s.recipe_sha256},
                     {"recordings", s.recordings},
                     {"hours", s.hours}});
  for (const Fold& f : set.folds)
    folds.push_back({{"fold", f.number},
                     {"seen", f.seen.size()},
                     {"unseen_validation", f.unseen_validation.size()},
                     {"unseen_test", f.unseen_test.size()},
                     {"near", std::count_if(f.unseen_test.begin(), f.unseen_test.end(),
                                            [](const UnseenClass& c) { return c.near; })}});
  const json all{{"schema_version", 1},
                 {"set_id", set.set_id},
                 {"title", set.title},
                 {"generator_version", version()},
                 {"generator_commit", commit()},
                 {"sides", sides},
                 {"folds", folds},
                 {"classes", set.classes},
                 {"test_windows", set.windows},
                 {"clients", set.clients},
                 {"null_hours", set.null_hours}};
  return all.dump(1);
}

}  // namespace wrist::evaluation
