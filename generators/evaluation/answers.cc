// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/answers.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

void expect(bool holds, const std::string& where, const std::string& text) {
  require(holds, ErrorKind::bad_data, where + ": " + text);
}

void check_classes(const Answers& a, const std::string& where) {
  std::set<std::string> names;
  int nulls = 0;
  expect(a.classes.size() > 1, where,
         "expected at least two classes, found " + std::to_string(a.classes.size()));
  for (const AnswerClass& c : a.classes) {
    expect(!c.name.empty() && c.name != "window", where,
           "class \"" + c.name + "\": expected a name, other than \"window\"");
    expect(names.insert(c.name).second, where, "class \"" + c.name + "\" is listed twice");
    expect(!c.null || c.unseen_in.empty(), where,
           "class \"" + c.name + "\": the null class cannot be unseen");
    for (const int fold : c.far_in)
      expect(std::find(c.unseen_in.begin(), c.unseen_in.end(), fold) != c.unseen_in.end(), where,
             "class \"" + c.name + "\" is far in fold " + std::to_string(fold) +
                 ", in which it is not unseen");
    nulls += c.null;
  }
  expect(nulls < 2, where, "expected at most one null class, found " + std::to_string(nulls));
}

void check_attributes(const Answers& a, const std::string& where) {
  std::set<std::string> names;
  for (const AnswerAttribute& attribute : a.attributes) {
    const std::string name = "attribute \"" + attribute.name + "\"";
    expect(!attribute.name.empty() && attribute.name != "window", where,
           name + ": expected a name, other than \"window\"");
    expect(names.insert(attribute.name).second, where, name + " is listed twice");
    expect(attribute.of_class.size() == a.classes.size(), where,
           name + ": expected a value of each of " + std::to_string(a.classes.size()) +
               " classes, found " + std::to_string(attribute.of_class.size()));
    for (const double value : attribute.of_class)
      expect(value == 0 || value == 0.5 || value == 1 || value == -1, where,
             name + ": expected 0, 0.5, 1 or -1, found " + std::to_string(value));
  }
}

void check_window(const Answers& a, const AnswerWindow& w, const std::string& where) {
  const std::string window = "window \"" + w.id + "\": ";
  expect(!w.id.empty() && !w.recording.empty(), where, window + "expected an id and a recording");
  expect(std::isfinite(w.start_s), where, window + "start_s is not a number");
  expect(w.fold >= 0 && w.shots >= 0 && w.episode >= 0, where,
         window + "fold, shots and episode are not below zero");
  const bool clean = w.corruption < 0;
  expect(clean == (w.severity == 0) && clean == (w.twin < 0) && w.severity >= 0, where,
         window + "corruption, severity (from 1) and twin come together or not at all");
  if (clean) return;
  const AnswerWindow& twin = a.windows[static_cast<std::size_t>(w.twin)];
  expect(twin.corruption < 0 && twin.fold == w.fold && twin.shots == w.shots, where,
         window + "its twin \"" + twin.id + "\" must be clean, of the same fold and shots");
}

void check_event(const AnswerEvent& e, const std::set<std::string>& recordings,
                 const std::string& where) {
  const std::string event =
      "event at " + std::to_string(e.start_s) + " s of \"" + e.recording + "\"";
  expect(recordings.contains(e.recording), where, event + ": no window is of that recording");
  expect(std::isfinite(e.start_s) && std::isfinite(e.end_s) && e.end_s >= e.start_s, where,
         event + ": expected an end that is not before the start, found " +
             std::to_string(e.end_s) + " s");
}

}  // namespace

bool is_unseen(const Answers& a, int label, int fold) {
  const std::vector<int>& folds = a.classes[static_cast<std::size_t>(label)].unseen_in;
  return std::find(folds.begin(), folds.end(), fold) != folds.end();
}

bool is_far(const Answers& a, const AnswerWindow& w) {
  const std::vector<int>& folds = a.classes[static_cast<std::size_t>(w.label)].far_in;
  return std::find(folds.begin(), folds.end(), w.fold) != folds.end();
}

int null_class(const Answers& a) {
  for (std::size_t c = 0; c < a.classes.size(); ++c)
    if (a.classes[c].null) return static_cast<int>(c);
  return -1;
}

std::vector<std::string> class_names(const Answers& a) {
  std::vector<std::string> names;
  for (const AnswerClass& c : a.classes) names.push_back(c.name);
  return names;
}

void check_answers(const Answers& a, const std::string& where) {
  expect(std::isfinite(a.window_s) && a.window_s > 0, where, "window_s: expected more than zero");
  expect(std::isfinite(a.null_hours) && a.null_hours >= 0, where,
         "null_hours: expected zero or more");
  expect(!a.windows.empty(), where, "expected windows, found none");
  check_classes(a, where);
  check_attributes(a, where);
  std::set<std::string> ids, recordings;
  for (const AnswerWindow& w : a.windows) {
    check_window(a, w, where);
    expect(ids.insert(w.id).second, where, "window \"" + w.id + "\" is listed twice");
    recordings.insert(w.recording);
  }
  for (const AnswerEvent& e : a.events) check_event(e, recordings, where);
}

}  // namespace wrist::evaluation
