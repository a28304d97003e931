// SPDX-License-Identifier: Apache-2.0
/// NumPy's .npy, version 1.0: a header of text, then the values in C order.
///
/// Source: NumPy reference, numpy.lib.format.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace wrist::exports {

static_assert(std::endian::native == std::endian::little, "values are written as they lie");

/// "<f4", "<i8": NumPy's name of a number.
template <typename T>
std::string npy_type() {
  static_assert(std::is_arithmetic_v<T> && sizeof(T) > 1);
  const char kind = std::is_floating_point_v<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
  return std::string("<") + kind + std::to_string(sizeof(T));
}

/// The bytes before the values of an array of that type and shape; a multiple of 64 of them, so
/// that a memory map is aligned.
std::string npy_header(const std::string& type, const std::vector<std::int64_t>& shape);

}  // namespace wrist::exports
