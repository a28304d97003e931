// SPDX-License-Identifier: Apache-2.0
/// Folds: what may be trained on in each, held against what the recordings show.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/evaluation/audit_side.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Names = std::set<std::string>;

struct Fold {
  std::string file;
  json text;
  Names seen, validation, test;
};

Fold read_fold(const fs::path& file) {
  try {
    Fold fold{"folds/" + file.filename().string(), json::parse(read_text(file)), {}, {}, {}};
    fold.seen = fold.text.at("seen").get<Names>();
    fold.validation = fold.text.at("unseen_validation").get<Names>();
    for (const json& c : fold.text.at("unseen_test")) fold.test.insert(c.at("name"));
    return fold;
  } catch (const json::exception& error) {
    throw Error(ErrorKind::bad_data, file.string() + ": " + error.what());
  }
}

std::vector<Fold> read_folds(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().filename().string().starts_with("fold-") &&
          entry.path().extension() == ".json")
        files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Fold> folds;
  for (const fs::path& file : files) folds.push_back(read_fold(file));
  return folds;
}

// A row of a shard that a fold names.
const AuditRecording& recording(const std::vector<AuditShard>& shards, const Fold& fold,
                                const std::string& name, std::int64_t row) {
  const auto shard = std::find_if(shards.begin(), shards.end(),
                                  [&](const AuditShard& s) { return s.name == name; });
  require(shard != shards.end(), ErrorKind::bad_data,
          fold.file + ": no shard " + name + " in the set");
  const std::int64_t rows = std::ssize(shard->recordings);
  require(row >= 0 && row < rows, ErrorKind::bad_data,
          fold.file + ": " + name + ": expected a row of 0 to " + std::to_string(rows - 1) +
              ", found " + std::to_string(row));
  return shard->recordings[static_cast<std::size_t>(row)];
}

class FoldAudit {
 public:
  FoldAudit(const Fold& fold, const std::vector<AuditShard>& shards, AuditReport& report)
      : fold_(fold), shards_(shards), report_(report) {}

  void run(const Names& all) {
    groups(all);
    rows("train", {&fold_.validation, &fold_.test});
    if (fold_.text.contains("validation")) rows("validation", {&fold_.test});
    if (fold_.text.contains("few_shot"))
      for (const json& support : fold_.text.at("few_shot").at("supports")) supports(support);
  }

 private:
  void add(const std::string& text, std::int64_t count = 1) {
    report_.findings.push_back({"fold", fold_.file + ": " + text, count});
  }

  void groups(const Names& all) {
    Names named = all;
    for (const Names* group : {&fold_.seen, &fold_.validation, &fold_.test})
      named.insert(group->begin(), group->end());
    for (const std::string& name : named) {
      const auto times =
          fold_.seen.count(name) + fold_.validation.count(name) + fold_.test.count(name);
      if (times == 0) add("class " + name + " is in no group");
      if (times > 1) add("class " + name + " is in " + std::to_string(times) + " groups");
    }
  }

  void rows(const std::string& side, const std::vector<const Names*>& forbidden) {
    for (const json& entry : fold_.text.at(side)) {
      const std::string shard = side + "/" + entry.at("shard").get<std::string>();
      std::map<std::string, std::vector<std::int64_t>> found;
      for (const std::int64_t row : entry.at("sequences").get<std::vector<std::int64_t>>())
        for (const std::string& label : recording(shards_, fold_, shard, row).labels)
          for (const Names* group : forbidden)
            if (group->contains(label)) found[label].push_back(row);
      for (const auto& [label, where] : found)
        add(shard + " rows " + list_rows(where) + ": hold " + label + ", which is unseen",
            std::ssize(where));
    }
  }

  // Supports lie in train, or are named from the folder of the set on.
  std::string support_shard(const std::string& name) const {
    const auto is = [&](const AuditShard& s) { return s.name == name; };
    return std::any_of(shards_.begin(), shards_.end(), is) ? name : "train/" + name;
  }

  void supports(const json& support) {
    const std::string where = std::to_string(support.at("shots").get<int>()) + " shots, episode " +
                              std::to_string(support.at("episode").get<int>()) + ": ";
    std::set<std::pair<std::string, std::int64_t>> used;
    for (const auto& [name, list] : support.at("classes").items())
      for (const json& one : list) {
        const std::string shard = support_shard(one.at("shard"));
        const std::int64_t row = one.at("sequence");
        const std::string what = where + shard + " row " + std::to_string(row);
        if (!recording(shards_, fold_, shard, row).labels.contains(name))
          add(what + " is a support of " + name + " and does not hold it");
        if (!used.emplace(shard, row).second) add(what + " is a support more than once");
      }
  }

  const Fold& fold_;
  const std::vector<AuditShard>& shards_;
  AuditReport& report_;
};

// Over all folds together, a class that is ever unseen in the test is so once.
void audit_once(const std::vector<Fold>& folds, AuditReport& report) {
  std::map<std::string, std::vector<std::string>> unseen;
  for (const Fold& fold : folds)
    for (const std::string& name : fold.test) unseen[name].push_back(fold.file);
  for (const auto& [name, files] : unseen)
    if (files.size() > 1)
      report.findings.push_back({"fold",
                                 "class " + name + ": unseen-test in " + files[0] + " and " +
                                     files[1] + ", expected one fold",
                                 std::ssize(files)});
}

}  // namespace

void audit_folds(const fs::path& set_folder, const std::vector<AuditShard>& shards,
                 AuditReport& report) {
  const std::vector<Fold> folds = read_folds(set_folder / "folds");
  Names all;
  for (const AuditShard& shard : shards)
    for (const AuditRecording& r : shard.recordings) all.insert(r.labels.begin(), r.labels.end());
  for (const Fold& fold : folds) try {
      FoldAudit(fold, shards, report).run(all);
    } catch (const json::exception& error) {
      throw Error(ErrorKind::bad_data, (set_folder / fold.file).string() + ": " + error.what());
    }
  audit_once(folds, report);
}

}  // namespace wrist::evaluation
