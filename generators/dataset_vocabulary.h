// SPDX-License-Identifier: Apache-2.0
/// Names and their numbers: files hold numbers, attributes hold the names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace wrist {

/// Names whose number is their position.
class Vocabulary {
 public:
  Vocabulary(std::string title, std::vector<std::string> names);
  /// -1 for an empty name. Throws Error(internal) if the name is not known.
  std::int32_t id(const std::string& name) const;
  /// Like id, but a new name is added at the end.
  std::int32_t id_or_add(const std::string& name);
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::string title_;
  std::vector<std::string> names_;
  std::map<std::string, std::int32_t> ids_;
};

}  // namespace wrist
