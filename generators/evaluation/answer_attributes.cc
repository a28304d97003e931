// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/answer_attributes.h"

#include "generators/class_card.h"

namespace wrist::evaluation {

std::vector<AnswerAttribute> binary_attributes(const std::vector<AnswerClass>& classes,
                                               const Assets& assets) {
  const std::vector<AttributeSpec> schema =
      read_attribute_schema(assets.folder / "classes" / "attributes.toml");
  std::vector<AnswerAttribute> all;
  for (std::size_t k = 0; k < schema.size(); ++k) {
    if (schema[k].kind != AttributeKind::binary) continue;
    AnswerAttribute attribute{schema[k].name, {}};
    for (const AnswerClass& c : classes) {
      const auto info = assets.classes.find(c.name);
      const bool declared = info != assets.classes.end() && !info->second.attributes.empty();
      attribute.of_class.push_back(declared ? info->second.attributes[k] : kUndeclared);
    }
    all.push_back(attribute);
  }
  return all;
}

}  // namespace wrist::evaluation
