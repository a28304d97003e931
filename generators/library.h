// SPDX-License-Identifier: Apache-2.0
/// The classes a recipe can ask for without a clip: every movement of the library that is a class
/// of its own.
#pragma once

#include <string>
#include <vector>

#include "generators/assets.h"
#include "generators/law.h"

namespace wrist {

/// Names, sorted.
std::vector<std::string> library_classes(const Assets& assets);

/// What it is performed over: itself, if it fills the time.
std::vector<std::string> activities_of(const MovementSpec& movement);

/// Those of them that are in `over`, with its weights; all of them if `over` is empty.
Mix carriers(const MovementSpec& movement, const Mix& over);

/// The movement of that class. Throws Error(usage) with a suggestion if there is none.
const MovementSpec& library_class(const Assets& assets, const std::string& name);

}  // namespace wrist
