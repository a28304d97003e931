// SPDX-License-Identifier: Apache-2.0
#include "generators/cli/class_attributes.h"

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "generators/cli/terminal.h"
#include "generators/evaluation/measure_classes.h"

namespace wrist::cli {
namespace {

std::string figure(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

std::string pair(const std::array<double, 2>& band) {
  return band[0] == band[1] ? figure(band[0]) : figure(band[0]) + " to " + figure(band[1]);
}

nlohmann::json to_json(const AttributeCheck& c) {
  return {{"class", c.class_name},          {"attribute", c.attribute}, {"declared", c.declared},
          {"median", c.measured.median},    {"low", c.measured.low},    {"high", c.measured.high},
          {"recordings", c.measured.count}, {"agrees", c.agrees}};
}

}  // namespace

int list_attributes(const Assets& assets, int jobs, bool json) {
  const ClassCards cards = read_class_cards(assets.folder / "classes");
  MeasureOptions options;
  options.jobs = jobs;
  TextTable table({"class", "attribute", "declared", "accepted", "median", "of anyone", ""},
                  {false, false, true, true, true, true, false});
  nlohmann::json all = nlohmann::json::array();
  bool agree = true;
  for (const auto& [name, measured] : measure_classes(assets, options)) {
    if (!cards.cards.contains(name)) continue;  // a class of one's own
    for (const AttributeCheck& c : check_attributes(cards, name, measured)) {
      agree = agree && c.agrees;
      table.add({name, c.attribute, pair(c.declared), pair(c.bounds), figure(c.measured.median),
                 pair({c.measured.low, c.measured.high}), c.agrees ? "" : "disagrees"});
      all.push_back(to_json(c));
    }
  }
  std::cout << (json ? nlohmann::json{{"attributes", all}, {"agree", agree}}.dump(2) + "\n"
                     : table.text(""));
  return agree ? 0 : 1;
}

}  // namespace wrist::cli
