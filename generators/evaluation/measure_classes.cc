// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/measure_classes.h"

#include "generators/evaluation/measure_attributes.h"
#include "generators/evaluation/wrist_figures.h"
#include "generators/make_recording.h"
#include "generators/recipe.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist {
namespace {

using Figures = std::map<std::string, double>;

Recipe recipe_of(const Assets& assets, const MeasureOptions& options) {
  std::vector<std::string> set = {"subjects.count=" + std::to_string(options.people),
                                  "seed=" + std::to_string(options.seed)};
  std::string list;
  for (const std::string& name : options.classes)
    list += (list.empty() ? "\"" : ", \"") + name + "\"";
  if (!list.empty()) set.push_back("motions.classes=[" + list + "]");
  return read_recipe(assets.folder / "recipes" / "library.toml", set, assets);
}

AttributeSpread spread_of(const std::vector<double>& values) {
  const Eigen::ArrayXd all = Eigen::Map<const Eigen::ArrayXd>(values.data(), std::ssize(values));
  return {quantile(all, 0.5), all.minCoeff(), all.maxCoeff(), static_cast<int>(values.size())};
}

}  // namespace

std::map<std::string, AttributeSpreads> measure_classes(const Assets& assets,
                                                        const MeasureOptions& options) {
  const Recipe recipe = recipe_of(assets, options);
  const ClipLibrary no_clips({}, 1);
  std::vector<Figures> all(static_cast<std::size_t>(recipe.recordings));
  std::vector<std::string> names(all.size());
  parallel_for(recipe.recordings, options.jobs, [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    const Scenario scenario = draw_scenario(recipe, assets, at);
    names[at] = scenario.class_name;
    all[at] = measure_attributes(make_recording(scenario, assets, no_clips), scenario.class_name);
  });
  std::map<std::string, std::map<std::string, std::vector<double>>> values;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const auto& [name, figure] : all[i]) values[names[i]][name].push_back(figure);
  std::map<std::string, AttributeSpreads> spreads;
  for (const auto& [class_name, figures] : values)
    for (const auto& [name, list] : figures) spreads[class_name][name] = spread_of(list);
  return spreads;
}

std::vector<AttributeCheck> check_attributes(const ClassCards& cards, const std::string& class_name,
                                             const AttributeSpreads& measured) {
  const auto card = cards.cards.find(class_name);
  require(card != cards.cards.end(), ErrorKind::usage,
          "class \"" + class_name + "\" has no card in assets/classes");
  std::vector<AttributeCheck> checks;
  for (const AttributeSpec& spec : cards.schema) {
    const auto declared = card->second.attributes.find(spec.name);
    const auto found = measured.find(spec.name);
    if (declared == card->second.attributes.end() || found == measured.end()) continue;
    AttributeCheck check{class_name,       spec.name,
                         declared->second, accepted(spec, declared->second),
                         found->second,    false};
    check.agrees =
        check.measured.median >= check.bounds[0] && check.measured.median <= check.bounds[1];
    checks.push_back(check);
  }
  return checks;
}

}  // namespace wrist
