// SPDX-License-Identifier: Apache-2.0
/// Work spread over threads whose results arrive in order, so that no thread count shows in them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace wrist {

/// Calls make(i) for i in [0, count) on up to `jobs` threads and take(i, result) on one at a time, in
/// order of i. At most 2 x jobs results are alive. Stops early once `stop()` says so (may be empty).
/// An exception from make or take ends the run and is thrown here.
void parallel_in_order(std::int64_t count, int jobs,
                       const std::function<std::shared_ptr<void>(std::int64_t)>& make,
                       const std::function<void(std::int64_t, std::shared_ptr<void>)>& take,
                       const std::function<bool()>& stop = {});

/// Calls body(i) for i in [0, count) on up to `jobs` threads.
void parallel_for(std::int64_t count, int jobs, const std::function<void(std::int64_t)>& body);

/// How many threads this machine runs at once.
int hardware_jobs();

}  // namespace wrist
