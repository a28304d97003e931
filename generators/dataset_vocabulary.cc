// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_vocabulary.h"

#include "sim/base/error.h"

namespace wrist {

Vocabulary::Vocabulary(std::string title, std::vector<std::string> names)
    : title_(std::move(title)), names_(std::move(names)) {
  for (const std::string& name : names_)
    require(ids_.emplace(name, static_cast<std::int32_t>(ids_.size())).second, ErrorKind::internal,
            title_ + ": \"" + name + "\" is there twice");
}

std::int32_t Vocabulary::id(const std::string& name) const {
  if (name.empty()) return -1;
  const auto found = ids_.find(name);
  require(found != ids_.end(), ErrorKind::internal,
          title_ + ": expected one of " + std::to_string(names_.size()) + " names, found \"" +
              name + "\"");
  return found->second;
}

std::int32_t Vocabulary::id_or_add(const std::string& name) {
  if (name.empty()) return -1;
  const auto [at, is_new] = ids_.emplace(name, static_cast<std::int32_t>(ids_.size()));
  if (is_new) names_.push_back(name);
  return at->second;
}

}  // namespace wrist
