// SPDX-License-Identifier: Apache-2.0
#include "generators/export/output_files.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "generators/dataset_commit.h"
#include "sim/base/error.h"

namespace wrist::exports {
namespace {

namespace fs = std::filesystem;

bool is_numbered(const std::string& name, const std::string& prefix, const std::string& suffix) {
  if (name.size() <= prefix.size() + suffix.size() || !name.starts_with(prefix) ||
      !name.ends_with(suffix))
    return false;
  return std::all_of(name.begin() + std::ssize(prefix), name.end() - std::ssize(suffix),
                     [](char c) { return c >= '0' && c <= '9'; });
}

[[noreturn]] void refuse(const fs::path& file) {
  throw Error(ErrorKind::usage,
              file.string() + ": expected no such file, found one; --force " + "writes over it");
}

}  // namespace

OutputFiles::~OutputFiles() {
  if (committed_) return;
  std::error_code ignored;
  for (std::size_t i = 0; i < files_.size(); ++i)
    fs::remove(i < renamed_ ? files_[i] : temporary_file(files_[i]), ignored);
  for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder)
    fs::remove(*folder, ignored);  // only if it is empty
}

void OutputFiles::claim(const fs::path& folder, const std::string& prefix,
                        const std::string& suffix) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (!is_numbered(entry.path().filename().string(), prefix, suffix)) continue;
    if (!force_) refuse(entry.path());
    earlier_.push_back(entry.path());
  }
}

void OutputFiles::make_folder(const fs::path& folder) {
  if (folder.empty() || fs::is_directory(folder)) return;
  make_folder(folder.parent_path());
  std::error_code failure;
  if (fs::create_directory(folder, failure)) made_folders_.push_back(folder);
  require(!failure, ErrorKind::io,
          folder.string() + ": the folder cannot be made: " + failure.message());
}

fs::path OutputFiles::add(const fs::path& file) {
  require(!fs::is_directory(file), ErrorKind::usage,
          file.string() + ": expected the name of a file, found a folder");
  require(!names_.contains(file), ErrorKind::bad_data,
          file.string() + ": two recordings of one number, so two files of this name");
  if (!force_ && fs::exists(file)) refuse(file);
  make_folder(file.parent_path());
  files_.push_back(file);
  names_.insert(file);
  return temporary_file(file);
}

void OutputFiles::commit() {
  for (const fs::path& file : files_) {
    try {
      bytes_ += static_cast<std::int64_t>(fs::file_size(temporary_file(file)));
      commit_file(temporary_file(file), file);
    } catch (const std::exception& error) {
      throw Error(ErrorKind::io, file.string() + ": " + error.what());
    }
    ++renamed_;
  }
  committed_ = true;
  std::error_code ignored;
  for (const fs::path& file : earlier_)
    if (!names_.contains(file)) fs::remove(file, ignored);
}

OutputFile::OutputFile(OutputFiles& files, const fs::path& file) : file_(file) {
  const fs::path temporary = files.add(file);
  errno = 0;
  out_ = std::fopen(temporary.c_str(), "wb");
  require_good(out_ != nullptr);
}

OutputFile::~OutputFile() {
  if (out_ != nullptr) std::fclose(out_);
}

void OutputFile::require_good(bool good) const {
  require(good, ErrorKind::io,
          file_.string() + ": cannot be written: " + std::generic_category().message(errno));
}

void OutputFile::write(std::string_view bytes) {
  require_good(std::fwrite(bytes.data(), 1, bytes.size(), out_) == bytes.size());
  size_ += static_cast<std::int64_t>(bytes.size());
}

void OutputFile::close() {
  if (out_ == nullptr) return;
  const bool closed = std::fclose(std::exchange(out_, nullptr)) == 0;
  require_good(closed);
}

}  // namespace wrist::exports
