// SPDX-License-Identifier: Apache-2.0
/// SHA-256 of bytes that arrive in pieces: the name of a content, the same on every machine.
///
///   update(bytes) ... -> 64-byte blocks -> compression function -> 64 hexadecimal digits
///
/// Source: FIPS PUB 180-4, "Secure Hash Standard", sections 5.3.3 and 6.2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace wrist {

class Sha256 {
 public:
  /// `portable` leaves the CPU's own SHA instructions unused; the digest is the same.
  explicit Sha256(bool portable = false);

  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);

  /// The digest of all bytes so far, in lower case; more may follow.
  std::string hex() const;

 private:
  void compress(const std::byte* bytes, std::size_t blocks);
  void finish();

  bool fast_ = false;  // the CPU has SHA instructions
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::byte, 64> block_{};
  std::size_t filled_ = 0;    // bytes of block_ in use, always below 64
  std::uint64_t length_ = 0;  // bytes in all
};

/// The digest of one text, such as a recipe.
std::string sha256(std::string_view text);
/// Of a file's bytes. Throws Error(io) if it cannot be read.
std::string file_sha256(const std::filesystem::path& file);

}  // namespace wrist
