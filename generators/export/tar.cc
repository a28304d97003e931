// SPDX-License-Identifier: Apache-2.0
#include "generators/export/tar.h"

#include <numeric>

#include "sim/base/error.h"

namespace wrist::exports {
namespace {

constexpr std::size_t kBlock = 512, kRecord = 20 * kBlock;

// `digits` octal digits at `at`; what follows is zero.
void put_octal(std::string& header, std::size_t at, std::size_t digits, std::size_t value) {
  for (std::size_t i = digits; i-- > 0; value /= 8)
    header[at + i] = static_cast<char>('0' + value % 8);
}

}  // namespace

// Offsets: name 0, mode 100, uid 108, gid 116, size 124, mtime 136, chksum 148, typeflag 156,
// magic 257, version 263.
std::string tar_header(const std::string& name, std::size_t size) {
  require(name.size() <= 100 && size < (std::size_t{1} << 33), ErrorKind::internal,
          "tar: no room for " + name);
  std::string header(kBlock, '\0');
  header.replace(0, name.size(), name);
  put_octal(header, 100, 7, 0644);
  put_octal(header, 108, 7, 0);
  put_octal(header, 116, 7, 0);
  put_octal(header, 124, 11, size);
  put_octal(header, 136, 11, 0);
  header.replace(148, 8, "        ");  // the sum is taken with blanks here
  header[156] = '0';
  header.replace(257, 5, "ustar");
  header.replace(263, 2, "00");
  const std::size_t sum = std::accumulate(
      header.begin(), header.end(), std::size_t{0},
      [](std::size_t total, char c) { return total + static_cast<unsigned char>(c); });
  put_octal(header, 148, 6, sum);
  header[154] = '\0';
  return header;
}

std::string tar_padding(std::size_t size) {
  return std::string((kBlock - size % kBlock) % kBlock, '\0');
}

std::string tar_end(std::size_t size) {
  const std::size_t least = size + 2 * kBlock;
  return std::string(2 * kBlock + (kRecord - least % kRecord) % kRecord, '\0');
}

}  // namespace wrist::exports
