// SPDX-License-Identifier: Apache-2.0
#include "generators/library.h"

#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

bool is_class(const MovementSpec& movement) {
  return movement.label.empty() || movement.label == movement.name;
}

}  // namespace

std::vector<std::string> library_classes(const Assets& assets) {
  std::vector<std::string> names;
  for (const auto& [name, movement] : assets.movements)
    if (is_class(movement)) names.push_back(name);
  return names;
}

std::vector<std::string> activities_of(const MovementSpec& movement) {
  return movement.event ? movement.over : std::vector<std::string>{movement.name};
}

Mix carriers(const MovementSpec& movement, const Mix& over) {
  if (over.names.empty()) return {movement.over, {}};
  Mix carrying;
  for (const std::string& name : movement.over)
    for (std::size_t i = 0; i < over.names.size(); ++i) {
      if (over.names[i] != name || (!over.weights.empty() && over.weights[i] <= 0)) continue;
      carrying.names.push_back(name);
      if (!over.weights.empty()) carrying.weights.push_back(over.weights[i]);
    }
  return carrying;
}

const MovementSpec& library_class(const Assets& assets, const std::string& name) {
  if (const auto found = assets.movements.find(name);
      found != assets.movements.end() && is_class(found->second))
    return found->second;
  const std::vector<std::string> names = library_classes(assets);
  const auto hint = closest(name, names);
  std::string list;
  for (const std::string& known : names) list += (list.empty() ? "" : ", ") + known;
  throw Error(ErrorKind::usage, "unknown class \"" + name + "\"" +
                                    (hint ? "; did you mean " + *hint + "?" : "; known: " + list));
}

}  // namespace wrist
