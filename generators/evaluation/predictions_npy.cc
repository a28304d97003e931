// SPDX-License-Identifier: Apache-2.0
// NumPy's .npy, versions 1 to 3. Source: NumPy reference, numpy.lib.format.
#include <bit>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>

#include "generators/evaluation/predictions.h"
#include "generators/report/csv_reader.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using report::bad_file;

static_assert(std::endian::native == std::endian::little, "values are read as they lie");

constexpr std::size_t kPreamble = 8;  // magic and version

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  require(in.is_open() && !fs::is_directory(file), ErrorKind::io,
          file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Header {
  std::string text;     // a Python dictionary
  std::size_t end = 0;  // where the values begin
};

Header header_of(const fs::path& file, const std::string& bytes) {
  if (bytes.size() < kPreamble + 4 || !bytes.starts_with("\x93NUMPY"))
    bad_file(file, "expected a .npy file, found something else");
  const std::size_t length_bytes = bytes[6] == 1 ? 2 : 4;
  std::size_t length = 0;
  for (std::size_t i = length_bytes; i-- > 0;)
    length = length * 256 + static_cast<unsigned char>(bytes[kPreamble + i]);
  const std::size_t start = kPreamble + length_bytes;
  if (length > bytes.size() - start) bad_file(file, "is cut off within its header");
  return {bytes.substr(start, length), start + length};
}

// What stands after 'key': in the header, to the end of it.
std::string value_of(const fs::path& file, const std::string& header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "':");
  if (at == std::string::npos) bad_file(file, "its header has no \"" + key + "\"");
  const std::size_t value = header.find_first_not_of(' ', at + key.size() + 3);
  return value == std::string::npos ? "" : header.substr(value);
}

std::vector<Index> shape_of(const fs::path& file, const std::string& header) {
  const std::string value = value_of(file, header, "shape");
  const std::string inside = value.substr(0, value.find(')'));
  std::vector<Index> shape;
  for (std::size_t i = 0; i < inside.size();) {
    Index n = 0;
    const auto [end, failure] =
        std::from_chars(inside.data() + i, inside.data() + inside.size(), n);
    if (failure == std::errc()) shape.push_back(n);
    i = failure == std::errc() ? static_cast<std::size_t>(end - inside.data()) : i + 1;
  }
  return shape;
}

template <typename T>
Scores values_of(const fs::path& file, const std::string& bytes, std::size_t at,
                 const std::vector<Index>& shape) {
  const std::size_t rows = static_cast<std::size_t>(shape[0]),
                    columns = static_cast<std::size_t>(shape[1]), held = bytes.size() - at;
  if (columns == 0 || held % (columns * sizeof(T)) != 0 || held / (columns * sizeof(T)) != rows)
    bad_file(file, "expected " + std::to_string(rows) + " x " + std::to_string(columns) +
                       " values, found " + std::to_string(held) + " bytes of " +
                       std::to_string(sizeof(T)) + " each");
  Scores scores(shape[0], shape[1]);
  for (Index i = 0; i < scores.size(); ++i) {
    T value;
    std::memcpy(&value, bytes.data() + at + static_cast<std::size_t>(i) * sizeof(T), sizeof(T));
    scores.data()[i] = static_cast<double>(value);
  }
  return scores;
}

}  // namespace

Scores read_npy_scores(const fs::path& file) {
  const std::string bytes = bytes_of(file);
  const Header header = header_of(file, bytes);
  const std::vector<Index> shape = shape_of(file, header.text);
  if (shape.size() != 2 || shape[0] < 0 || shape[1] < 0)
    bad_file(file, "expected an array of windows by classes, found " +
                       std::to_string(shape.size()) + " dimensions");
  if (!value_of(file, header.text, "fortran_order").starts_with("False"))
    bad_file(file, "expected C order, found Fortran order; numpy.ascontiguousarray makes it");
  const std::string type = value_of(file, header.text, "descr");
  if (type.starts_with("'<f4'")) return values_of<float>(file, bytes, header.end, shape);
  if (type.starts_with("'<f8'")) return values_of<double>(file, bytes, header.end, shape);
  bad_file(file,
           "expected float32 or float64 ('<f4', '<f8'), found " + type.substr(0, type.find(',')));
}

}  // namespace wrist::evaluation
