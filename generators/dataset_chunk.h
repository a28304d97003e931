// SPDX-License-Identifier: Apache-2.0
/// One chunk of a dataset as it lies in the file, made outside the HDF5 library and its lock.
///
///   rows -> shuffle -> deflate (zlib stream) -> + Fletcher-32 -> H5Dwrite_chunk
///
/// Any HDF5 reader undoes it with its standard filters. Source: HDF5 File Format Specification 3.0,
/// filters 2 (shuffle), 1 (deflate) and 3 (fletcher32); the checksum as H5_checksum_fletcher32.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace wrist {

using Bytes = std::vector<std::byte>;

/// Rows of every chunk of every dataset: short enough for random windows.
inline constexpr std::int64_t kChunkRows = 1024;
/// Past this level libdeflate spends much time on noise for little.
inline constexpr int kDeflateLevel = 4;

/// Byte k of every element together, for k = 0, 1, ... Size of the result: that of `elements`.
Bytes shuffle(std::span<const std::byte> elements, std::size_t element_bytes);

/// Over big-endian words of 16 bits; an odd last byte counts as the high half of a word.
std::uint32_t fletcher32(std::span<const std::byte> bytes);

/// Encodes chunks one after the other; one per thread.
class ChunkEncoder {
 public:
  ChunkEncoder();
  ~ChunkEncoder();

  /// Throws Error(internal) if memory runs out.
  Bytes encode(std::span<const std::byte> elements, std::size_t element_bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wrist
