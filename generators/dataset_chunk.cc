// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_chunk.h"

#include <libdeflate.h>

#include <algorithm>

#include "sim/base/error.h"

namespace wrist {

struct ChunkEncoder::State {
  libdeflate_compressor* deflate = libdeflate_alloc_compressor(kDeflateLevel);
  ~State() { libdeflate_free_compressor(deflate); }
};

ChunkEncoder::ChunkEncoder() : state_(std::make_unique<State>()) {
  require(state_->deflate != nullptr, ErrorKind::internal, "no memory for a compressor");
}

ChunkEncoder::~ChunkEncoder() = default;

Bytes shuffle(std::span<const std::byte> elements, std::size_t element_bytes) {
  Bytes out(elements.size());
  const std::size_t count = elements.size() / element_bytes;
  for (std::size_t k = 0; k < element_bytes; ++k) {
    const std::byte* from = elements.data() + k;
    std::byte* to = out.data() + k * count;
    for (std::size_t i = 0; i < count; ++i) to[i] = from[i * element_bytes];
  }
  return out;
}

std::uint32_t fletcher32(std::span<const std::byte> bytes) {
  const auto byte = [&](std::size_t i) { return std::to_integer<std::uint32_t>(bytes[i]); };
  const auto fold = [](std::uint32_t sum) { return (sum & 0xffff) + (sum >> 16); };
  constexpr std::size_t kWordsBeforeOverflow = 360;
  std::uint32_t first = 0, second = 0;
  const std::size_t words = bytes.size() / 2;
  for (std::size_t start = 0; start < words; start += kWordsBeforeOverflow) {
    for (std::size_t i = start; i < std::min(words, start + kWordsBeforeOverflow); ++i)
      second += first += (byte(2 * i) << 8) | byte(2 * i + 1);
    first = fold(first), second = fold(second);
  }
  if (bytes.size() % 2 != 0) {
    second += first += byte(bytes.size() - 1) << 8;
    first = fold(first), second = fold(second);
  }
  return (fold(second) << 16) | fold(first);
}

Bytes ChunkEncoder::encode(std::span<const std::byte> elements, std::size_t element_bytes) {
  const Bytes planes = shuffle(elements, element_bytes);
  Bytes out(libdeflate_zlib_compress_bound(state_->deflate, planes.size()) + 4);
  const std::size_t size = libdeflate_zlib_compress(state_->deflate, planes.data(), planes.size(),
                                                    out.data(), out.size() - 4);
  require(size > 0, ErrorKind::internal, "a chunk did not fit its compression bound");
  const std::uint32_t sum = fletcher32(std::span(out).first(size));
  for (std::size_t k = 0; k < 4; ++k) out[size + k] = static_cast<std::byte>(sum >> (8 * k));
  out.resize(size + 4);
  return out;
}

}  // namespace wrist
