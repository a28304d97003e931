// SPDX-License-Identifier: Apache-2.0
/// The contact table as a file, and how the shipped one is made.
///
///   engine -> make_contact_table -> ContactTable <-> assets/contacts/blows.toml
#pragma once

#include "generators/assets.h"
#include "sim/dynamics/contact_table.h"

namespace wrist {

/// Strikes the arm of the mean man of the first population in the engine: every striker of the
/// library, the pads of thumb and fingers, elbow at 10, 55 and 100 deg, forearm at -60, 0 and 60.
ContactTable make_contact_table(const Assets& assets, int jobs);

/// Whole or not at all: written beside it and renamed. Throws Error(io).
void write_contact_table(const std::filesystem::path& file, const ContactTable& table);

/// Throws Error(usage) with file and line, or naming the entry, for anything that is not as
/// written.
ContactTable read_contact_table(const std::filesystem::path& file);

}  // namespace wrist
