// SPDX-License-Identifier: Apache-2.0
#include "generators/library.h"

#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist {

const std::vector<LibraryClass>& library_classes() {
  static const std::vector<LibraryClass> kClasses = {
      {"double_pinch", {"hold", "rest", "walk"}, "double_pinch"},
      {"raise_to_wake", {"raise_to_wake"}, ""},
      {"rest", {"rest"}, ""},
      {"walk", {"walk"}, ""},
      {"wave", {"wave"}, ""},
  };
  return kClasses;
}

const LibraryClass& library_class(const std::string& name) {
  std::vector<std::string> names;
  for (const LibraryClass& c : library_classes()) {
    if (c.name == name) return c;
    names.push_back(c.name);
  }
  const auto hint = closest(name, names);
  std::string list;
  for (const std::string& n : names) list += (list.empty() ? "" : ", ") + n;
  throw Error(ErrorKind::usage, "unknown class \"" + name + "\"" +
                                    (hint ? "; did you mean " + *hint + "?" : "; known: " + list));
}

}  // namespace wrist
