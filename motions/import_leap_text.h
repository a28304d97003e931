// SPDX-License-Identifier: Apache-2.0
/// A Leap recording's file as text, gzipped or not.
#pragma once

#include <filesystem>
#include <string>

namespace wrist {

/// The file's text; a gzip file (by its first bytes, whatever its name) is unpacked. Throws
/// Error(bad_data) for more than `most_bytes`, a cut or damaged gzip file; Error(io).
std::string read_maybe_gzip(const std::filesystem::path& file, std::size_t most_bytes);

/// The file's name without its folder, .gz and .json.
std::string recording_name(const std::filesystem::path& file);

}  // namespace wrist
