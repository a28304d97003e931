// SPDX-License-Identifier: Apache-2.0
#include "motions/import_leap_text.h"

#include <libdeflate.h>

#include <fstream>
#include <memory>

#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr std::size_t kLeastGzip = 18;  // bytes; header and trailer, RFC 1952

bool is_gzip(const std::string& bytes) {
  return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

// The unpacked size modulo 2^32: the last four bytes, little-endian. RFC 1952.
std::size_t written_size(const std::string& bytes) {
  std::size_t size = 0;
  for (std::size_t b = 1; b <= 4; ++b)
    size = size << 8 | static_cast<unsigned char>(bytes[bytes.size() - b]);
  return size;
}

void require_size(std::uintmax_t size, std::size_t most, const std::string& file) {
  require(size <= most, ErrorKind::bad_data,
          file + ": expected at most " + std::to_string(most) + " bytes of text, found " +
              std::to_string(size));
}

std::string unpack(const std::string& bytes, const std::string& file, std::size_t most_bytes) {
  const std::string damaged =
      file + ": expected a whole gzip file of one member, found a cut or damaged one";
  require(bytes.size() >= kLeastGzip, ErrorKind::bad_data, damaged);
  const std::size_t size = written_size(bytes);
  require_size(size, most_bytes, file);
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflate(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  std::string text(size, '\0');
  std::size_t read = 0, made = 0;
  const libdeflate_result result = libdeflate_gzip_decompress_ex(
      inflate.get(), bytes.data(), bytes.size(), text.data(), text.size(), &read, &made);
  require(result == LIBDEFLATE_SUCCESS && read == bytes.size() && made == size, ErrorKind::bad_data,
          damaged);
  return text;
}

}  // namespace

std::string read_maybe_gzip(const std::filesystem::path& file, std::size_t most_bytes) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(file, fault);
  require(!fault, ErrorKind::io, file.string() + ": " + fault.message());
  require_size(size, most_bytes, file.string());
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  require(in.good() || size == 0, ErrorKind::io, file.string() + ": cannot be read");
  return is_gzip(bytes) ? unpack(bytes, file.string(), most_bytes) : bytes;
}

std::string recording_name(const std::filesystem::path& file) {
  std::filesystem::path name = file.filename();
  while (name.extension() == ".gz" || name.extension() == ".json") name = name.stem();
  return name.string();
}

}  // namespace wrist
