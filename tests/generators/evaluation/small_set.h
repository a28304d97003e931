// SPDX-License-Identifier: Apache-2.0
/// A set with a known answer to everything, and recognisers whose scores are known.
#pragma once

#include <filesystem>
#include <fstream>

#include "generators/evaluation/predictions.h"
#include "generators/manifest/csv.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist::testing {

using namespace evaluation;

constexpr int kClasses = 6;  // null, three seen, two unseen

inline AnswerWindow clean_window(std::int64_t i, int label) {
  AnswerWindow w;
  w.id = "w" + std::to_string(i);
  w.recording = "r" + std::to_string(i);
  w.label = label;
  w.subject = "s" + std::to_string(i / kClasses % 5);
  w.device = i / kClasses % 2 == 0 ? "round" : "square";
  w.strap = i < 12 ? "rare" : "common";
  return w;
}

inline void add_stressed(Answers& a, std::int64_t clean) {
  for (int severity = 1; severity <= 3; ++severity) {
    AnswerWindow w = a.windows[static_cast<std::size_t>(clean)];
    w.id += "-loss" + std::to_string(severity);
    w.corruption = 0;
    w.severity = severity;
    w.twin = clean;
    a.windows.push_back(w);
  }
}

inline void add_episodes(Answers& a, int shots, int episodes) {
  for (int e = 0; e < episodes; ++e)
    for (int i = 0; i < 20; ++i) {
      AnswerWindow w = clean_window(i, 1 + i % 5);
      w.id.append("-k").append(std::to_string(shots)).append("e").append(std::to_string(e));
      w.shots = shots;
      w.episode = e;
      a.windows.push_back(w);
    }
}

/// `clean` windows, every class as often; the first 60 stressed too; each but null an event.
inline Answers small_set(std::int64_t clean = 120) {
  Answers a;
  a.set_id = "small";
  a.title = "A small set";
  a.window_s = 2;
  a.null_hours = 0.5;
  a.classes = {{"null", true, {}},  {"pinch", false, {}}, {"clench", false, {}},
               {"wash", false, {}}, {"wave", false, {0}}, {"clap, twice", false, {0}}};
  a.corruptions = {"loss"};
  for (std::int64_t i = 0; i < clean; ++i) {
    const int label = static_cast<int>(i % kClasses);
    a.windows.push_back(clean_window(i, label));
    if (label > 0) a.events.push_back({a.windows.back().recording, 0.5, 1.5, label});
  }
  for (std::int64_t i = 0; i < 60; ++i) add_stressed(a, i);
  for (const int shots : {1, 5}) add_episodes(a, shots, 4);
  return a;
}

inline void add_context(Answers& a, const std::string& context, int label) {
  AnswerWindow w = clean_window(std::ssize(a.windows), label);
  w.context = context;
  a.windows.push_back(w);
}

/// The small set, and gestures while walking, ten windows of each but null; two hours of daily
/// motion: 20 windows of null and 20 of wash, which raises nothing. "clap" is far from what is
/// seen.
inline Answers wide_set(std::int64_t clean = 120) {
  Answers a = small_set(clean);
  a.classes[3].event = false;
  a.classes[5].far_in = {0};
  a.attributes = {{"periodic", {-1, 0, 0.5, 1, 1, 0}}, {"both_hands", {-1, 0, 0, 1, 0, 1}}};
  for (int i = 0; i < 50; ++i) add_context(a, "walking", 1 + i % 5);
  for (int i = 0; i < 40; ++i) add_context(a, "daily", i % 2 == 0 ? 0 : 3);
  a.null_hours = 2;
  return a;
}

/// What the class of each window declares; noise of that size on top.
inline Scores attribute_values(const Answers& a, double noise = 0) {
  Scores values(std::ssize(a.windows), std::ssize(a.attributes));
  for (Index k = 0; k < values.cols(); ++k) {
    const auto& of_class = a.attributes[static_cast<std::size_t>(k)].of_class;
    values.col(k) =
        noise * (Rng(6) / "values" / static_cast<std::uint64_t>(k)).normals(values.rows());
    for (Index i = 0; i < values.rows(); ++i)
      values(i, k) +=
          of_class[static_cast<std::size_t>(a.windows[static_cast<std::size_t>(i)].label)];
  }
  return values;
}

inline Scores perfect_scores(const Answers& a) {
  Scores scores = Scores::Zero(std::ssize(a.windows), std::ssize(a.classes));
  for (Index i = 0; i < scores.rows(); ++i)
    scores(i, a.windows[static_cast<std::size_t>(i)].label) = 1;
  return scores;
}

/// 17/32 on "pinch", the rest shared out: sums to one in every order.
inline Scores constant_scores(const Answers& a) {
  Scores scores = Scores::Constant(std::ssize(a.windows), std::ssize(a.classes), 0.09375);
  scores.col(1) = 0.53125;
  return scores;
}

/// Logits that know nothing; with `knowledge` added at the label.
inline Scores random_scores(const Answers& a, double knowledge = 0) {
  Scores scores(std::ssize(a.windows), std::ssize(a.classes));
  for (Index c = 0; c < scores.cols(); ++c)
    scores.col(c) = (Rng(5) / "scores" / static_cast<std::uint64_t>(c)).normals(scores.rows());
  return scores + knowledge * perfect_scores(a);
}

inline void write_csv(const std::filesystem::path& file, const Answers& a, const Scores& scores,
                      const std::vector<std::string>& names) {
  std::vector<DatasetRecord::TableColumn> columns{{"window", "Text", ""}};
  for (const std::string& name : names) columns.push_back({name, "Float", ""});
  CsvFile csv(file, "", columns);
  for (Index i = 0; i < scores.rows(); ++i) {
    std::vector<std::string> cells{a.windows[static_cast<std::size_t>(i)].id};
    for (Index c = 0; c < scores.cols(); ++c) cells.push_back(number_text(scores(i, c)));
    csv.add(cells);
  }
  csv.finish();
  csv.commit();
}

inline void write_csv(const std::filesystem::path& file, const Answers& a, const Scores& scores) {
  write_csv(file, a, scores, class_names(a));
}

/// What an action refuses with; "" if it does not.
template <typename Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace wrist::testing
