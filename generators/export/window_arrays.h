// SPDX-License-Identifier: Apache-2.0
/// How windows of one device stand in plain HDF5 arrays, whatever stands beside them.
#pragma once

#include "generators/dataset_array.h"
#include "generators/export/window_reader.h"

namespace wrist::exports {

/// Of the file: watch, axes, conventions, length of a window.
Attributes profile_attributes(const Profile& profile);

/// "imu" i2[W,6,T], "optical" i4[W,C,Tp], "start_ns" i8[W].
ArraySpec imu_array(const Profile& profile);
ArraySpec optical_array(const Profile& profile);
ArraySpec start_array();

/// Appends a window's counts, T x 6 or Tp x C, as a row of such an array.
template <typename T>
void append_window(ArrayFile& file, std::size_t array, const Rows<T>& counts) {
  const Rows<T> turned = counts.transpose();
  file.append(array,
              std::as_bytes(std::span(turned.data(), static_cast<std::size_t>(turned.size()))));
}

template <typename T>
void append_value(ArrayFile& file, std::size_t array, T value) {
  file.append(array, std::as_bytes(std::span(&value, 1)));
}

}  // namespace wrist::exports
