// SPDX-License-Identifier: Apache-2.0
/// Plain HDF5 arrays for other readers: all of one first dimension, no groups, no dimension scales.
///
///   rows -> chunk of whole rows -> ChunkEncoder -> H5Dwrite_chunk
///
/// Not schema 1: what opens such a file wants arrays (MATLAB, Octave, Hugging Face datasets).
#pragma once

#include <memory>
#include <span>

#include "generators/dataset_hdf.h"

namespace wrist {

struct ArraySpec {
  std::string name;
  Element element = Element::f8;
  std::vector<std::int64_t> row;  // size of the dimensions after the first
  Attributes attributes;          // _FillValue is written in the type of the values
};

class ArrayFile {
 public:
  /// Every array will have `rows` rows, at least one. Like all methods throws Error(io); the caller
  /// names the file, and removes it unless close came through.
  ArrayFile(const std::filesystem::path& file, const Attributes& attributes,
            const std::vector<ArraySpec>& arrays, std::int64_t rows);
  ~ArrayFile();
  ArrayFile(const ArrayFile&) = delete;
  ArrayFile& operator=(const ArrayFile&) = delete;

  /// The next row of the array at position `array`, little-endian. Throws Error(internal) if it is
  /// not one row, or one too many.
  void append(std::size_t array, std::span<const std::byte> row);
  /// Throws Error(internal) if rows are missing.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wrist
