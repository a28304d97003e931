// SPDX-License-Identifier: Apache-2.0
#include "generators/assets.h"

#include <algorithm>
#include <cstdlib>

#include "generators/assets_internal.h"
#include "generators/class_card.h"
#include "generators/contact_asset.h"
#include "generators/movement_file.h"
#include "generators/sha256.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

template <typename Visit>
void for_each_asset(const fs::path& folder, const Visit& visit) {
  require(fs::is_directory(folder), ErrorKind::usage,
          folder.string() + ": expected a folder of assets");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const toml::table parsed = parse_toml_file(file);
    const TomlTable table(parsed, file.string());
    try {
      visit(file.stem().string(), table);
    } catch (const Error& error) {  // a check of a finished spec knows no file
      const std::string text = error.what(), name = file.string();
      throw Error(error.kind(), text.find(name) == std::string::npos ? name + ": " + text : text);
    }
    table.finish();
  }
}

template <typename T>
const T& look_up(const std::map<std::string, T>& map, const std::string& name, const char* kind) {
  const auto found = map.find(name);
  if (found != map.end()) return found->second;
  std::string list;
  for (const auto& [key, value] : map) list += (list.empty() ? "" : ", ") + key;
  throw Error(ErrorKind::usage,
              std::string("unknown ") + kind + " \"" + name + "\"; known: " + list);
}

// Of a class that only clips show: the card is all there is.
ClassInfo class_info(const ClassCard& card, const std::vector<AttributeSpec>& schema) {
  return {card.name,
          card.descriptions.front(),
          card.descriptions,
          card.parents.front(),
          attribute_row(card, schema),
          false,
          false,
          false};
}

// Whether only single instances carry the label, each of which is an event.
bool labels_instances(const MovementSpec& m) { return m.event || !m.labelled[0].empty(); }

// The movement's own words first, then those of its card, if it has one.
void add_movement(std::map<std::string, ClassInfo>& classes, const MovementSpec& m) {
  ClassInfo& info = classes[m.name];
  std::vector<std::string> prompts = m.prompts;
  prompts.insert(prompts.end(), info.prompts.begin(), info.prompts.end());
  info = {m.name,          m.definition, prompts, m.parent,
          info.attributes, m.rare,       false,   labels_instances(m)};
}

}  // namespace

const WatchSpec& Assets::watch(const std::string& name) const {
  return look_up(watches, name, "watch");
}
const StrapSpec& Assets::strap(const std::string& name) const {
  return look_up(straps, name, "strap");
}
const MovementSpec& Assets::movement(const std::string& name) const {
  return look_up(movements, name, "movement");
}
const StyleSpec& Assets::style(const std::string& name) const {
  return look_up(styles, name, "style");
}
const PopulationSpec& Assets::population(const std::string& name) const {
  return look_up(populations, name, "population");
}

Assets load_assets(const fs::path& folder, bool with_contacts) {
  Assets assets;
  assets.folder = folder;
  for_each_asset(folder / "watches", [&](const std::string& stem, const TomlTable& t) {
    assets.watches[stem] = read_watch(t, folder);
  });
  for_each_asset(folder / "straps", [&](const std::string& stem, const TomlTable& t) {
    assets.straps[stem] = read_strap(t);
  });
  for_each_asset(folder / "subjects", [&](const std::string& stem, const TomlTable& t) {
    assets.populations[stem] = read_population(t);
  });
  for_each_asset(folder / "styles", [&](const std::string& stem, const TomlTable& t) {
    assets.styles[stem] = read_style(t);
    assets.styles[stem].sha256 = file_sha256(folder / "styles" / (stem + ".toml"));
  });
  const ClassCards cards = read_class_cards(folder / "classes");
  for (const auto& [name, card] : cards.cards)
    assets.classes[name] = class_info(card, cards.schema);
  assets.movements = read_movements(folder / "gestures");
  for (const auto& [name, m] : assets.movements)
    if (m.label.empty() || m.label == name) add_movement(assets.classes, m);
  for (const auto& [name, m] : assets.movements)
    if (const auto card = assets.classes.find(m.label.empty() ? name : m.label);
        card != assets.classes.end() && !labels_instances(m))
      card->second.by_event = false;
  for_each_asset(folder / "optics", [&](const std::string&, const TomlTable& t) {
    assets.path_tables.push_back(read_path_table(t));
  });
  if (with_contacts) assets.contacts = read_contact_table(folder / "contacts" / "blows.toml");
  return assets;
}

fs::path find_assets() {
  if (const char* named = std::getenv("WRISTSIM_ASSETS")) return named;
  std::error_code status;
  const fs::path program = fs::read_symlink("/proc/self/exe", status);
  for (fs::path above = program.parent_path(); !above.empty() && above != above.root_path();
       above = above.parent_path())
    for (const char* place : {"share/wristsim/assets", "assets"})
      if (fs::is_directory(above / place / "watches")) return above / place;
  throw Error(ErrorKind::usage,
              "the asset folder was not found beside the program; set WRISTSIM_ASSETS to it");
}

}  // namespace wrist
