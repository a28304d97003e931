// SPDX-License-Identifier: Apache-2.0
#include <hdf5.h>
#include <hdf5_hl.h>

#include <array>
#include <cerrno>
#include <fstream>

#include "generators/dataset_hdf.h"

namespace wrist::hdf {
namespace {

[[noreturn]] void bad(const std::string& text) { throw Error(ErrorKind::bad_data, text); }

template <typename T>
T good(T value, const std::string& what) {
  if (value < 0) bad("cannot " + what + ": " + reason());
  return value;
}

std::vector<std::string> names(hid_t location, H5I_type_t kind) {
  H5G_info_t info;
  good(H5Gget_info(location, &info), "list a group");
  const auto index = info.max_corder > 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  std::vector<std::string> all;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    std::array<char, 256> name{};
    good(H5Lget_name_by_idx(location, ".", index, H5_ITER_INC, i, name.data(), name.size(),
                            H5P_DEFAULT),
         "list a group");
    const Handle object(good(H5Oopen(location, name.data(), H5P_DEFAULT), "open an object"),
                        H5Oclose);
    if (H5Iget_type(object) != kind) continue;
    if (kind == H5I_DATASET && H5DSis_scale(object) > 0) continue;
    all.emplace_back(name.data());
  }
  return all;
}

Element element_of_type(hid_t type, const std::string& path) {
  const H5T_class_t kind = H5Tget_class(type);
  const bool integer = kind == H5T_INTEGER;
  const char letter = integer ? (H5Tget_sign(type) == H5T_SGN_NONE ? 'u' : 'i') : 'f';
  const std::string name = letter + std::to_string(H5Tget_size(type));
  for (std::size_t i = 0; i < kElementNames.size(); ++i)
    if (name == kElementNames[i] && (integer || kind == H5T_FLOAT) &&
        H5Tget_order(type) != H5T_ORDER_BE)
      return static_cast<Element>(i);
  bad(path + ": not an element type of schema 1");
}

Handle open_attribute(hid_t object, const std::string& name) {
  if (H5Aexists(object, name.c_str()) <= 0) bad("no attribute " + name);
  return {good(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute " + name), H5Aclose};
}

// One number of any type HDF5 converts.
void read_scalar(hid_t object, const std::string& name, hid_t in_memory, void* value) {
  const Handle attribute = open_attribute(object, name);
  const Handle space(good(H5Aget_space(attribute), "read attribute " + name), H5Sclose);
  const Handle type(good(H5Aget_type(attribute), "read attribute " + name), H5Tclose);
  const H5T_class_t kind = H5Tget_class(type);
  if (H5Sget_simple_extent_npoints(space) != 1 || (kind != H5T_INTEGER && kind != H5T_FLOAT))
    bad("attribute " + name + ": expected one number");
  good(H5Aread(attribute, in_memory, value), "read attribute " + name);
}

bool is_bookkeeping(const std::string& name) {
  return name == "DIMENSION_LIST" || name == "REFERENCE_LIST" || name == "CLASS" ||
         name == "NAME" || name.starts_with("_Netcdf4");
}

template <typename T>
Attribute read_numbers(hid_t attribute, hid_t in_memory, std::size_t count, bool scalar) {
  std::vector<T> values(count);
  if (count > 0) good(H5Aread(attribute, in_memory, values.data()), "read an attribute");
  if (scalar) return values.at(0);
  return values;
}

Attribute read_attribute(hid_t object, const std::string& name) {
  const Handle attribute = open_attribute(object, name);
  const Handle type(good(H5Aget_type(attribute), "read attribute " + name), H5Tclose);
  const Handle space(good(H5Aget_space(attribute), "read attribute " + name), H5Sclose);
  const bool scalar = H5Sget_simple_extent_type(space) == H5S_SCALAR;
  const auto count =
      static_cast<std::size_t>(good(H5Sget_simple_extent_npoints(space), "read attribute " + name));
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_STRING) {
    std::vector<std::string> texts = read_strings(object, name);
    if (scalar) return texts.at(0);
    return texts;
  }
  if (kind == H5T_FLOAT) return read_numbers<double>(attribute, H5T_NATIVE_DOUBLE, count, scalar);
  if (kind != H5T_INTEGER) bad("attribute " + name + ": expected text or numbers");
  if (scalar && H5Tget_sign(type) == H5T_SGN_NONE && H5Tget_size(type) == 8)
    return read_unsigned(object, name);
  return read_numbers<std::int64_t>(attribute, H5T_NATIVE_INT64, count, scalar);
}

}  // namespace

Handle open_file(const std::filesystem::path& path) {
  errno = 0;
  if (!std::ifstream(path).good())
    throw Error(ErrorKind::io, "cannot open: " + std::generic_category().message(errno));
  if (H5Fis_hdf5(path.c_str()) <= 0) bad("expected an HDF5 file, found another kind or a cut one");
  const Handle access(good(H5Pcreate(H5P_FILE_ACCESS), "make a property list"), H5Pclose);
  good(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set the close degree");
  good(H5Pset_file_locking(access, false, true), "set file locking");
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access);
  if (file < 0 && reason().starts_with("truncated"))
    bad("the file is cut short: copy it again, or make it anew with generate --force (" + reason() +
        ")");
  return {good(file, "open"), H5Fclose};
}

Handle open_group(hid_t file, const std::string& name) {
  return {good(H5Gopen2(file, name.c_str(), H5P_DEFAULT), "open group " + name), H5Gclose};
}

Handle open_object(hid_t file, const std::string& path) {
  return {good(H5Oopen(file, path.c_str(), H5P_DEFAULT), "open " + path), H5Oclose};
}

std::vector<std::string> group_names(hid_t location) { return names(location, H5I_GROUP); }
std::vector<std::string> dataset_names(hid_t location) { return names(location, H5I_DATASET); }

bool has(hid_t location, const std::string& name) {
  return H5Lexists(location, name.c_str(), H5P_DEFAULT) > 0;
}

bool has_attribute(hid_t object, const std::string& name) {
  return H5Aexists(object, name.c_str()) > 0;
}

std::vector<std::string> read_strings(hid_t object, const std::string& name) {
  const Handle attribute = open_attribute(object, name);
  const Handle type(good(H5Aget_type(attribute), "read attribute " + name), H5Tclose);
  const Handle space(good(H5Aget_space(attribute), "read attribute " + name), H5Sclose);
  if (H5Tis_variable_str(type) <= 0) bad("attribute " + name + ": expected text");
  std::vector<char*> texts(static_cast<std::size_t>(
      good(H5Sget_simple_extent_npoints(space), "read attribute " + name)));
  if (texts.empty()) return {};
  good(H5Aread(attribute, type, texts.data()), "read attribute " + name);
  std::vector<std::string> all;
  for (const char* text : texts) all.emplace_back(text == nullptr ? "" : text);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
  return all;
}

std::string read_string(hid_t object, const std::string& name) {
  const std::vector<std::string> all = read_strings(object, name);
  if (all.size() != 1) bad("attribute " + name + ": expected one text");
  return all.front();
}

std::int64_t read_integer(hid_t object, const std::string& name) {
  std::int64_t value = 0;
  read_scalar(object, name, H5T_NATIVE_INT64, &value);
  return value;
}

std::uint64_t read_unsigned(hid_t object, const std::string& name) {
  std::uint64_t value = 0;
  read_scalar(object, name, H5T_NATIVE_UINT64, &value);
  return value;
}

double read_number(hid_t object, const std::string& name) {
  double value = 0;
  read_scalar(object, name, H5T_NATIVE_DOUBLE, &value);
  return value;
}

Attributes read_attributes(hid_t object) {
  H5O_info_t info;
  good(H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS), "list attributes");
  Attributes all;
  for (hsize_t i = 0; i < info.num_attrs; ++i) {
    std::array<char, 256> name{};
    good(H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size(),
                            H5P_DEFAULT),
         "list attributes");
    if (!is_bookkeeping(name.data())) all[name.data()] = read_attribute(object, name.data());
  }
  return all;
}

