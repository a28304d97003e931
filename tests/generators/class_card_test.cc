// SPDX-License-Identifier: Apache-2.0
#include "generators/class_card.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "generators/library.h"
#include "generators/shard_header.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

const std::string kSchema =
    "[[attribute]]\nname = \"standing\"\nkind = \"binary\"\ndefinition = \"d\"\n"
    "[[attribute]]\nname = \"tremor\"\nkind = \"binary\"\ndefinition = \"d\"\n"
    "[[attribute]]\nname = \"size\"\nkind = \"ordinal\"\nunit = \"m\"\nedges = [1, 2, 4]\n"
    "times = 1.5\ndefinition = \"d\"\n"
    "[[attribute]]\nname = \"pace\"\nkind = \"number\"\nunit = \"Hz\"\nrange = [0.4, 14]\n"
    "plus = 0.5\ndefinition = \"d\"\n";
const std::string kHead =
    "name = \"nod\"\nsynonyms = [\"a\"]\nparents = [\"p\", \"q\"]\nconfuser = \"bow\"\n"
    "[descriptions]\nshort = \"1\"\nkinematic = \"2\"\nfunctional = \"3\"\nwrist = \"4\"\n"
    "unlike = \"5\"\n[attributes]\n";

fs::path write(const std::string& text, const std::string& name) {
  const fs::path file = testing::scratch_folder() / (name + ".toml");
  std::ofstream(file) << text;
  return file;
}

ClassCard read(const std::string& attributes) {
  return read_class_card(write(kHead + attributes, "nod"),
                         read_attribute_schema(write(kSchema, "attributes")));
}

std::string error_of(const std::string& attributes) {
  try {
    read(attributes);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "no error";
}

TEST(ClassCard, ReadsAllOfTheForm) {
  const ClassCard card = read("has = [\"tremor\"]\nsize = [1, 2]\npace = [2, 3]\n");
  EXPECT_EQ(card.descriptions, (std::vector<std::string>{"1", "2", "3", "4", "5"}));
  EXPECT_EQ(card.parents.front(), "p");
  EXPECT_EQ(attribute_row(card, read_attribute_schema(write(kSchema, "attributes"))),
            (std::vector<double>{0, 1, 1.5, 2.5}));
  EXPECT_EQ(attribute_row(read("may = [\"standing\"]\n"),
                          read_attribute_schema(write(kSchema, "attributes"))),
            (std::vector<double>{0.5, 0, kUndeclared, kUndeclared}));
}

// Level 1 lies between the edges 1 and 2, level 3 above 4; worked by hand.
TEST(ClassCard, LetsABandOutByItsTolerance) {
  const auto schema = read_attribute_schema(write(kSchema, "attributes"));
  EXPECT_EQ(accepted(schema[2], {1, 2}), (std::array<double, 2>{1 / 1.5, 6}));
  EXPECT_EQ(accepted(schema[2], {3, 3})[0], 4 / 1.5);
  EXPECT_GT(accepted(schema[2], {3, 3})[1], 1e300);
  EXPECT_LT(accepted(schema[2], {0, 0})[0], -1e300);
  EXPECT_EQ(accepted(schema[3], {2, 3}), (std::array<double, 2>{1.5, 3.5}));
}

TEST(ClassCard, RefusesWhatItDoesNotKnow) {
  const auto expect = [](const std::string& attributes, const std::string& part) {
    const std::string text = error_of(attributes);
    EXPECT_NE(text.find("nod.toml"), std::string::npos) << text;
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  expect("has = [\"tremro\"]\n", "did you mean tremor?");
  expect("has = [\"size\"]\n", "binary attributes");
  expect("has = [\"tremor\"]\nmay = [\"tremor\"]\n", "once");
  expect("sise = 1\n", "did you mean");
  expect("size = 4\n", "levels from 0");
  expect("size = 0.5\n", "whole levels");
  expect("pace = 20\n", "numbers from 0.4");
}

TEST(ClassCards, EveryClassHasOneAndEveryOneAClass) {
  const ClassCards all = read_class_cards(testing::asset_folder() / "classes");
  // Those without a movement are shown by clips alone.
  std::set<std::string> classes = {"direct_traffic", "wash"}, cards;
  for (const std::string& name : library_classes(testing::assets())) classes.insert(name);
  for (const auto& [name, card] : all.cards) cards.insert(name);
  EXPECT_EQ(cards, classes);
  EXPECT_GE(all.schema.size(), 60u);
}

TEST(ClassCards, SayFiveDifferentThingsOfEachClass) {
  const ClassCards all = read_class_cards(testing::asset_folder() / "classes");
  std::set<std::string> said;
  for (const auto& [name, card] : all.cards) {
    EXPECT_GE(card.synonyms.size(), 2u) << name;
    EXPECT_GE(card.parents.size(), 2u) << name;
    for (std::size_t k = 0; k < card.descriptions.size(); ++k) {
      const bool functional = std::string(kDescriptionKinds[k]) == "functional";
      EXPECT_TRUE(said.insert(card.descriptions[k]).second || functional)
          << name << ": " << card.descriptions[k];
    }
    const auto found = testing::assets().movements.find(name);
    if (found == testing::assets().movements.end()) continue;
    EXPECT_EQ(card.parents.front(), found->second.parent) << name;
  }
}

// What the movement says of posture and of what is carried, the card must allow.
TEST(ClassCards, FitTheirMovements) {
  const ClassCards all = read_class_cards(testing::asset_folder() / "classes");
  const std::map<std::string, std::string> posture = {{"stand", "standing"},
                                                      {"walk", "travels"},
                                                      {"sit", "seated"},
                                                      {"rest", "seated"},
                                                      {"lie", "lying"}};
  for (const std::string& name : library_classes(testing::assets())) {
    const MovementSpec& movement = library_class(testing::assets(), name);
    const auto& declared = all.cards.at(name).attributes;
    const auto at_least = [&](const std::string& attribute, double value) {
      EXPECT_GE(declared.at(attribute)[0], value) << name << ": " << attribute;
    };
    for (const std::string& under : movement.over)
      if (posture.contains(under)) at_least(posture.at(under), 0.5);
    if (!movement.held.empty()) at_least("holds_object", 1);
    if (movement.advance.low > 0) at_least("travels", 1);
    for (const PhaseSpec& phase : movement.phases)
      for (const TouchSpec& touch : phase.touches)
        if (touch.other == "thumb_distal") at_least("finger_on_finger", 1);
  }
}

// What no attribute tells apart, no recogniser by attributes can.
TEST(ClassCards, DeclareNoTwoClassesAlike) {
  const ClassCards all = read_class_cards(testing::asset_folder() / "classes");
  std::map<std::vector<double>, std::string> rows;
  for (const auto& [name, card] : all.cards) {
    const auto [other, fresh] = rows.emplace(attribute_row(card, all.schema), name);
    EXPECT_TRUE(fresh) << name << " and " << other->second;
  }
}

TEST(ClassCards, ReachTheShard) {
  const Recipe recipe = testing::shipped_recipe("quickstart", {});
  const ShardHeader header = shard_header(recipe, testing::assets(), 0);
  EXPECT_GE(header.class_attributes.size(), 60u);
  for (const ClassInfo& c : header.classes) {
    EXPECT_EQ(c.attributes.size(), header.class_attributes.size()) << c.name;
    EXPECT_GE(c.prompts.size(), 7u) << c.name;
  }
}

}  // namespace
}  // namespace wrist
