// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/predictions.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "generators/manifest/shard_set.h"
#include "generators/report/csv_reader.h"
#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using report::bad_file;
using report::CsvReader;

constexpr std::size_t kShown = 5;  // examples in an error

std::string counted_names(const std::vector<std::string>& names) {
  return std::to_string(names.size()) + " (" + first_names(names, kShown) + ")";
}

void refuse(const fs::path& file, const std::string& what, const std::vector<std::string>& names) {
  if (!names.empty()) bad_file(file, what + ": " + counted_names(names));
}

// What the columns of a file are.
struct Columns {
  std::vector<std::string> names;
  std::string one, many;  // in errors
};

// Of each name, the column that holds it.
std::vector<std::size_t> order_of(const fs::path& file, const std::vector<std::string>& header,
                                  const Columns& expected) {
  const std::vector<std::string>& names = expected.names;
  if (header[0] != "window")
    bad_file(file, "expected the first column to be \"window\", found \"" + header[0] + "\"");
  std::unordered_map<std::string, std::size_t> columns;
  std::vector<std::string> unknown, repeated, missing;
  for (std::size_t i = 1; i < header.size(); ++i) {
    if (!columns.emplace(header[i], i).second) repeated.push_back(header[i]);
    if (std::find(names.begin(), names.end(), header[i]) != names.end()) continue;
    const auto hint = closest(header[i], names);
    unknown.push_back(header[i] + (hint ? ", did you mean " + *hint + "?" : ""));
  }
  refuse(file, "columns that are no " + expected.one + " of the set", unknown);
  refuse(file, expected.many + " with more than one column", repeated);
  std::vector<std::size_t> order;
  for (const std::string& name : names) {
    if (!columns.contains(name)) missing.push_back(name);
    order.push_back(columns[name]);
  }
  refuse(file, expected.many + " of the set without a column", missing);
  return order;
}

Scores read_csv_scores(const fs::path& file, const Answers& answers, const Columns& expected) {
  CsvReader csv(file);
  const std::vector<std::size_t> columns = order_of(file, csv.header(), expected);
  std::unordered_map<std::string, Index> rows;
  for (const AnswerWindow& w : answers.windows) rows.emplace(w.id, std::ssize(rows));
  Scores scores(std::ssize(answers.windows), std::ssize(columns));
  std::vector<bool> seen(answers.windows.size());
  std::vector<std::string> unknown, repeated, missing;
  while (csv.next()) {
    const auto found = rows.find(csv.text(0));
    if (found == rows.end()) {
      unknown.push_back(csv.text(0));
      continue;
    }
    const auto row = static_cast<std::size_t>(found->second);
    if (seen[row]) repeated.push_back(csv.text(0));
    seen[row] = true;
    for (std::size_t c = 0; c < columns.size(); ++c)
      scores(found->second, static_cast<Index>(c)) = csv.number(columns[c]);
  }
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (!seen[i]) missing.push_back(answers.windows[i].id);
  refuse(file, "windows that the set does not have", unknown);
  refuse(file, "windows with more than one row", repeated);
  refuse(file, "windows of the set without a row", missing);
  return scores;
}

void check_shape(const fs::path& file, const Scores& scores, const Answers& answers,
                 const Columns& expected) {
  const auto rows = std::ssize(answers.windows), columns = std::ssize(expected.names);
  if (scores.rows() != rows || scores.cols() != columns)
    bad_file(file, "expected " + std::to_string(rows) + " windows of " + std::to_string(columns) +
                       " " + expected.many + ", found " + std::to_string(scores.rows()) + " of " +
                       std::to_string(scores.cols()));
}

void check_finite(const fs::path& file, const Scores& scores, const Answers& answers) {
  std::vector<std::string> bad;
  for (Index i = 0; i < scores.rows(); ++i)
    if (!scores.row(i).isFinite().all())
      bad.push_back(answers.windows[static_cast<std::size_t>(i)].id);
  refuse(file, "windows with scores that are missing or not finite", bad);
}

Scores read_scores(const fs::path& file, const Answers& answers, const Columns& expected) {
  Scores scores =
      file.extension() == ".npy" ? read_npy_scores(file) : read_csv_scores(file, answers, expected);
  check_shape(file, scores, answers, expected);
  check_finite(file, scores, answers);
  return scores;
}

// Sums that are one but for rounding to the digits a file may have.
bool is_probability(const Scores& scores, Index row) {
  constexpr double kRounding = 1e-3;
  return (scores.row(row) >= 0).all() && std::abs(scores.row(row).sum() - 1) < kRounding;
}

void softmax(Scores& scores) {
  for (Index i = 0; i < scores.rows(); ++i) {
    const double greatest = scores.row(i).maxCoeff();
    scores.row(i) = (scores.row(i) - greatest).exp();
  }
}

}  // namespace

Predictions to_probabilities(Scores scores, ScoreKind kind, const std::string& where) {
  Index strange = 0, first = -1;
  for (Index i = 0; i < scores.rows(); ++i) {
    if (is_probability(scores, i)) continue;
    if (strange++ == 0) first = i;
  }
  if (kind == ScoreKind::infer) kind = strange > 0 ? ScoreKind::logits : ScoreKind::probabilities;
  if (kind == ScoreKind::logits)
    softmax(scores);
  else if (strange > 0)
    throw Error(ErrorKind::bad_data,
                where + ": expected probabilities, found " + std::to_string(strange) +
                    " rows that are below zero or do not sum to one, the first row " +
                    std::to_string(first) + " (from 0); are they logits?");
  for (Index i = 0; i < scores.rows(); ++i) {
    const double sum = scores.row(i).sum();
    scores.row(i) /= sum;
  }
  return {std::move(scores), kind};
}

Predictions read_predictions(const fs::path& file, const Answers& answers, ScoreKind kind) {
  return to_probabilities(read_scores(file, answers, {class_names(answers), "class", "classes"}),
                          kind, file.string());
}

Scores read_attribute_values(const fs::path& file, const Answers& answers) {
  Columns expected{{}, "attribute", "attributes"};
  for (const AnswerAttribute& a : answers.attributes) expected.names.push_back(a.name);
  require(!expected.names.empty(), ErrorKind::bad_data,
          "answers of " + answers.set_id + ": have no attributes to hold " + file.string() +
              " against");
  return read_scores(file, answers, expected);
}

std::vector<int> best_classes(const Scores& scores) {
  std::vector<int> best(static_cast<std::size_t>(scores.rows()));
  for (std::size_t i = 0; i < best.size(); ++i)
    for (Index c = 1; c < scores.cols(); ++c)
      if (scores(static_cast<Index>(i), c) > scores(static_cast<Index>(i), best[i]))
        best[i] = static_cast<int>(c);
  return best;
}

}  // namespace wrist::evaluation
