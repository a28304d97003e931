// SPDX-License-Identifier: Apache-2.0
/// Where tests find things. A test that needs real data skips, and says so, where it is absent.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace wrist::testing {

/// Real clips and recordings beside the checkout; never part of it.
inline std::filesystem::path shared_data() {
  return std::filesystem::path(WRIST_SOURCE_DIR) / ".." / "shared" / "data";
}

/// An empty folder of this test's own, below the build folder.
inline std::filesystem::path scratch_folder() {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder = std::filesystem::path(WRIST_BINARY_DIR) / "scratch" /
                                       (std::string(info->test_suite_name()) + "." + info->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace wrist::testing
