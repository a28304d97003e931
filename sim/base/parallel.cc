// SPDX-License-Identifier: Apache-2.0
#include "sim/base/parallel.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <exception>

namespace wrist {

void parallel_in_order(std::int64_t count, int jobs,
                       const std::function<std::shared_ptr<void>(std::int64_t)>& make,
                       const std::function<void(std::int64_t, std::shared_ptr<void>)>& take,
                       const std::function<bool()>& stop) {
  struct Item {
    std::int64_t index = 0;
    std::shared_ptr<void> result;
  };
  std::int64_t next = 0;
  // A pipeline that an exception passes through drops its items without destroying them: keep the
  // first exception, let the rest run dry, throw at the end.
  std::exception_ptr failure;
  std::atomic<bool> failed{false};
  const auto guard = [&](const auto& body) {
    if (failed) return;
    try {
      body();
    } catch (...) {
      if (!failed.exchange(true)) failure = std::current_exception();
    }
  };
  const auto source = [&](tbb::flow_control& control) -> Item {
    if (next >= count || failed || (stop && stop())) {
      control.stop();
      return {};
    }
    return {next++, nullptr};
  };
  const auto work = [&](Item item) {
    guard([&] { item.result = make(item.index); });
    return item;
  };
  const auto sink = [&](Item item) { guard([&] { take(item.index, std::move(item.result)); }); };
  tbb::task_arena arena(jobs);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(jobs));
  arena.execute([&] {
    tbb::parallel_pipeline(
        static_cast<std::size_t>(2 * jobs),
        tbb::make_filter<void, Item>(tbb::filter_mode::serial_in_order, source) &
            tbb::make_filter<Item, Item>(tbb::filter_mode::parallel, work) &
            tbb::make_filter<Item, void>(tbb::filter_mode::serial_in_order, sink));
  });
  if (failure) std::rethrow_exception(failure);
}

void parallel_for(std::int64_t count, int jobs, const std::function<void(std::int64_t)>& body) {
  if (jobs <= 1) {
    for (std::int64_t i = 0; i < count; ++i) body(i);
    return;
  }
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(jobs));
  tbb::task_arena(jobs).execute([&] { tbb::parallel_for(std::int64_t{0}, count, body); });
}

int hardware_jobs() { return tbb::info::default_concurrency(); }

}  // namespace wrist
