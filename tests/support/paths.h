// SPDX-License-Identifier: Apache-2.0
/// Where tests find things, and how they skip loudly when real data is absent.
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

/// Skips the test, and says so, where the data folder is absent.
#define WRIST_NEEDS_DATA(name)                                                       \
  const std::filesystem::path name##_folder = wrist::testing::shared_data() / #name; \
  if (!std::filesystem::exists(name##_folder))                                       \
  GTEST_SKIP() << "SKIPPED: real data not found at " << name##_folder
