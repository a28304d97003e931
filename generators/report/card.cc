// SPDX-License-Identifier: Apache-2.0
#include "generators/report/card.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/report/survey.h"
#include "generators/report/text.h"

namespace wrist::report {
namespace {

using nlohmann::json;

// A recipe of another version may lack a key: the card then leaves the sentence out.
std::string text_at(const json& recipe, const char* pointer) {
  const json::json_pointer at(pointer);
  if (!recipe.is_object() || !recipe.contains(at) || !recipe.at(at).is_string()) return "";
  return recipe.at(at).get<std::string>();
}

bool is_filled(const json& recipe, const char* pointer) {
  const json::json_pointer at(pointer);
  return recipe.is_object() && recipe.contains(at) && recipe.at(at).is_array() &&
         !recipe.at(at).empty();
}

// "2 to 8 kPa" from a pair in SI; "5 kPa" if they are the same.
std::string range_at(const json& recipe, const char* pointer, double factor,
                     const std::string& unit) {
  if (!is_filled(recipe, pointer)) return "";
  const json& pair = recipe.at(json::json_pointer(pointer));
  if (pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number()) return "";
  const std::string low = in_digits(factor * pair[0].get<double>());
  const std::string high = in_digits(factor * pair[1].get<double>());
  return (low == high ? low : low + " to " + high) + " " + unit;
}

std::string fidelity_text(const std::string& fidelity) {
  if (fidelity == "ideal")
    return "Fidelity ideal: the watch is glued to the bone, without strap, slip or soft tissue.";
  if (fidelity == "worn")
    return "Fidelity worn: the watch sits on a strap and soft tissue, swings on them and may slip; "
           "the arm follows its motion exactly.";
  if (fidelity == "full")
    return "Fidelity full: arm, strap and watch are bodies of a rigid-body engine with contact, "
           "driven along the motion.";
  return "";
}

std::string what_it_is(const Report& r) {
  const Totals& t = r.totals;
  return r.title + ": " + counted(t.recordings, "recording", "recordings") + ", " +
         in_time(t.duration_s) + " in all, of a simulated watch on a simulated wrist" +
         (t.optical_part.empty() ? "" : ", with acceleration, angular rate and reflected light") +
         ". No person was recorded. Licence: " + (r.license.empty() ? "not given" : r.license) +
         ".";
}

std::string how_made(const Report& r, const json& recipe) {
  std::string text = "wristsim " + r.generator + " from a recipe with seed " +
                     std::to_string(r.seed) +
                     "; the same recipe gives the same numbers. Bones follow the motion, the strap "
                     "carries the watch, and sensor models turn what truly happens into counts. " +
                     fidelity_text(text_at(recipe, "/fidelity"));
  text += is_filled(recipe, "/motions/clips")
              ? " Movement comes from motion-capture clips, laid onto each person's arm."
              : " Movement comes from parametric models of each activity, not from recordings.";
  const std::string tempo = range_at(recipe, "/motions/tempo", 1, "times its speed");
  return text +
         (tempo.empty() || tempo == "1 times its speed" ? "" : " Each is played at " + tempo + ".");
}

std::string people(const Inventory& inventory, const json& recipe) {
  const std::string population = text_at(recipe, "/subjects/population");
  return counted(std::ssize(inventory.subjects.names()), "person", "people") +
         (population.empty() ? "" : ", body measures drawn from the population " + population) +
         ". Age, heart, breathing and skin are drawn for each.";
}

std::string parts_text(const std::string& what, const Vocabulary& parts, const Numbers& rates_hz) {
  if (rates_hz.empty()) return "";
  Texts rates;
  for (const double rate : rates_hz) rates.push_back(in_digits(rate) + " Hz");
  Texts words{what};
  if (!parts.names().empty()) words.push_back(listed(parts.names()));
  words.push_back("at " + listed(rates) + ".");
  std::string text;
  for (const std::string& word : words) text.append(" ").append(word);
  return text;
}

// True rates where all watches have one nominal rate, else how far off they are.
std::string clocks_text(const Inventory& inventory) {
  const Numbers& errors = inventory.clock_errors;
  if (errors.empty() || inventory.imu_rates_hz.empty()) return "";
  const auto [low, high] = std::minmax_element(errors.begin(), errors.end());
  const std::string by = " By their stamps they truly sample ";
  if (inventory.imu_rates_hz.size() > 1)
    return by + "up to " + in_digits(100 * std::max(std::abs(*low), std::abs(*high))) +
           " % off these rates, as no crystal is exact.";
  const double nominal_hz = inventory.imu_rates_hz.front();
  const std::string least = in_rate(nominal_hz * (1 + *low)),
                    most = in_rate(nominal_hz * (1 + *high));
  return by + "at " + (least == most ? least : least + " to " + most) +
         " Hz, as no crystal is exact.";
}

std::string watches(const Inventory& inventory, const json& recipe) {
  std::string text =
      counted(std::ssize(inventory.devices.names()), "watch", "watches") + " on " +
      counted(std::ssize(inventory.straps.names()), "kind of strap (", "kinds of strap (") +
      listed(inventory.straps.names()) + ").";
  text += parts_text("Motion sensor", inventory.imu_parts, inventory.imu_rates_hz);
  text += parts_text("Light sensor", inventory.optical_parts, inventory.optical_rates_hz);
  text += clocks_text(inventory);
  const std::string pressure = range_at(recipe, "/wear/pressure_pa", 1e-3, "kPa");
  return text + (pressure.empty() ? "" : " Strapped on at " + pressure + ".");
}

std::string labels(const Report& r) {
  std::int64_t unlabelled = 0;
  Texts names, rare, held_out, missing;
  for (const ClassFigure& c : r.classes) {
    if (c.name == kUnlabelled) unlabelled = c.windows;
    if (c.name != kUnlabelled) names.push_back(c.name);
    if (c.recordings == 0 && c.windows == 0) missing.push_back(c.name);
    if (c.rare) rare.push_back(c.name);
    if (c.held_out) held_out.push_back(c.name);
  }
  std::string text = counted(std::ssize(names), "class: ", "classes: ") + listed(names) + ". " +
                     counted(r.totals.windows, "window", "windows") + " of " +
                     in_digits(r.totals.window_s) + " s, one every " + in_digits(r.totals.hop_s) +
                     " s. A window has the class of an event that lies whole in it, else of most "
                     "of its samples.";
  if (r.totals.windows > 0)
    text += " Without a class: " +
            in_percent(static_cast<double>(unlabelled) / static_cast<double>(r.totals.windows)) +
            ".";
  if (!missing.empty()) text += " Nothing was recorded of " + listed(missing) + ".";
  if (!rare.empty()) text += " Rare: " + listed(rare) + ".";
  if (!held_out.empty()) text += " Kept out of training: " + listed(held_out) + ".";
  return text;
}

// Classes kept out of training of which the training split has recordings all the same.
Texts leaked_classes(const Report& r) {
  Texts leaked;
  for (const SplitFigure& split : r.splits)
    for (std::size_t c = 0; c < r.classes.size() && split.name == "train"; ++c)
      if (r.classes[c].held_out && split.by_class[c] > 0) leaked.push_back(r.classes[c].name);
  return leaked;
}

std::string splits(const Report& r) {
  Texts sizes;
  for (const SplitFigure& split : r.splits)
    if (split.recordings > 0)
      sizes.push_back(split.name + " " + counted(split.recordings, "recording", "recordings"));
  std::string text = (sizes.empty() ? "None" : listed(sizes)) + ".";
  if (!r.disjoint.rule.empty()) text += " Rule: " + r.disjoint.rule + ".";
  if (!r.disjoint.by.empty())
    text += r.disjoint.overlaps.empty()
                ? " Checked: no two splits share a " + listed(r.disjoint.by) + "."
                : " BROKEN: " + counted(std::ssize(r.disjoint.overlaps), "name is", "names are") +
                      " in more than one split.";
  const Texts leaked = leaked_classes(r);
  if (!leaked.empty())
    text += " The training split holds " + listed(leaked) + ", meant to be kept out of it.";
  return text;
}

std::string limits(const json& recipe) {
  std::string text =
      "Synthetic: it knows only what its models know. Differences between people in how they move "
      "are those the recipe draws, which is less than people show; nobody gets tired, distracted "
      "or "
      "interrupted. Sensor figures are those of datasheets. Lay it against recordings of your own "
      "watch before you trust a model trained on it.";
  if (text_at(recipe, "/fidelity") == "ideal")
    text += " Without a strap, nothing here tells what a loose watch would do.";
  return text;
}

std::string figures_text(const Inventory& inventory, std::int64_t measured,
                         std::int64_t incomplete) {
  const bool thinned = std::any_of(inventory.windows.begin(), inventory.windows.end(),
                                   [](const auto& item) { return item.second > kMostWindows; });
  std::string text = "Spectra and distributions are of " + counted(measured, "window", "windows") +
                     ": one Hann segment per window, means removed, summed over the axes.";
  if (thinned)
    text += " Of classes with more than " + std::to_string(kMostWindows) +
            " windows, that many in even steps.";
  if (incomplete > 0)
    text +=
        " Left out because samples are missing: " + counted(incomplete, "window", "windows") + ".";
  if (inventory.imu_rates_hz.size() > 1)
    text += " Watches of different rates share a spectrum up to the lowest of half their rates.";
  return text;
}

}  // namespace

std::vector<CardSection> write_card(const Inventory& inventory, const Report& report,
                                    std::int64_t measured, std::int64_t incomplete) {
  const json recipe = json::parse(inventory.recipe_json, nullptr, false);
  return {{"What it is", what_it_is(report)},
          {"How it was made", how_made(report, recipe)},
          {"People", people(inventory, recipe)},
          {"Watches and straps", watches(inventory, recipe)},
          {"Labels and windows", labels(report)},
          {"Splits", splits(report)},
          {"Limits", limits(recipe)},
          {"How the figures were taken", figures_text(inventory, measured, incomplete)}};
}

}  // namespace wrist::report
