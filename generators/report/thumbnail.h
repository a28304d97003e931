// SPDX-License-Identifier: Apache-2.0
/// One window as a small picture needs it: what the watch wrote, rounded to what a pixel shows.
#pragma once

#include "generators/report/block_reader.h"
#include "generators/report/signal_figures.h"

namespace wrist::report {

Thumbnail make_thumbnail(ShardSignals& signals, std::int64_t shard,
                         const ShardTables::Window& window);

}  // namespace wrist::report
