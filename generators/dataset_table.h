// SPDX-License-Identifier: Apache-2.0
/// What a dataset is, without HDF5: its element type, its dimensions, its attributes, its bytes.
#pragma once

#include <array>
#include <cstring>
#include <type_traits>

#include "generators/channel.h"
#include "generators/dataset_chunk.h"

namespace wrist {

/// The only element types of schema 1, little-endian.
enum class Element { i1, i2, i4, i8, u1, u8, f4, f8 };

inline constexpr std::array<const char*, 8> kElementNames = {"i1", "i2", "i4", "i8",
                                                             "u1", "u8", "f4", "f8"};

inline std::string to_string(Element e) { return kElementNames[static_cast<std::size_t>(e)]; }

inline std::size_t size_of(Element element) {
  return static_cast<std::size_t>(kElementNames[static_cast<std::size_t>(element)][1] - '0');
}

template <typename T>
constexpr Element element_of() {
  if constexpr (std::is_same_v<T, std::int8_t>)
    return Element::i1;
  else if constexpr (std::is_same_v<T, std::int16_t>)
    return Element::i2;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return Element::i4;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return Element::i8;
  else if constexpr (std::is_same_v<T, std::uint8_t>)
    return Element::u1;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return Element::u8;
  else if constexpr (std::is_same_v<T, float>)
    return Element::f4;
  else {
    static_assert(std::is_same_v<T, double>, "not an element type of schema 1");
    return Element::f8;
  }
}

/// One dataset. A dimension is named, and shared by name within its group.
struct ColumnSpec {
  std::string name;
  Element element = Element::f8;
  std::int64_t columns = 1;
  std::string row_dimension;     // of the first dimension, which grows
  std::string column_dimension;  // of the second; empty for a vector
  Attributes attributes;

  bool operator==(const ColumnSpec&) const = default;
  int rank() const { return column_dimension.empty() ? 1 : 2; }
  std::size_t row_bytes() const { return static_cast<std::size_t>(columns) * size_of(element); }
};

/// A group of small datasets, complete in memory.
struct Table {
  struct Column {
    ColumnSpec spec;
    Bytes values;
  };
  std::string group;
  Attributes attributes;
  std::vector<Column> columns;
};

template <typename T>
Bytes to_bytes(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// A vector as a dataset of one dimension.
template <typename T>
Table::Column table_column(const std::string& name, const std::string& row_dimension,
                           const std::vector<T>& values, const Attributes& attributes = {}) {
  return {{name, element_of<T>(), 1, row_dimension, "", attributes}, to_bytes(values)};
}

}  // namespace wrist
