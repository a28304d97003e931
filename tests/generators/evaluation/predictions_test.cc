// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/predictions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "generators/export/npy.h"
#include "tests/generators/evaluation/small_set.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

Answers three_windows() {
  Answers a;
  a.set_id = "three";
  a.window_s = 1;
  a.classes = {{"null", true, {}}, {"pinch", false, {}}};
  for (int i = 0; i < 3; ++i) a.windows.push_back(clean_window(i, i % 2));
  return a;
}

fs::path file_of(const std::string& text, const std::string& name = "p.csv") {
  const fs::path file = scratch_folder() / name;
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

Scores read(const std::string& csv) {
  return read_predictions(file_of(csv), three_windows()).probabilities;
}

std::string refused(const std::string& csv) {
  return refusal([&] { read(csv); });
}

TEST(Predictions, RowsAndColumnsInAnyOrder) {
  const Scores p = read("window,pinch,null\nw2,0.25,0.75\nw0,1,0\nw1,0.5,0.5\n");
  EXPECT_EQ(p(0, 1), 1);
  EXPECT_EQ(p(2, 0), 0.75);
  EXPECT_EQ(best_classes(p), (std::vector<int>{1, 0, 0})) << "a tie goes to the first";
}

TEST(Predictions, WhatIsNoProbabilityIsALogit) {
  const Scores p = read("window,null,pinch\nw0,0,1000\nw1,3,3\nw2,-1,0\n");
  EXPECT_EQ(p(0, 1), 1);
  EXPECT_EQ(p(1, 0), 0.5);
  EXPECT_NEAR(p(2, 1), 1 / (1 + std::exp(-1.)), 1e-15);
}

TEST(Predictions, ProbabilitiesThatAreNoneAreRefusedIfTheyAreSaidToBe) {
  Scores scores = constant_scores(three_windows());
  scores << 0.5, 0.5, 0.5, 0.6, -0.1, 1.1;
  const std::string text =
      refusal([&] { to_probabilities(scores, ScoreKind::probabilities, "mine"); });
  EXPECT_TRUE(says(text, "mine: expected probabilities, found 2 rows")) << text;
  EXPECT_TRUE(says(text, "the first row 1")) << text;
  EXPECT_EQ(to_probabilities(scores, ScoreKind::infer, "").kind, ScoreKind::logits);
  scores << 0.5, 0.5, 0.5, 0.5, 0.4, 0.6;
  EXPECT_EQ(to_probabilities(scores, ScoreKind::infer, "").kind, ScoreKind::probabilities);
  EXPECT_EQ(to_probabilities(scores, ScoreKind::logits, "").kind, ScoreKind::logits);
}

TEST(Predictions, WhatDoesNotFitIsRefusedWithItsNumber) {
  const std::string head = "window,null,pinch\n";
  EXPECT_TRUE(says(refused(head + "w0,1,0\n"), "windows of the set without a row: 2 (w1, w2)"));
  EXPECT_TRUE(says(refused(head + "w0,1,0\nw1,1,0\nw2,1,0\nw0,1,0\n"),
                   "windows with more than one row: 1 (w0)"));
  EXPECT_TRUE(says(refused(head + "w0,1,0\nw1,1,0\nw2,1,0\nx,1,0\ny,1,0\n"),
                   "windows that the set does not have: 2 (x, y)"));
  EXPECT_TRUE(
      says(refused(head + "w0,1,nan\nw1,,0\nw2,1,0\n"), "missing or not finite: 2 (w0, w1)"));
  EXPECT_TRUE(
      says(refused("window,null\nw0,1\n"), "classes of the set without a column: 1 (pinch)"));
  EXPECT_TRUE(says(refused("window,null,pinhc\nw0,1,0\n"),
                   "no class of the set: 1 (pinhc, did you mean pinch?)"));
  EXPECT_TRUE(
      says(refused("window,null,pinch,null\nw0,1,0,0\n"), "more than one column: 1 (null)"));
  EXPECT_TRUE(
      says(refused("id,null,pinch\nw0,1,0\n"), "first column to be \"window\", found \"id\""));
  EXPECT_TRUE(says(refused(head + "w0,1,yes\n"), "expected a number, found \"yes\""));
  EXPECT_TRUE(says(refused(head + "w0,1\n"), "expected 3 cells"));
}

template <typename T>
fs::path npy(const std::vector<T>& values, const std::vector<std::int64_t>& shape) {
  std::string text = exports::npy_header(exports::npy_type<T>(), shape);
  text.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  return file_of(text, "p.npy");
}

TEST(Predictions, NpyOfBothWidths) {
  const Answers a = three_windows();
  const std::vector<double> values{1, 0, 0.5, 0.5, 0.25, 0.75};
  const Scores wide = read_predictions(npy(values, {3, 2}), a).probabilities;
  const std::vector<float> narrow_values(values.begin(), values.end());
  const Scores narrow = read_predictions(npy(narrow_values, {3, 2}), a).probabilities;
  EXPECT_TRUE((wide == narrow).all());
  EXPECT_EQ(wide(2, 1), 0.75);
}

TEST(Predictions, NpyThatDoesNotFitIsRefused) {
  const auto refused_npy = [](const fs::path& file) {
    return refusal([&] { read_predictions(file, three_windows()); });
  };
  const std::vector<float> six(6, 0.5f);
  EXPECT_TRUE(says(refused_npy(npy(six, {2, 3})), "expected 3 windows of 2 classes, found 2 of 3"));
  EXPECT_TRUE(says(refused_npy(npy(six, {6})), "found 1 dimensions"));
  EXPECT_TRUE(says(refused_npy(npy(six, {4, 2})), "expected 4 x 2 values, found 24 bytes"));
  EXPECT_TRUE(says(refused_npy(npy(std::vector<int>(6), {3, 2})), "found '<i4'"));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(says(refused_npy(npy<float>({0, 1, nan, 1, 1, 0}, {3, 2})), "not finite: 1 (w1)"));
  EXPECT_TRUE(says(refused_npy(file_of("window,null\n", "p.npy")), "expected a .npy file"));
  std::string header = exports::npy_header("<f4", {3, 2});
  EXPECT_TRUE(says(refused_npy(file_of(header.substr(0, 40), "p.npy")), "cut off"));
  header.replace(header.find("False"), 5, "True ");
  EXPECT_TRUE(says(refused_npy(file_of(header, "p.npy")), "Fortran order"));
  EXPECT_TRUE(says(refused_npy("/nowhere/p.npy"), "cannot be read"));
}

TEST(AttributeValues, OfAnyScaleByNameAndRefusedWithTheCount) {
  Answers a = three_windows();
  const auto read = [&](const std::string& csv) { return read_attribute_values(file_of(csv), a); };
  EXPECT_TRUE(says(refusal([&] { read("window,periodic\nw0,1\n"); }), "have no attributes"));
  a.attributes = {{"periodic", {0, 1}}, {"impact", {1, 0}}};
  const Scores v = read("window,impact,periodic\nw1,-3,7\nw0,1,2\nw2,0,0\n");
  EXPECT_EQ(v(1, 0), 7);
  EXPECT_EQ(v(1, 1), -3) << "no softmax";
  EXPECT_TRUE(says(refusal([&] { read("window,impact,periodc\nw0,1,2\n"); }),
                   "no attribute of the set: 1 (periodc, did you mean periodic?"));
  EXPECT_TRUE(says(refusal([&] { read("window,impact\nw0,1\n"); }),
                   "attributes of the set without a column: 1 (periodic)"));
}

}  // namespace
}  // namespace wrist
