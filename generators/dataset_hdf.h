// SPDX-License-Identifier: Apache-2.0
/// The little of the HDF5 C API that schema 1 needs: handles that close themselves, and errors.
///
/// Every object tracks creation order and no times. Functions throw Error(io) when writing and
/// Error(bad_data) when reading, with HDF5's innermost reason or the system's.
#pragma once

#include <filesystem>
#include <utility>

#include "generators/dataset_table.h"
#include "sim/base/error.h"

namespace wrist::hdf {

using Id = std::int64_t;  // HDF5's hid_t
using Status = int;       // HDF5's herr_t

/// Owns one identifier.
class Handle {
 public:
  using Close = Status (*)(Id);
  Handle() = default;
  Handle(Id id, Close close) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() { reset(); }

  operator Id() const { return id_; }  // NOLINT: the C API takes it everywhere
  /// Closes now; false if that failed.
  bool reset() { return id_ < 0 || close_(std::exchange(id_, -1)) >= 0; }

 private:
  Id id_ = -1;
  Close close_ = nullptr;
};

/// While alive, HDF5 prints nothing on this thread.
class Session {
 public:
  Session();
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  Status (*print_)(Id, void*) = nullptr;
  void* print_argument_ = nullptr;
};

/// Why the last call failed: the system's words if there are any, else HDF5's innermost.
std::string reason();

/// `value` unless it is negative; then throws Error(io, "cannot <what>: <reason>").
template <typename T>
T check(T value, const std::string& what) {
  if (value < 0) throw Error(ErrorKind::io, "cannot " + what + ": " + reason());
  return value;
}

/// --- writing ---

/// A new file with library bounds EARLIEST..V18, not locked: its name is of this program alone.
Handle create_file(const std::filesystem::path& path);
Handle create_group(Id file, const std::string& name);

/// Strings as variable-length UTF-8; numbers as i8, u8 and f8, or as `element` where given.
void write_attribute(Id object, const std::string& name, const Attribute& value,
                     const Element* element = nullptr);

/// Attributes of a dataset. CF wants those that stand for values of it, such as _FillValue and
/// flag_values, in its own type, and scale_factor in the type that decoded values shall have.
void write_dataset_attributes(Id dataset, const ColumnSpec& spec);

/// Empty, to be grown; chunked, with the filters of schema 1.
Handle create_dataset(Id group, const ColumnSpec& spec);

/// A dimension scale without values, as netCDF writes a dimension that has no variable. It takes no
/// room. Size 0 with `grows` to be set by resize.
Handle create_dimension(Id group, const std::string& name, std::int64_t size, bool grows);
void attach_dimension(Id dataset, Id dimension, unsigned axis);
void resize(Id dataset, std::int64_t rows, std::int64_t columns = 1);
void write_chunk(Id dataset, std::int64_t first_row, const Bytes& encoded);

/// --- reading ---

Handle open_file(const std::filesystem::path& path);
Handle open_group(Id file, const std::string& name);
/// A group or a dataset.
Handle open_object(Id file, const std::string& path);
/// Groups or datasets of `location`, in the order of their creation; a dimension is no dataset
/// here.
std::vector<std::string> group_names(Id location);
std::vector<std::string> dataset_names(Id location);
bool has(Id location, const std::string& name);
bool has_attribute(Id object, const std::string& name);

/// What is missing, or of another type, is an Error(bad_data) naming it.
std::string read_string(Id object, const std::string& name);
std::vector<std::string> read_strings(Id object, const std::string& name);
std::int64_t read_integer(Id object, const std::string& name);
std::uint64_t read_unsigned(Id object, const std::string& name);
double read_number(Id object, const std::string& name);
/// Every attribute but those HDF5's dimension scales and netCDF keep for themselves.
Attributes read_attributes(Id object);

struct Dataset {
  Handle id;
  std::string path;
  Element element = Element::f8;
  std::int64_t rows = 0, columns = 1;
  int rank = 1;
};
Dataset open_dataset(Id location, const std::string& path);
/// Rows [first, first + count) as they are stored.
Bytes read_rows(const Dataset& dataset, std::int64_t first, std::int64_t count);

}  // namespace wrist::hdf
