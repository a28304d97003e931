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

/// Who writes, or wrote, a file of such a name.
enum class Writer { none, alive, gone, elsewhere };
/// none: the name is not temporary_file's. elsewhere: another machine's, of which nothing is known.
/// A process that started after the file was last written to is another one with the same number.
Writer writer_of(const std::filesystem::path& temporary);
/// "X" of "X.tmp.<host>.<pid>"; empty if the name is no such name.
std::string committed_name(const std::filesystem::path& temporary);
/// Removes what dead processes of this machine left of `file`.
void remove_abandoned(const std::filesystem::path& file);

/// Gives the closed file `temporary` the name `file`. Throws Error(io).
void commit_file(const std::filesystem::path& temporary, const std::filesystem::path& file);

/// Writes a text whole or not at all. Throws Error(io).
void write_text_file(const std::filesystem::path& file, const std::string& text);

}  // namespace wrist
