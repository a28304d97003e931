// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/answers.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generators/evaluation/answer_attributes.h"
#include "generators/sha256.h"
#include "tests/generators/evaluation/small_set.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;
using nlohmann::json;

TEST(Answers, ComeBackAsTheyWereWritten) {
  const fs::path folder = scratch_folder();
  const Answers out = wide_set();
  write_answers(out, folder);
  const Answers in = read_answers(folder);
  EXPECT_EQ(in.set_id, "small");
  EXPECT_EQ(in.window_s, 2);
  EXPECT_EQ(in.null_hours, 2);
  EXPECT_EQ(in.corruptions, out.corruptions);
  EXPECT_EQ(class_names(in), class_names(out));
  EXPECT_EQ(in.classes[4].unseen_in, std::vector<int>{0});
  EXPECT_EQ(null_class(in), 0);
  ASSERT_EQ(in.windows.size(), out.windows.size());
  for (std::size_t i = 0; i < in.windows.size(); ++i) {
    const AnswerWindow &a = in.windows[i], &b = out.windows[i];
    EXPECT_EQ(std::tie(a.id, a.recording, a.start_s, a.label, a.subject, a.device, a.strap),
              std::tie(b.id, b.recording, b.start_s, b.label, b.subject, b.device, b.strap));
    EXPECT_EQ(std::tie(a.corruption, a.severity, a.twin, a.fold, a.shots, a.episode),
              std::tie(b.corruption, b.severity, b.twin, b.fold, b.shots, b.episode));
  }
  EXPECT_EQ(in.classes[5].far_in, std::vector<int>{0});
  EXPECT_TRUE(in.classes[4].far_in.empty());
  ASSERT_EQ(in.attributes.size(), 2u);
  EXPECT_EQ(in.attributes[1].name, "both_hands");
  EXPECT_EQ(in.attributes[0].of_class, out.attributes[0].of_class);
  ASSERT_EQ(in.events.size(), out.events.size());
  EXPECT_EQ(in.events[3].recording, out.events[3].recording);
  EXPECT_EQ(in.events[3].end_s, 1.5);
}

TEST(Answers, WhatContradictsItselfIsRefused) {
  const std::vector<std::pair<std::function<void(Answers&)>, std::string>> faults{
      {[](Answers& a) { a.windows[3].id = "w2"; }, "window \"w2\" is listed twice"},
      {[](Answers& a) { a.classes[2].name = "pinch"; }, "class \"pinch\" is listed twice"},
      {[](Answers& a) { a.classes[1].null = true; }, "at most one null class, found 2"},
      {[](Answers& a) { a.classes[0].unseen_in = {1}; }, "null class cannot be unseen"},
      {[](Answers& a) { a.windows[0].fold = 1; },
       "its twin \"w0\" must be clean, of the same fold"},
      {[](Answers& a) { a.windows[121].twin = 120; }, "its twin \"w0-loss1\" must be clean"},
      {[](Answers& a) { a.windows[120].severity = 0; }, "come together or not at all"},
      {[](Answers& a) { a.events[0].recording = "elsewhere"; }, "no window is of that recording"},
      {[](Answers& a) { a.events[0].end_s = 0; }, "not before the start"},
      {[](Answers& a) { a.classes[1].far_in = {0}; }, "in which it is not unseen"},
      {[](Answers& a) {
         a.attributes = {{"x", {1, 0}}};
       },
       "a value of each of 6 classes, found 2"},
      {[](Answers& a) {
         a.attributes = {{"x", {1, 0, 2, 0, 0, 0}}};
       },
       "found 2.0"},
      {[](Answers& a) { a.attributes = wide_set().attributes, a.attributes[1].name = "periodic"; },
       "attribute \"periodic\" is listed twice"},
      {[](Answers& a) { a.window_s = 0; }, "window_s: expected more than zero"},
      {[](Answers& a) { a.windows.clear(); }, "expected windows, found none"}};
  for (const auto& [plant, text] : faults) {
    Answers a = small_set();
    plant(a);
    const std::string found = refusal([&] { check_answers(a, "here"); });
    EXPECT_TRUE(says(found, "here: ") && says(found, text)) << found << "\nexpected " << text;
  }
  EXPECT_EQ(refusal([] { check_answers(small_set(), "here"); }), "");
}

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// Writes the set with one word of answers.csv changed, the hash with it.
std::string refused_with(const std::string& word, const std::string& other) {
  const fs::path folder = scratch_folder(), table = folder / "answers.csv";
  write_answers(small_set(), folder);
  const std::string text = text_of(table);
  const std::size_t at = text.find(word);
  std::ofstream(table) << text.substr(0, at) << other << text.substr(at + word.size());
  json all = json::parse(text_of(folder / "answers.json"));
  all["windows"]["sha256"] = file_sha256(table);
  std::ofstream(folder / "answers.json") << all.dump();
  return refusal([&] { read_answers(folder); });
}

