// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_array.h"

#include <hdf5.h>

#include <algorithm>
#include <array>

#include "generators/dataset_chunk.h"

namespace wrist {
namespace {

using hdf::check;
using hdf::Handle;

// Few enough for random windows, enough for deflate.
constexpr std::int64_t kChunkBytes = 1 << 18, kMostChunkRows = 4096;

struct Array {
  Handle dataset;
  std::size_t row_bytes = 0, element_bytes = 0;
  std::int64_t chunk_rows = 1;
  int rank = 1;
  std::int64_t rows = 0, written = 0;  // given, and in the file
  Bytes chunk;                         // of the rows between
};

hid_t file_type(Element element) {
  const std::array<hid_t, 8> types = {H5T_STD_I8LE, H5T_STD_I16LE, H5T_STD_I32LE,  H5T_STD_I64LE,
                                      H5T_STD_U8LE, H5T_STD_U64LE, H5T_IEEE_F32LE, H5T_IEEE_F64LE};
  return types[static_cast<std::size_t>(element)];
}

Handle creation(const std::vector<hsize_t>& chunk) {
  Handle list(check(H5Pcreate(H5P_DATASET_CREATE), "make a property list"), H5Pclose);
  check(H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
        "track order");
  check(H5Pset_obj_track_times(list, false), "leave times out");
  check(H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data()), "set the chunk");
  check(H5Pset_fill_time(list, H5D_FILL_TIME_NEVER), "set the fill time");
  check(H5Pset_shuffle(list), "add shuffle");
  check(H5Pset_deflate(list, kDeflateLevel), "add deflate");
  check(H5Pset_fletcher32(list), "add fletcher32");
  return list;
}

Array make_array(hid_t file, const ArraySpec& spec, std::int64_t rows) {
  Array a;
  a.element_bytes = a.row_bytes = size_of(spec.element);
  std::vector<hsize_t> size = {static_cast<hsize_t>(rows)};
  for (const std::int64_t n : spec.row) {
    size.push_back(static_cast<hsize_t>(n));
    a.row_bytes *= static_cast<std::size_t>(n);
  }
  a.rank = static_cast<int>(size.size());
  a.chunk_rows = std::clamp<std::int64_t>(kChunkBytes / static_cast<std::int64_t>(a.row_bytes), 1,
                                          std::min(rows, kMostChunkRows));
  std::vector<hsize_t> chunk = size;
  chunk[0] = static_cast<hsize_t>(a.chunk_rows);
  const Handle space(check(H5Screate_simple(a.rank, size.data(), nullptr), "make a dataspace"),
                     H5Sclose);
  const Handle list = creation(chunk);
  a.dataset = Handle(check(H5Dcreate2(file, spec.name.c_str(), file_type(spec.element), space,
                                      H5P_DEFAULT, list, H5P_DEFAULT),
                           "create dataset " + spec.name),
                     H5Dclose);
  for (const auto& [name, value] : spec.attributes)
    hdf::write_attribute(a.dataset, name, value, name == "_FillValue" ? &spec.element : nullptr);
  return a;
}

}  // namespace

struct ArrayFile::State {
  Handle file;
  std::vector<Array> arrays;
  std::int64_t rows = 0;
  ChunkEncoder encoder;

  void write_chunk(Array& a) {
    a.chunk.resize(static_cast<std::size_t>(a.chunk_rows) * a.row_bytes);  // the last is padded
    const Bytes encoded = encoder.encode(a.chunk, a.element_bytes);
    std::vector<hsize_t> offset(static_cast<std::size_t>(a.rank), 0);
    offset[0] = static_cast<hsize_t>(a.written);
    check(H5Dwrite_chunk(a.dataset, H5P_DEFAULT, 0, offset.data(), encoded.size(), encoded.data()),
          "write a chunk");
    a.written = a.rows;
    a.chunk.clear();
  }
};

ArrayFile::ArrayFile(const std::filesystem::path& file, const Attributes& attributes,
                     const std::vector<ArraySpec>& arrays, std::int64_t rows)
    : state_(std::make_unique<State>()) {
  const hdf::Session quiet;
  require(rows > 0, ErrorKind::internal, "an array file: expected at least one row");
  state_->rows = rows;
  state_->file = hdf::create_file(file);
  for (const auto& [name, value] : attributes) hdf::write_attribute(state_->file, name, value);
  for (const ArraySpec& spec : arrays)
    state_->arrays.push_back(make_array(state_->file, spec, rows));
}

ArrayFile::~ArrayFile() {
  const hdf::Session quiet;
  state_.reset();
}

void ArrayFile::append(std::size_t array, std::span<const std::byte> row) {
  const hdf::Session quiet;
  Array& a = state_->arrays.at(array);
  require(row.size() == a.row_bytes && a.rows < state_->rows, ErrorKind::internal,
          "an array file: expected " + std::to_string(state_->rows) + " rows of " +
              std::to_string(a.row_bytes) + " bytes");
  a.chunk.insert(a.chunk.end(), row.begin(), row.end());
  ++a.rows;
  if (a.rows - a.written == a.chunk_rows) state_->write_chunk(a);
}

void ArrayFile::close() {
  const hdf::Session quiet;
  for (Array& a : state_->arrays) {
    require(a.rows == state_->rows, ErrorKind::internal, "an array file: rows are missing");
    if (!a.chunk.empty()) state_->write_chunk(a);
  }
  state_->arrays.clear();
  if (!state_->file.reset()) check(-1, "close the file");
}

}  // namespace wrist
