// SPDX-License-Identifier: Apache-2.0
#include "motions/import_scene_bytes.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <limits>

#include "motions/import_scene.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kGlbMagic = 0x46546C67, kJsonChunk = 0x4E4F534A, kBinaryChunk = 0x004E4942;
constexpr std::size_t kGlbHeader = 12, kChunkHeader = 8;  // bytes

[[noreturn]] void fail(const std::string& file, const std::string& expected,
                       const std::string& found) {
  throw Error(ErrorKind::bad_data, file + ": expected " + expected + ", found " + found);
}

template <typename T>
T read_at(std::string_view bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);  // files and machines are little-endian
  return value;
}

// Component types: bytes each, and the largest whole number that stands for 1 (0: a float).
struct Component {
  int type;
  std::size_t size;
  double one;
};
constexpr std::array<Component, 5> kComponents = {
    {{5120, 1, 127}, {5121, 1, 255}, {5122, 2, 32767}, {5123, 2, 65535}, {5126, 4, 0}}};

double component(std::string_view bytes, std::size_t at, const Component& kind,
                 const std::string& file) {
  constexpr std::uint32_t kNotFinite = 0x7F800000;  // exponent bits of infinities and NaN
  if (kind.one == 0 && (read_at<std::uint32_t>(bytes, at) & kNotFinite) == kNotFinite)
    fail(file, "finite numbers", "one that is not");
  const auto raw = [&]() -> double {
    switch (kind.type) {
      case 5120:
        return read_at<std::int8_t>(bytes, at);
      case 5121:
        return read_at<std::uint8_t>(bytes, at);
      case 5122:
        return read_at<std::int16_t>(bytes, at);
      case 5123:
        return read_at<std::uint16_t>(bytes, at);
      default:
        return static_cast<double>(read_at<float>(bytes, at));
    }
  };
  return kind.one > 0 ? std::max(-1.0, raw() / kind.one) : raw();
}

// "%20" and the like, as uris spell blanks in file names.
std::string percent_decoded(const std::string& uri) {
  std::string text;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    const auto hex = [&](std::size_t at) {
      return at < uri.size() && std::isxdigit(static_cast<unsigned char>(uri[at])) != 0;
    };
    if (uri[i] == '%' && hex(i + 1) && hex(i + 2)) {
      text += static_cast<char>(std::stoi(uri.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      text += uri[i];
    }
  }
  return text;
}

}  // namespace

std::string read_scene_bytes(const fs::path& file) {
  std::error_code fault;
  const std::uintmax_t size = fs::file_size(file, fault);
  require(!fault, ErrorKind::io, file.string() + ": " + fault.message());
  if (size > SceneLimits::bytes)
    fail(file.string(), "at most " + std::to_string(SceneLimits::bytes) + " bytes",
         std::to_string(size));
  if (size == 0) fail(file.string(), "a clip", "an empty file");
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  require(in.good(), ErrorKind::io, file.string() + ": cannot be read");
  return bytes;
}

GlbParts split_glb(std::string_view bytes, const std::string& file) {
  if (bytes.size() < kGlbHeader || read_at<std::uint32_t>(bytes, 0) != kGlbMagic)
    fail(file, "a GLB header (\"glTF\")", "other bytes");
  const auto version = read_at<std::uint32_t>(bytes, 4);
  if (version != 2) fail(file, "version 2 of GLB", std::to_string(version));
  const auto length = read_at<std::uint32_t>(bytes, 8);
  if (length != bytes.size())
    fail(file, "the " + std::to_string(length) + " bytes its header names",
         std::to_string(bytes.size()) + (bytes.size() < length ? " (was it cut?)" : ""));
  GlbParts parts;
  for (std::size_t at = kGlbHeader, chunk = 0; at < bytes.size(); ++chunk) {
    if (bytes.size() - at < kChunkHeader) fail(file, "a chunk header", "the end of the file");
    const std::size_t size = read_at<std::uint32_t>(bytes, at);
    const auto kind = read_at<std::uint32_t>(bytes, at + 4);
    at += kChunkHeader;
    if (size > bytes.size() - at)
      fail(file, "a chunk of " + std::to_string(size) + " bytes",
           "only " + std::to_string(bytes.size() - at));
    if (chunk == 0 && kind != kJsonChunk) fail(file, "JSON as the first chunk", "another kind");
    if (chunk == 0) parts.json = bytes.substr(at, size);
    if (chunk == 1 && kind == kBinaryChunk) parts.binary = bytes.substr(at, size);
    at += size;
  }
  if (parts.json.empty()) fail(file, "a JSON chunk", "none");
  return parts;
}

std::string decode_base64(std::string_view text, const std::string& file) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == kDigits.npos) fail(file, "base64 in a data uri", "another character");
    held = (held << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFF;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xFF);
  }
  return bytes;
}

std::string linked_bytes(const std::string& uri, const fs::path& file) {
  if (uri.starts_with("data:")) {
    const std::size_t mark = uri.find(";base64,");
    if (mark == uri.npos) fail(file.string(), "a base64 data uri", "another");
    return decode_base64(std::string_view(uri).substr(mark + 8), file.string());
  }
  const std::string relative = percent_decoded(uri);
  std::error_code fault;
  const fs::path folder = fs::canonical(fs::absolute(file).parent_path(), fault);
  require(!fault, ErrorKind::io, file.string() + ": " + fault.message());
  const fs::path target = fs::weakly_canonical(folder / relative, fault);
  const auto [rest, other] =
      std::mismatch(folder.begin(), folder.end(), target.begin(), target.end());
  const bool inside = !fault && rest == folder.end() && other != target.end();
  if (!inside || relative.find("://") != relative.npos || relative.find('\0') != relative.npos)
    fail(file.string(), "a buffer in the file's own folder", '"' + uri.substr(0, 80) + '"');
  require(fs::is_regular_file(target, fault), ErrorKind::bad_data,
          file.string() + ": its buffer " + relative + " is not there");
  return read_scene_bytes(target);
}

Eigen::ArrayXXd unpack(std::string_view bytes, const PackedNumbers& layout,
                       const std::string& file) {
  const auto kind = std::find_if(kComponents.begin(), kComponents.end(), [&](const Component& c) {
    return c.type == layout.component_type;
  });
  if (kind == kComponents.end())
    fail(file, "numbers of type 5120 to 5123 or 5126", std::to_string(layout.component_type));
  const std::size_t element = kind->size * layout.components;
  const std::size_t stride = layout.stride > 0 ? layout.stride : element;
  const bool fits = layout.offset <= bytes.size() && layout.count > 0 && stride >= element &&
                    bytes.size() - layout.offset >= element &&
                    layout.count - 1 <= (bytes.size() - layout.offset - element) / stride;
  if (!fits)
    fail(file, "an accessor inside its buffer",
         std::to_string(layout.count) + " elements at " + std::to_string(layout.offset) + " in " +
             std::to_string(bytes.size()) + " bytes");
  Eigen::ArrayXXd values(layout.count, layout.components);
  for (std::size_t k = 0; k < layout.count; ++k)
    for (std::size_t c = 0; c < layout.components; ++c)
      values(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(c)) =
          component(bytes, layout.offset + k * stride + c * kind->size, *kind, file);
  return values;
}

}  // namespace wrist
