// SPDX-License-Identifier: Apache-2.0
/// A recipe file with the files it includes, as one table:
///
///   include = "base.toml"      # or a list; relative to the file that says so
///
/// Later files win over earlier ones, the file itself over all it includes. [tables] merge key by
/// key; everything else, { inline tables } too, replaces. Values keep the file and line they stand
/// in.
#pragma once

#include <filesystem>

#include "generators/toml_internal.h"

namespace wrist {

/// Throws Error(usage) that names the file and line of a bad, missing or circular include.
toml::table parse_with_includes(const std::filesystem::path& file);

}  // namespace wrist