Dataset open_dataset(hid_t location, const std::string& path) {
  Dataset set;
  set.path = path;
  set.id = Handle(good(H5Dopen2(location, path.c_str(), H5P_DEFAULT), "open " + path), H5Dclose);
  const Handle type(good(H5Dget_type(set.id), "read " + path), H5Tclose);
  const Handle space(good(H5Dget_space(set.id), "read " + path), H5Sclose);
  set.element = element_of_type(type, path);
  set.rank = H5Sget_simple_extent_ndims(space);
  if (set.rank != 1 && set.rank != 2) bad(path + ": expected one or two dimensions");
  std::array<hsize_t, 2> size = {0, 1};
  good(H5Sget_simple_extent_dims(space, size.data(), nullptr), "read " + path);
  constexpr hsize_t kMostRows = hsize_t{1} << 40, kMostColumns = hsize_t{1} << 20;
  if (size[0] > kMostRows || size[1] > kMostColumns) bad(path + ": impossible size");
  set.rows = static_cast<std::int64_t>(size[0]);
  set.columns = static_cast<std::int64_t>(size[1]);
  return set;
}

Bytes read_rows(const Dataset& set, std::int64_t first, std::int64_t count) {
  const std::size_t row_bytes = static_cast<std::size_t>(set.columns) * size_of(set.element);
  Bytes values(static_cast<std::size_t>(count) * row_bytes);
  if (values.empty()) return values;
  const std::array<hsize_t, 2> start = {static_cast<hsize_t>(first), 0};
  const std::array<hsize_t, 2> size = {static_cast<hsize_t>(count),
                                       static_cast<hsize_t>(set.columns)};
  const std::string what = "read " + set.path;
  const Handle from(good(H5Dget_space(set.id), what), H5Sclose);
  good(H5Sselect_hyperslab(from, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr),
       what);
  const Handle to(good(H5Screate_simple(set.rank, size.data(), nullptr), what), H5Sclose);
  const Handle type(good(H5Dget_type(set.id), what), H5Tclose);
  good(H5Dread(set.id, type, to, from, H5P_DEFAULT, values.data()), what);
  return values;
}

}  // namespace wrist::hdf
