// SPDX-License-Identifier: Apache-2.0
/// The bytes of a glTF 2 file: chunks, buffers, packed numbers. Knows no JSON.
///
///   .glb -> chunks -> JSON text + binary;  uri -> bytes;  bytes + layout -> K x C numbers
///
/// Source: glTF 2.0 specification (Khronos, ISO/IEC 12113), sections 3.6 and 4.4.
#pragma once

#include <Eigen/Core>
#include <cfenv>
#include <filesystem>
#include <string>
#include <string_view>

namespace wrist {

/// The whole file, at most SceneLimits::bytes. Throws Error(io), Error(bad_data).
std::string read_scene_bytes(const std::filesystem::path& file);

/// Holds floating-point traps off while a third party's reader meets numbers out of range.
class QuietFloats {
 public:
  QuietFloats() { std::feholdexcept(&before_); }
  ~QuietFloats() { std::fesetenv(&before_); }
  QuietFloats(const QuietFloats&) = delete;
  QuietFloats& operator=(const QuietFloats&) = delete;

 private:
  std::fenv_t before_;
};

/// The two chunks of a GLB; views of the bytes given.
struct GlbParts {
  std::string_view json, binary;
};

/// Throws Error(bad_data) unless lengths and kinds of the chunks are those of a whole GLB 2.
GlbParts split_glb(std::string_view bytes, const std::string& file);

/// Decodes base64 without line breaks. Throws Error(bad_data).
std::string decode_base64(std::string_view text, const std::string& file);

/// The bytes a buffer's uri stands for: a data uri, or a file in the folder of `file` or below it.
std::string linked_bytes(const std::string& uri, const std::filesystem::path& file);

/// How an accessor's numbers lie in a buffer.
struct PackedNumbers {
  int component_type = 5126;   // 5120 int8 .. 5126 float, as in OpenGL
  std::size_t components = 1;  // C
  std::size_t count = 0;       // K
  std::size_t offset = 0;      // bytes, of the first element
  std::size_t stride = 0;      // bytes from element to element; 0: packed
};

/// Shape K x C; integers are read as normalised, -1..1 or 0..1. Throws Error(bad_data) where they
/// would lie outside of the bytes.
Eigen::ArrayXXd unpack(std::string_view bytes, const PackedNumbers& layout,
                       const std::string& file);

}  // namespace wrist
