// SPDX-License-Identifier: Apache-2.0
/// A tar archive of regular files, as POSIX.1-1988 (ustar) lays it out, of the same bytes every
/// time: no time, no owner, mode 644.
#pragma once

#include <string>

namespace wrist::exports {

/// What stands before the content of a file of that name and size, 512 bytes. Throws
/// Error(internal) for a name above 100 bytes or a size above 8 GiB.
std::string tar_header(const std::string& name, std::size_t size);
/// What fills a content of that size up to blocks of 512 bytes.
std::string tar_padding(std::size_t size);
/// What ends an archive of that size: two empty blocks, and up to a record of 10 240 bytes.
std::string tar_end(std::size_t size);

}  // namespace wrist::exports
