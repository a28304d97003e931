// SPDX-License-Identifier: Apache-2.0
/// What an evaluation set knows and a recogniser must not see: the label of every window, where it
/// comes from, and what happened when.
///
///   answers.json -> classes, files with their hashes -> answers.csv, events.csv -> Answers
///
/// Format: README.md beside this file, assets/schema/answers.schema.json.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace wrist::evaluation {

struct AnswerClass {
  std::string name;
  bool null = false;  // of no interest: daily motion, nothing; at most one class, never unseen
  std::vector<int> unseen_in;  // folds in which nobody may train on it
  bool event = true;  // saying it raises something: a gesture; of walking, false: it merely goes on
  std::vector<int> far_in = {};  // those of unseen_in in which no seen class is like it
};

struct AnswerWindow {
  std::string id, recording;
  double start_s = 0;  // from the recording's start
  int label = 0;       // a class
  std::string subject, device, strap;
  int corruption = -1;     // of Answers::corruptions; -1: clean
  int severity = 0;        // from 1; 0: clean
  std::int64_t twin = -1;  // the clean window of the same motion; -1: is clean
  int fold = 0;
  int shots = 0;    // examples of each class the recogniser was shown; 0: none
  int episode = 0;  // of those shots; each draws its examples anew
  std::string context =
      {};  // what is unlike the training: "walking"; "daily": hours of daily motion
};

struct AnswerEvent {
  std::string recording;
  double start_s = 0, end_s = 0;  // from the recording's start
  int label = 0;                  // a class
};

/// A binary attribute, as the class cards declare it.
struct AnswerAttribute {
  std::string name;
  std::vector<double> of_class;  // 1: has it, 0: does not; 0.5: may, -1: nobody says
};

struct Answers {
  std::string set_id, title;
  double window_s = 0;    // length of every window
  double null_hours = 0;  // h of motion in which nothing of interest happens
  std::vector<AnswerClass> classes;
  std::vector<AnswerAttribute> attributes;  // may be none
  std::vector<std::string> corruptions;     // names, in order of their first window
  std::vector<AnswerWindow> windows;
  std::vector<AnswerEvent> events;
};

/// Whether nobody may have trained on the class in that fold.
bool is_unseen(const Answers& answers, int label, int fold);
inline bool is_unseen(const Answers& answers, const AnswerWindow& w) {
  return is_unseen(answers, w.label, w.fold);
}
/// Whether it is unseen, and none of the seen classes of that fold is like it.
bool is_far(const Answers& answers, const AnswerWindow& window);
/// The class of no interest; -1 without one.
int null_class(const Answers& answers);
std::vector<std::string> class_names(const Answers& answers);

/// Throws Error(bad_data) if names, references, times or twins of the answers contradict each
/// other.
void check_answers(const Answers& answers, const std::string& where);

/// Reads and checks DIR/answers.json and the tables it names. Throws Error(io), Error(bad_data).
Answers read_answers(const std::filesystem::path& folder);

/// Writes answers.json, answers.csv and events.csv, the JSON last. Throws Error(io).
void write_answers(const Answers& answers, const std::filesystem::path& folder);

}  // namespace wrist::evaluation
