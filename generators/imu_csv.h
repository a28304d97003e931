// SPDX-License-Identifier: Apache-2.0
/// A table of inertial samples as text, there whole or not at all:
///
///   # comments
///   t,ax,ay,az,gx,gy,gz,flags
///
/// Written as it comes; on the disk under another name until commit (dataset_commit.h).
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "sim/base/series.h"

namespace wrist {

struct ImuRow {
  double time_s = 0;
  Eigen::Vector3d accel = Eigen::Vector3d::Zero();  // m/s2
  Eigen::Vector3d gyro = Eigen::Vector3d::Zero();   // rad/s
  int flags = 0;
};

class ImuCsv {
 public:
  /// "-" is the standard output. Throws Error(io).
  explicit ImuCsv(const std::filesystem::path& file);
  /// Removes what was not committed.
  ~ImuCsv();
  ImuCsv(const ImuCsv&) = delete;
  ImuCsv& operator=(const ImuCsv&) = delete;

  /// "# text"; returns where it stands, for `replace`.
  long comment(const std::string& text);
  /// Puts another text into a comment, not longer than it was; the standard output keeps its own.
  void replace(long where, std::string text, std::size_t length);
  void names();
  /// Time to 1 ns, values to 9 digits.
  void add(const ImuRow& row);
  void commit();

  std::int64_t rows() const { return rows_; }
  bool standard_output() const { return file_ == "-"; }

 private:
  void put(const char* text, std::size_t length);
  void require_good(bool good) const;

  std::filesystem::path file_, temporary_;
  std::FILE* out_ = nullptr;
  std::int64_t rows_ = 0;
};

}  // namespace wrist
