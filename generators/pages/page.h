// SPDX-License-Identifier: Apache-2.0
/// Self-contained pages: a bundled template with data put into it. They open from disk and need no
/// network.
#pragma once

#include <filesystem>
#include <string>

namespace wrist {

/// Writes `out`, whole or not at all: the template with `json` where it says <!--wristsim:data-->.
/// Throws Error(io) if the template is missing or `out` cannot be written, Error(internal) if the
/// template has no such place.
void write_page(const std::filesystem::path& page_template, const std::string& json,
                const std::filesystem::path& out);

}  // namespace wrist
