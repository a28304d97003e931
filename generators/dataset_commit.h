// SPDX-License-Identifier: Apache-2.0
/// A file that is there whole or not at all, after a crash and a power cut too.
///
///   X.tmp.<host>.<pid> -> fsync -> rename to X -> fsync of the folder
#pragma once

#include <filesystem>
#include <string>

namespace wrist {

/// The name to write `file` under: in the same folder, of this program on this machine alone.
std::filesystem::path temporary_file(const std::filesystem::path& file);

/// Gives the closed file `temporary` the name `file`. Throws Error(io).
void commit_file(const std::filesystem::path& temporary, const std::filesystem::path& file);

/// Writes a text whole or not at all. Throws Error(io).
void write_text_file(const std::filesystem::path& file, const std::string& text);

}  // namespace wrist
