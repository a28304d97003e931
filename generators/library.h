// SPDX-License-Identifier: Apache-2.0
/// The classes a recipe can ask for without a clip: which activity carries them, which gesture.
#pragma once

#include <string>
#include <vector>

namespace wrist {

struct LibraryClass {
  std::string name;
  std::vector<std::string> activities;  // one of them is drawn per recording
  std::string gesture;                  // laid over the activity; empty: none
};

/// Every library class, sorted by name.
const std::vector<LibraryClass>& library_classes();

/// Throws Error(usage) with a suggestion if there is no such class.
const LibraryClass& library_class(const std::string& name);

}  // namespace wrist
