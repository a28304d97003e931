// SPDX-License-Identifier: Apache-2.0
/// The files of one export: all there under their names, or none.
///
///   add(X) -> X.tmp.<host>.<pid>, written and closed ... -> commit: fsync, then rename each
///
/// What an export that fails leaves behind is what was there before it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wrist::exports {

class OutputFiles {
 public:
  /// `force`: files that are there already are replaced, at commit.
  explicit OutputFiles(bool force) : force_(force) {}
  /// Removes what was not committed, and the folders made for it.
  ~OutputFiles();
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;

  /// Takes `folder`/`prefix`<digits>`suffix` for this export: those of an earlier one that it does
  /// not write again go at commit. Throws Error(usage) if there are any, unless forced.
  void claim(const std::filesystem::path& folder, const std::string& prefix,
             const std::string& suffix);
  /// The name to write `file` under until commit; makes its folder. Throws Error(usage) if `file`
  /// is there, unless forced, Error(bad_data) if it was added before, Error(io).
  std::filesystem::path add(const std::filesystem::path& file);
  /// Every file must be closed. Throws Error(io).
  void commit();

  const std::vector<std::filesystem::path>& files() const { return files_; }
  std::int64_t bytes() const { return bytes_; }  // of all files, once committed

 private:
  void make_folder(const std::filesystem::path& folder);

  bool force_, committed_ = false;
  std::vector<std::filesystem::path> files_, made_folders_, earlier_;
  std::set<std::filesystem::path> names_;  // the same as files_
  std::size_t renamed_ = 0;
  std::int64_t bytes_ = 0;
};

/// One of them, written from front to back.
class OutputFile {
 public:
  OutputFile(OutputFiles& files, const std::filesystem::path& file);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Throws Error(io).
  void write(std::string_view bytes);
  void close();
  std::int64_t size() const { return size_; }  // bytes

 private:
  void require_good(bool good) const;

  std::filesystem::path file_;
  std::FILE* out_ = nullptr;
  std::int64_t size_ = 0;
};

/// The bytes of an array of numbers, as they lie in memory.
template <typename Array>
std::string_view bytes_of(const Array& values) {
  return {reinterpret_cast<const char*>(values.data()),
          static_cast<std::size_t>(values.size()) * sizeof(*values.data())};
}

}  // namespace wrist::exports
