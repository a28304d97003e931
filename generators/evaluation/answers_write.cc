// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "generators/dataset_commit.h"
#include "generators/evaluation/answers.h"
#include "generators/manifest/csv.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json entry(const DatasetRecord::TableFile& table) {
  return {{"file", table.file}, {"rows", table.rows}, {"sha256", table.sha256}};
}

std::vector<std::string> cells(const Answers& a, const AnswerWindow& w) {
  const bool clean = w.corruption < 0;
  return {w.id,
          w.recording,
          number_text(w.start_s),
          a.classes[static_cast<std::size_t>(w.label)].name,
          is_unseen(a, w) ? "unseen" : "seen",
          w.subject,
          w.device,
          w.strap,
          clean ? "" : a.corruptions[static_cast<std::size_t>(w.corruption)],
          clean ? "" : std::to_string(w.severity),
          clean ? "" : a.windows[static_cast<std::size_t>(w.twin)].id,
          std::to_string(w.fold),
          std::to_string(w.shots),
          std::to_string(w.episode),
          w.context};
}

json write_windows(const Answers& a, const fs::path& folder) {
  CsvFile csv(folder / "answers.csv", "one window a row",
              {{"window", "Text", ""},
               {"recording", "Text", ""},
               {"start_s", "Float", ""},
               {"label", "Text", ""},
               {"split", "Text", ""},
               {"subject", "Text", ""},
               {"device", "Text", ""},
               {"strap", "Text", ""},
               {"corruption", "Text", ""},
               {"severity", "Integer", ""},
               {"twin", "Text", ""},
               {"fold", "Integer", ""},
               {"shots", "Integer", ""},
               {"episode", "Integer", ""},
               {"context", "Text", ""}});
  for (const AnswerWindow& w : a.windows) csv.add(cells(a, w));
  const json about = entry(csv.finish());
  csv.commit();
  return about;
}

json write_events(const Answers& a, const fs::path& folder) {
  CsvFile csv(folder / "events.csv", "one event a row",
              {{"recording", "Text", ""},
               {"start_s", "Float", ""},
               {"end_s", "Float", ""},
               {"label", "Text", ""}});
  for (const AnswerEvent& e : a.events)
    csv.add({e.recording, number_text(e.start_s), number_text(e.end_s),
             a.classes[static_cast<std::size_t>(e.label)].name});
  const json about = entry(csv.finish());
  csv.commit();
  return about;
}

}  // namespace

void write_answers(const Answers& a, const fs::path& folder) {
  check_answers(a, folder.string());
  json classes = json::array(), attributes = json::array();
  for (const AnswerClass& c : a.classes)
    classes.push_back({{"name", c.name},
                       {"null", c.null},
                       {"event", c.event},
                       {"unseen_in", c.unseen_in},
                       {"far_in", c.far_in}});
  for (const AnswerAttribute& attribute : a.attributes)
    attributes.push_back({{"name", attribute.name}, {"classes", attribute.of_class}});
  const json windows = write_windows(a, folder), events = write_events(a, folder);
  const json all{{"schema_version", 1},      {"set_id", a.set_id},         {"title", a.title},
                 {"window_s", a.window_s},   {"null_hours", a.null_hours}, {"classes", classes},
                 {"attributes", attributes}, {"windows", windows},         {"events", events}};
  write_text_file(folder / "answers.json", all.dump(1) + "\n");
}

}  // namespace wrist::evaluation
