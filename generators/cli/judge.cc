// SPDX-License-Identifier: Apache-2.0
#include "generators/judge.h"

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/contact_asset.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist::cli {
namespace {

using nlohmann::json;

struct Options {
  std::string recipe, contacts;
  std::vector<std::string> set;
  std::int64_t sequence = -1;
  int jobs = hardware_jobs();
  bool json = false;
};

std::string number(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string ratio(double worn, double full) {
  return full > 0 ? number(worn / full, 2) : std::string("-");
}

json to_json(const Verdict& v) {
  json bands = json::array();
  for (std::size_t b = 0; b < kJudgedBands.size(); ++b)
    bands.push_back(
        {{"hz", kJudgedBands[b]}, {"worn_rms_m_s2", v.worn[b]}, {"full_rms_m_s2", v.full[b]}});
  return {{"motion", v.motion},
          {"class", v.class_name},
          {"duration_s", v.duration_s},
          {"below_20_hz",
           {{"rms_m_s2", v.rms},
            {"moving_rms_m_s2", v.moving_rms},
            {"difference_rms_m_s2", v.difference},
            {"gyro_rms_rad_s", v.gyro_rms},
            {"gyro_difference_rms_rad_s", v.gyro_difference}}},
          {"bands", bands},
          {"peak_above_20_hz_m_s2", {{"worn", v.worn_peak}, {"full", v.full_peak}}},
          {"contacts", {{"worn", v.worn_contacts}, {"full", v.full_contacts}}},
          {"greatest_force_n", {{"worn", v.worn_force}, {"full", v.full_force}}}};
}

// One line per recording; bands as rms of full and the ratio of energies worn : full.
void print(const std::vector<Verdict>& verdicts) {
  TextTable table({"motion", "class", "s", "rms", "diff %", "of moving %", "gyro %", "20-60", "x",
                   "60-120", "x", "120-250", "x", "peak worn", "full", "touches", "N worn", "full"},
                  {false, false, true, true, true, true, true, true, true, true, true, true, true,
                   true, true, true, true, true});
  for (const Verdict& v : verdicts) {
    std::vector<std::string> row = {v.motion,
                                    v.class_name,
                                    number(v.duration_s, 1),
                                    number(v.rms, 2),
                                    number(100 * v.difference / v.rms, 1),
                                    number(100 * v.difference / v.moving_rms, 1),
                                    number(100 * v.gyro_difference / v.gyro_rms, 1)};
    for (std::size_t b = 0; b < kJudgedBands.size(); ++b) {
      row.push_back(number(v.full[b], 3));
      row.push_back(ratio(v.worn[b] * v.worn[b], v.full[b] * v.full[b]));
    }
    row.insert(row.end(), {number(v.worn_peak, 2), number(v.full_peak, 2),
                           std::to_string(v.worn_contacts) + ":" + std::to_string(v.full_contacts),
                           number(v.worn_force, 1), number(v.full_force, 1)});
    table.add(row);
  }
  std::cout << "specific force of the case, m/s2: worn (layers 1 and 2) against full (layer 3)\n"
            << table.text("  ");
}

int run_judge(const Options& o) {
  const Assets assets = load_assets(find_assets(), o.contacts.empty());
  if (!o.contacts.empty()) {
    write_contact_table(o.contacts, make_contact_table(assets, o.jobs));
    std::cout << o.contacts << '\n';
    return 0;
  }
  require(!o.recipe.empty(), ErrorKind::usage, "judge: expected a recipe, or --contacts FILE");
  const Recipe recipe = read_recipe(o.recipe, o.set, assets);
  const ClipLibrary clips(recipe.clips, o.jobs);
  require(o.sequence < recipe.recordings, ErrorKind::usage,
          "judge: expected a recording from 0 to " + std::to_string(recipe.recordings - 1));
  const std::int64_t first = o.sequence < 0 ? 0 : o.sequence;
  const std::int64_t count = o.sequence < 0 ? recipe.recordings : 1;
  std::vector<Verdict> verdicts(static_cast<std::size_t>(count));
  parallel_for(count, o.jobs, [&](std::int64_t i) {
    verdicts[static_cast<std::size_t>(i)] =
        judge(draw_scenario(recipe, assets, static_cast<std::uint64_t>(first + i)), assets, clips);
  });
  if (o.json) {
    json all = json::array();
    for (const Verdict& v : verdicts) all.push_back(to_json(v));
    std::cout << json{{"recordings", all}}.dump(2) << '\n';
  } else {
    print(verdicts);
  }
  return 0;
}

}  // namespace

void add_judge(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("judge",
                         "Says how far the default fidelity is from the full one.\n\n"
                         "  wristsim judge assets/recipes/judge.toml\n"
                         "  wristsim judge assets/recipes/quickstart.toml --sequence 3 --json\n"
                         "  wristsim judge --contacts assets/contacts/blows.toml\n");
  command->add_option("recipe", o->recipe, "recipe, TOML; its fidelity does not matter");
  command->add_option("--set", o->set, "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_option("--sequence", o->sequence, "only this recording");
  command->add_option("--contacts", o->contacts,
                      "instead, strike the arm in the engine and write the table of its answers");
  command->add_option("--jobs", o->jobs, "threads")->check(CLI::PositiveNumber);
  command->add_flag("--json", o->json, "print as JSON");
  command->callback([o, &chosen] { chosen = [o] { return run_judge(*o); }; });
}

}  // namespace wrist::cli
