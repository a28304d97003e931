// SPDX-License-Identifier: Apache-2.0
#include "generators/export/npy.h"

#include "sim/base/error.h"

namespace wrist::exports {

std::string npy_header(const std::string& type, const std::vector<std::int64_t>& shape) {
  constexpr std::size_t kAlign = 64, kPreamble = 10;  // magic, version, length
  std::string text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
  for (const std::int64_t n : shape) text += std::to_string(n) + ", ";
  if (shape.size() > 1) text.resize(text.size() - 2);  // (3,) but (3, 4)
  if (shape.size() == 1) text.pop_back();
  text += "), }";
  text.append(kAlign - (kPreamble + text.size() + 1) % kAlign, ' ');
  text += '\n';
  require(text.size() < 65536, ErrorKind::internal, "npy: too many dimensions");
  std::string header = "\x93NUMPY";
  header += '\x01';
  header += '\0';
  header += static_cast<char>(text.size() % 256);
  header += static_cast<char>(text.size() / 256);
  return header + text;
}

}  // namespace wrist::exports
