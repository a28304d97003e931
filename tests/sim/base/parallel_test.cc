// SPDX-License-Identifier: Apache-2.0
#include "sim/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace wrist {
namespace {

TEST(Parallel, ResultsArriveInOrderForAnyNumberOfJobs) {
  for (const int jobs : {1, 2, 8}) {
    std::vector<std::int64_t> taken;
    parallel_in_order(
        100, jobs, [](std::int64_t i) { return std::make_shared<std::int64_t>(i * i); },
        [&](std::int64_t i, std::shared_ptr<void> result) {
          EXPECT_EQ(*std::static_pointer_cast<std::int64_t>(result), i * i);
          taken.push_back(i);
        });
    ASSERT_EQ(taken.size(), 100u);
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(taken[i], static_cast<std::int64_t>(i));
  }
}

TEST(Parallel, StopsWhenAsked) {
  std::int64_t last = -1;
  parallel_in_order(
      1000, 2, [](std::int64_t) { return std::make_shared<int>(0); },
      [&](std::int64_t i, std::shared_ptr<void>) { last = i; }, [&] { return last >= 10; });
  EXPECT_GE(last, 10);
  EXPECT_LT(last, 30);
}

TEST(Parallel, ErrorsComeOut) {
  EXPECT_THROW(parallel_in_order(
                   10, 2,
                   [](std::int64_t i) -> std::shared_ptr<void> {
                     if (i == 3) throw std::runtime_error("three");
                     return nullptr;
                   },
                   [](std::int64_t, std::shared_ptr<void>) {}),
               std::runtime_error);
  std::atomic<int> sum{0};
  parallel_for(100, 4, [&](std::int64_t i) { sum += static_cast<int>(i); });
  EXPECT_EQ(sum, 4950);
}

}  // namespace
}  // namespace wrist
