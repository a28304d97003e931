// SPDX-License-Identifier: Apache-2.0
/// Which shards of a plan this process makes.
///
///   --shard i/n > SLURM_ARRAY_TASK_ID > JOB_COMPLETION_INDEX > OMPI_COMM_WORLD_RANK -> ShardPart
///
/// How many shards there are is the plan's alone: a scheduler's count of tasks is of those it was
/// asked to run, not of those there are.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace wrist {

/// The shards s with s mod of == index.
struct ShardPart {
  std::int64_t index = 0, of = 1;
  bool has(std::int64_t shard) const { return shard % of == index; }
  bool all() const { return of == 1; }
};

/// The value of a variable of the environment, or null.
using Environment = std::function<const char*(const char*)>;

/// `flag` is "i/n" or empty. A task of Slurm or Kubernetes makes the one shard of its number; ranks
/// of Open MPI share all of them, and one beyond them has nothing to do. Throws Error(usage) that
/// names flag or variable if it is malformed or beyond the plan.
ShardPart choose_part(const std::string& flag, std::int64_t shards, const Environment& environment);

}  // namespace wrist