TEST(Answers, TheTableIsHeldAgainstTheClasses) {
  const std::string line = "w1,r1,0,pinch,seen";
  EXPECT_TRUE(
      says(refused_with(line, "w1,r1,0,pinhc,seen"), "line 3: label \"pinhc\" is no class"));
  EXPECT_TRUE(says(refused_with(line, "w1,r1,0,pinhc,seen"), "did you mean \"pinch\"?"));
  EXPECT_TRUE(says(refused_with(line, "w1,r1,0,pinch,unseen"), "is seen in fold 0"));
  EXPECT_TRUE(says(refused_with(line, "w1,r1,,pinch,seen"), "start_s is not a number"));
  EXPECT_TRUE(says(refused_with("loss,1,w0", "loss,1,w999"), "\"w999\" is no window of the set"));
  EXPECT_TRUE(says(refused_with("loss,1,w0", "loss,1.5,w0"), "expected a whole number"));
  EXPECT_TRUE(says(refused_with("severity", "severty"), "expected a column \"severity\""));
}

TEST(Answers, AnotherTableThanTheOneHashedIsRefused) {
  const fs::path folder = scratch_folder();
  write_answers(small_set(), folder);
  std::ofstream(folder / "events.csv", std::ios::app) << "r1,0,1,pinch\n";
  EXPECT_TRUE(says(refusal([&] { read_answers(folder); }), "events.csv: its SHA-256"));
  fs::remove(folder / "events.csv");
  EXPECT_TRUE(says(refusal([&] { read_answers(folder); }), "events.csv: missing"));
  std::ofstream(folder / "answers.json") << "{}";
  EXPECT_TRUE(says(refusal([&] { read_answers(folder); }), "answers.json: not as its schema says"));
  std::ofstream(folder / "answers.json") << "[";
  EXPECT_TRUE(says(refusal([&] { read_answers(folder); }), "expected a JSON object"));
  fs::remove(folder / "answers.json");
  EXPECT_TRUE(says(refusal([&] { read_answers(folder); }), "answers.json: cannot be read"));
}

TEST(Answers, BinaryAttributesAreThoseOfTheCards) {
  const Assets assets = load_assets(WRIST_SOURCE_DIR "/assets", false);
  const std::vector<AnswerClass> classes{
      {"none", true, {}}, {"walk", false, {}}, {"double_pinch", false, {}}};
  const auto all = binary_attributes(classes, assets);
  const auto row = [&](const std::string& name) -> std::vector<double> {
    for (const AnswerAttribute& a : all)
      if (a.name == name) return a.of_class;
    return {};
  };
  EXPECT_EQ(row("travels"), (std::vector<double>{-1, 1, 0.5})) << "has, may";
  EXPECT_EQ(row("finger_on_finger"), (std::vector<double>{-1, 0, 1}));
  EXPECT_TRUE(row("force_rms_g").empty()) << "an ordinal";
}

}  // namespace
}  // namespace wrist
