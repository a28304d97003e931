// SPDX-License-Identifier: Apache-2.0
/// What the simulator says of classes over several people, held against what their cards declare.
///
///   class x people -> recordings -> figures -> median and spread <-> band of the card
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generators/assets.h"
#include "generators/class_card.h"

namespace wrist {

/// Over people.
struct AttributeSpread {
  double median = 0, low = 0, high = 0;  // lowest and highest of anyone
  int count = 0;                         // recordings it could be measured in
};
using AttributeSpreads = std::map<std::string, AttributeSpread>;  // by attribute

struct MeasureOptions {
  std::vector<std::string> classes;  // empty: every class of the library
  int people = 5;
  std::uint64_t seed = 31;
  int jobs = 1;
};

/// Each class once by every person, with the wear of assets/recipes/library.toml. By class.
std::map<std::string, AttributeSpreads> measure_classes(const Assets& assets,
                                                        const MeasureOptions& options);

/// One attribute of a class, declared and measured.
struct AttributeCheck {
  std::string class_name, attribute;
  DeclaredBand declared{};
  std::array<double, 2> bounds{};  // what the median has to lie in, see accepted()
  AttributeSpread measured;
  bool agrees = false;
};

/// Every attribute that is both declared and measured, in the order of the schema.
std::vector<AttributeCheck> check_attributes(const ClassCards& cards, const std::string& class_name,
                                             const AttributeSpreads& measured);

}  // namespace wrist
