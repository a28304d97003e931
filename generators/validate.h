// SPDX-License-Identifier: Apache-2.0
/// Is a dataset what it says it is? Looks at every value of every shard.
///
///   folder or shard -> hashes, tables, values, labels, splits, manifest -> Validation
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace wrist {

/// What is wrong: the first of it in words, all of it by number.
class Problems {
 public:
  explicit Problems(std::size_t most) : most_(most) {}
  void add(const std::string& text);
  std::int64_t count() const { return count_; }
  const std::vector<std::string>& first() const { return first_; }

 private:
  std::size_t most_;
  std::int64_t count_ = 0;
  std::vector<std::string> first_;
};

struct ValidateOptions {
  std::size_t most = 20;       // problems put in words
  std::function<bool()> stop;  // true: end now
};

struct Validation {
  std::int64_t shards = 0, sequences = 0;  // looked at
  bool manifest = false;                   // there was one to look at
  Problems problems{0};
};

/// A folder before or after merge, or one shard. What is wrong is listed, not thrown; throws
/// Error(io) if there is nothing to look at, Error(interrupted).
Validation validate(const std::filesystem::path& path, const ValidateOptions& options);

}  // namespace wrist
