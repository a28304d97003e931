// SPDX-License-Identifier: Apache-2.0
#include "generators/shard_choice.h"

#include <charconv>
#include <optional>

#include "sim/base/error.h"

namespace wrist {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& value,
                         const std::string& expected) {
  throw Error(ErrorKind::usage, name + ": expected " + expected + ", found \"" + value + "\"");
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::string plan_text(std::int64_t shards) {
  return "the plan has " + std::to_string(shards) +
         (shards == 1 ? " shard, number 0" : " shards, 0 to " + std::to_string(shards - 1));
}

ShardPart part_of_flag(const std::string& text, std::int64_t shards) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto index = whole_number(std::string_view(text).substr(0, slash));
  const auto of = whole_number(std::string_view(text).substr(std::min(slash + 1, text.size())));
  if (!index || !of || *index >= *of)
    refuse("--shard", text, "i/n with i from 0 to n - 1, such as 0/4");
  if (*index >= shards) refuse("--shard", text, "a part with a shard in it: " + plan_text(shards));
  return {*index, *of};
}

ShardPart part_of_task(const char* name, const std::string& value, std::int64_t shards) {
  const auto index = whole_number(value);
  if (!index) refuse(name, value, "the number of a shard");
  if (*index >= shards)
    refuse(name, value,
           "the number of a shard: " + plan_text(shards) + " (--shard goes before it)");
  return {*index, shards};
}

}  // namespace

ShardPart choose_part(const std::string& flag, std::int64_t shards,
                      const Environment& environment) {
  const auto value = [&](const char* name) {
    const char* text = environment ? environment(name) : nullptr;
    return std::string(text == nullptr ? "" : text);
  };
  if (!flag.empty()) return part_of_flag(flag, shards);
  for (const char* name : {"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"})
    if (!value(name).empty()) return part_of_task(name, value(name), shards);
  const std::string rank = value("OMPI_COMM_WORLD_RANK"), size = value("OMPI_COMM_WORLD_SIZE");
  if (rank.empty()) return {};
  const auto index = whole_number(rank), of = whole_number(size);
  if (!index) refuse("OMPI_COMM_WORLD_RANK", rank, "a rank");
  if (!of || *index >= *of) refuse("OMPI_COMM_WORLD_SIZE", size, "more than the rank, " + rank);
  return {*index, *of};
}

}  // namespace wrist
