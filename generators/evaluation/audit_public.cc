// SPDX-License-Identifier: Apache-2.0
/// What goes out: names of datasets, attributes, columns and keys, against a list of those allowed.
#include <nlohmann/json.hpp>

#include "generators/dataset_hdf.h"
#include "generators/evaluation/audit_side.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Names = std::set<std::string>;

const Names kDatasets = {"imu", "optical", "recording", "start_ns"};
const Names kAttributes = {"watch",         "gravity_convention",
                           "frames",        "p_CI_m",
                           "angle_CI_rad",  "window_s",
                           "hop_s",         "set_id",
                           "license",       "generator_version",
                           "long_name",     "axes",
                           "units",         "rate_hz",
                           "frame",         "scale_factors",
                           "channel_names", "wavelength_nm",
                           "_FillValue"};
const Names kColumns = {"window", "file", "row", "recording", "start_s"};
const Names kManifestKeys = {"schema_version", "set_id", "title",   "window_s",   "windows",
                             "classes",        "file",   "files",   "rows",       "sha256",
                             "watch",          "part",   "context", "corruption", "severity"};
const Names kClassKeys = {"set_id", "undeclared", "attributes",  "classes", "name",
                          "kind",   "definition", "unit",        "levels",  "null",
                          "event",  "parent",     "descriptions"};
const Names kTexts = {"README.md", "LICENSE"};

class PublicAudit {
 public:
  PublicAudit(const fs::path& folder, AuditReport& report) : folder_(folder), report_(report) {}

  void file(const fs::path& path) {
    file_ = path.lexically_relative(folder_).generic_string();
    if (path.extension() == ".h5")
      hdf(path);
    else if (file_ == "manifest.json" || file_ == "classes.json")
      keys(parse(path), file_ == "manifest.json" ? kManifestKeys : kClassKeys);
    else if (file_ == "windows.csv")
      columns(read_text(path));
    else if (!kTexts.contains(file_))
      add("is not a file of the public part");
  }

 private:
  void add(const std::string& text) {
    report_.findings.push_back({"public", "test/" + file_ + ": " + text, 1});
  }

  void check(const Names& allowed, const std::string& what, const std::string& name) {
    if (!allowed.contains(name)) add(what + " \"" + name + "\" is not among those allowed");
  }

  static json parse(const fs::path& path) {
    try {
      return json::parse(read_text(path));
    } catch (const json::exception& error) {
      throw Error(ErrorKind::bad_data, path.string() + ": " + error.what());
    }
  }

  void keys(const json& value, const Names& allowed) {
    if (!value.is_structured()) return;
    for (const auto& [key, inner] : value.items()) {
      if (value.is_object()) check(allowed, "key", key);
      keys(inner, allowed);
    }
  }

  void columns(const std::string& text) {
    std::string line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.pop_back();
    for (std::size_t from = 0; from <= line.size();) {
      const std::size_t to = std::min(line.find(',', from), line.size());
      check(kColumns, "column", line.substr(from, to - from));
      from = to + 1;
    }
  }

  void attributes(hdf::Id object) {
    for (const auto& [name, value] : hdf::read_attributes(object))
      check(kAttributes, "attribute", name);
  }

  void hdf(const fs::path& path) {
    const hdf::Session quiet;
    try {
      const hdf::Handle open = hdf::open_file(path);
      attributes(open);
      for (const std::string& name : hdf::group_names(open)) check({}, "group", name);
      for (const std::string& name : hdf::dataset_names(open)) {
        check(kDatasets, "dataset", name);
        attributes(hdf::open_object(open, "/" + name));
      }
    } catch (const Error& error) {
      throw Error(error.kind(), path.string() + ": " + error.what());
    }
  }

  fs::path folder_;
  AuditReport& report_;
  std::string file_;
};

}  // namespace

void audit_public(const fs::path& test_folder, AuditReport& report) {
  if (!fs::is_directory(test_folder)) return;
  std::set<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(test_folder))
    if (entry.is_regular_file()) files.insert(entry.path());
  PublicAudit audit(test_folder, report);
  for (const fs::path& file : files) audit.file(file);
}

}  // namespace wrist::evaluation
