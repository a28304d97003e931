// SPDX-License-Identifier: Apache-2.0
// Who makes which shard: the flag before every scheduler, and nobody beyond the plan.
#include "generators/shard_choice.h"

#include <gtest/gtest.h>

#include <map>

#include "sim/base/error.h"

namespace wrist {
namespace {

using Variables = std::map<std::string, std::string>;

// Shards of a plan of `shards` that a process so told makes.
std::vector<std::int64_t> chosen(const std::string& flag, std::int64_t shards,
                                 const Variables& variables) {
  const ShardPart part = choose_part(flag, shards, [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
  std::vector<std::int64_t> all;
  for (std::int64_t s = 0; s < shards; ++s)
    if (part.has(s)) all.push_back(s);
  return all;
}

std::string refusal(const std::string& flag, std::int64_t shards, const Variables& variables) {
  try {
    chosen(flag, shards, variables);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

using Shards = std::vector<std::int64_t>;

TEST(ShardChoice, FlagBeforeSlurmBeforeKubernetesBeforeOpenMpiBeforeAll) {
  Variables all = {{"SLURM_ARRAY_TASK_ID", "1"},
                   {"JOB_COMPLETION_INDEX", "2"},
                   {"OMPI_COMM_WORLD_RANK", "3"},
                   {"OMPI_COMM_WORLD_SIZE", "4"}};
  EXPECT_EQ(chosen("0/2", 7, all), (Shards{0, 2, 4, 6}));
  EXPECT_EQ(chosen("", 7, all), (Shards{1}));
  all.erase("SLURM_ARRAY_TASK_ID");
  EXPECT_EQ(chosen("", 7, all), (Shards{2}));
  all["JOB_COMPLETION_INDEX"] = "";  // set to nothing is not set
  EXPECT_EQ(chosen("", 9, all), (Shards{3, 7}));
  all.erase("OMPI_COMM_WORLD_RANK");
  EXPECT_EQ(chosen("", 3, all), (Shards{0, 1, 2}));
}

// --array=3,7 has a count of 2: the plan's count holds.
TEST(ShardChoice, TheSchedulersCountIsNotAskedFor) {
  EXPECT_EQ(chosen("", 8, {{"SLURM_ARRAY_TASK_ID", "7"}, {"SLURM_ARRAY_TASK_COUNT", "2"}}),
            (Shards{7}));
}

TEST(ShardChoice, EveryShardIsOfOnePart) {
  Shards together;
  for (const char* flag : {"0/3", "1/3", "2/3"})
    for (const std::int64_t s : chosen(flag, 8, {})) together.push_back(s);
  std::sort(together.begin(), together.end());
  EXPECT_EQ(together, (Shards{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(ShardChoice, BeyondThePlanIsAnErrorThatSaysThePlan) {
  EXPECT_EQ(refusal("", 4, {{"SLURM_ARRAY_TASK_ID", "4"}}),
            "SLURM_ARRAY_TASK_ID: expected the number of a shard: the plan has 4 shards, 0 to 3 "
            "(--shard goes before it), found \"4\"");
  EXPECT_NE(refusal("", 1, {{"JOB_COMPLETION_INDEX", "1"}}).find("1 shard, number 0"),
            std::string::npos);
  EXPECT_NE(refusal("5/8", 4, {}).find("the plan has 4 shards"), std::string::npos);
  EXPECT_TRUE(chosen("", 2, {{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "4"}}).empty())
      << "one rank that fails would end all of them";
}

TEST(ShardChoice, MalformedTextIsRefusedByName) {
  for (const char* flag :
       {"3", "a/4", "4/4", "-1/4", "1/0", "1/4/2", "1/4x", "/", "1/", "99999999999999999999/4"})
    EXPECT_NE(refusal(flag, 4, {}).find("--shard: expected i/n"), std::string::npos) << flag;
  EXPECT_NE(refusal("", 4, {{"SLURM_ARRAY_TASK_ID", "two"}}).find("SLURM_ARRAY_TASK_ID"),
            std::string::npos);
  EXPECT_NE(refusal("", 4, {{"OMPI_COMM_WORLD_RANK", "1"}}).find("OMPI_COMM_WORLD_SIZE"),
            std::string::npos);
}

}  // namespace
}  // namespace wrist
