// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_hdf.h"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <array>

namespace wrist::hdf {
namespace {

static_assert(std::is_same_v<Id, hid_t> && std::is_same_v<Status, herr_t>);

// As netCDF-4 marks a dimension that no variable shares its name with.
constexpr const char* kDimensionName = "This is a netCDF dimension but not a netCDF variable.";

hid_t file_type(Element element) {
  const std::array<hid_t, 8> types = {H5T_STD_I8LE, H5T_STD_I16LE, H5T_STD_I32LE,  H5T_STD_I64LE,
                                      H5T_STD_U8LE, H5T_STD_U64LE, H5T_IEEE_F32LE, H5T_IEEE_F64LE};
  return types[static_cast<std::size_t>(element)];
}

Handle string_type() {
  Handle type(check(H5Tcopy(H5T_C_S1), "copy a type"), H5Tclose);
  check(H5Tset_size(type, H5T_VARIABLE), "set a string's length");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "set a string's encoding");
  return type;
}

Handle creation(hid_t list_class) {
  Handle list(check(H5Pcreate(list_class), "make a property list"), H5Pclose);
  const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  if (list_class != H5P_DATASET_CREATE)
    check(H5Pset_link_creation_order(list, order), "track order");
  check(H5Pset_attr_creation_order(list, order), "track order");
  check(H5Pset_obj_track_times(list, false), "leave times out");
  return list;
}

// Writes one value, or a vector of `count`.
struct AttributeWriter {
  hid_t object;
  const std::string& name;
  const Element* element;

  void write(hid_t in_file, hid_t in_memory, const void* values, const hsize_t* count) const {
    const std::string what = "write attribute " + name;
    const Handle space(
        check(count == nullptr ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, count, nullptr), what),
        H5Sclose);
    const Handle attribute(
        check(H5Acreate2(object, name.c_str(), in_file, space, H5P_DEFAULT, H5P_DEFAULT), what),
        H5Aclose);
    if (count == nullptr || *count > 0) check(H5Awrite(attribute, in_memory, values), what);
  }
  template <typename T>
  void numbers(hid_t in_memory, const T* values, const hsize_t* count) const {
    write(file_type(element != nullptr ? *element : element_of<T>()), in_memory, values, count);
  }
  void operator()(double v) const { numbers(H5T_NATIVE_DOUBLE, &v, nullptr); }
  void operator()(std::int64_t v) const { numbers(H5T_NATIVE_INT64, &v, nullptr); }
  void operator()(std::uint64_t v) const { numbers(H5T_NATIVE_UINT64, &v, nullptr); }
  void operator()(const std::vector<double>& v) const {
    const hsize_t count = v.size();
    numbers(H5T_NATIVE_DOUBLE, v.data(), &count);
  }
  void operator()(const std::vector<std::int64_t>& v) const {
    const hsize_t count = v.size();
    numbers(H5T_NATIVE_INT64, v.data(), &count);
  }
  void operator()(const std::string& v) const {
    const char* text = v.c_str();
    const Handle type = string_type();
    write(type, type, &text, nullptr);
  }
  void operator()(const std::vector<std::string>& v) const {
    std::vector<const char*> texts;
    for (const std::string& text : v) texts.push_back(text.c_str());
    const hsize_t count = v.size();
    const Handle type = string_type();
    write(type, type, texts.data(), &count);
  }
};

Handle make_dataset(hid_t group, const std::string& name, Element element, hid_t space,
                    hid_t list) {
  return {check(H5Dcreate2(group, name.c_str(), file_type(element), space, H5P_DEFAULT, list,
                           H5P_DEFAULT),
                "create dataset " + name),
          H5Dclose};
}

}  // namespace

Session::Session() {
  // A file that could not be closed on a full disk crashes HDF5's own clean-up at exit: leave it
  // out.
  H5dont_atexit();
  H5Eget_auto2(H5E_DEFAULT, &print_, &print_argument_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Session::~Session() { H5Eset_auto2(H5E_DEFAULT, print_, print_argument_); }

std::string reason() {
  std::string text;
  const auto visit = [](unsigned depth, const H5E_error2_t* error, void* out) -> herr_t {
    const std::string line = error->desc == nullptr ? "" : error->desc;
    const std::string key = "error message = '";
    const std::size_t start = line.find(key);
    if (start != std::string::npos) {
      const std::size_t from = start + key.size();
      *static_cast<std::string*>(out) = line.substr(from, line.find('\'', from) - from);
      return 1;
    }
    if (depth == 0) *static_cast<std::string*>(out) = line;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, visit, &text);
  return text.empty() ? "HDF5 gives no reason" : text;
}

Handle create_file(const std::filesystem::path& path) {
  const Handle access(check(H5Pcreate(H5P_FILE_ACCESS), "make a property list"), H5Pclose);
  check(H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "set library bounds");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "set the close degree");
  check(H5Pset_file_locking(access, false, true), "set file locking");
  const Handle list = creation(H5P_FILE_CREATE);
  return {check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, list, access), "create the file"), H5Fclose};
}

Handle create_group(hid_t file, const std::string& name) {
  const Handle list = creation(H5P_GROUP_CREATE);
  return {
      check(H5Gcreate2(file, name.c_str(), H5P_DEFAULT, list, H5P_DEFAULT), "create group " + name),
      H5Gclose};
}

void write_attribute(hid_t object, const std::string& name, const Attribute& value,
                     const Element* element) {
  std::visit(AttributeWriter{object, name, element}, value);
}

void write_dataset_attributes(hid_t dataset, const ColumnSpec& spec) {
  for (const auto& [name, value] : spec.attributes) {
    const Element decoded = size_of(spec.element) <= 2 ? Element::f4 : Element::f8;
    const bool like_values = name == "_FillValue" || name.starts_with("valid_") ||
                             name == "flag_values" || name == "flag_masks";
    const Element* element = like_values              ? &spec.element
                             : name == "scale_factor" ? &decoded
                                                      : nullptr;
    write_attribute(dataset, name, value, element);
  }
}

Handle create_dataset(hid_t group, const ColumnSpec& spec) {
  const std::array<hsize_t, 2> none = {0, static_cast<hsize_t>(spec.columns)};
  const std::array<hsize_t, 2> most = {H5S_UNLIMITED, none[1]};
  const std::array<hsize_t, 2> chunk = {kChunkRows, none[1]};
  const Handle space(
      check(H5Screate_simple(spec.rank(), none.data(), most.data()), "make a dataspace"), H5Sclose);
  const Handle list = creation(H5P_DATASET_CREATE);
  check(H5Pset_chunk(list, spec.rank(), chunk.data()), "set the chunk");
  check(H5Pset_fill_time(list, H5D_FILL_TIME_NEVER), "set the fill time");
  check(H5Pset_shuffle(list), "add shuffle");
  check(H5Pset_deflate(list, kDeflateLevel), "add deflate");
  check(H5Pset_fletcher32(list), "add fletcher32");
  return make_dataset(group, spec.name, spec.element, space, list);
}

Handle create_dimension(hid_t group, const std::string& name, std::int64_t size, bool grows) {
  const hsize_t now = static_cast<hsize_t>(size), most = H5S_UNLIMITED, chunk = kChunkRows;
  const Handle space(check(H5Screate_simple(1, &now, grows ? &most : nullptr), "make a dataspace"),
                     H5Sclose);
  const Handle list = creation(H5P_DATASET_CREATE);
  if (grows) check(H5Pset_chunk(list, 1, &chunk), "set the chunk");
  Handle dimension = make_dataset(group, name, Element::u1, space, list);
  check(H5DSset_scale(dimension, kDimensionName), "make dimension " + name);
  return dimension;
}

void attach_dimension(hid_t dataset, hid_t dimension, unsigned axis) {
  check(H5DSattach_scale(dataset, dimension, axis), "attach a dimension");
}

void resize(hid_t dataset, std::int64_t rows, std::int64_t columns) {
  const std::array<hsize_t, 2> size = {static_cast<hsize_t>(rows), static_cast<hsize_t>(columns)};
  check(H5Dset_extent(dataset, size.data()), "grow a dataset");
}

void write_chunk(hid_t dataset, std::int64_t first_row, const Bytes& encoded) {
  const std::array<hsize_t, 2> offset = {static_cast<hsize_t>(first_row), 0};
  check(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, offset.data(), encoded.size(), encoded.data()),
        "write a chunk");
}

}  // namespace wrist::hdf
