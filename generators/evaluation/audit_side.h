// SPDX-License-Identifier: Apache-2.0
/// The shards of a set as its audit sees them: whose recordings they hold and of what.
#pragma once

#include <set>

#include "generators/dataset_read.h"
#include "generators/evaluation/audit.h"

namespace wrist::evaluation {

enum class AuditPlace { train, validation, test };
inline constexpr std::array<const char*, 3> kPlaceNames = {"train", "validation", "test"};

struct AuditRecording {
  std::string subject, unit, seed, clip, instance;  // equal texts: the same; clip may be empty
  std::string strap, watch, class_name;
  std::set<std::string> labels;  // of the whole, its windows, its samples and its events
};

struct AuditShard {
  AuditPlace place = AuditPlace::train;
  std::filesystem::path file;
  std::string name;  // below the folder of the set
  double rate_hz = 0;
  std::vector<AuditRecording> recordings;  // rows of /sequences
  std::vector<int> window_sequences;       // of rows of /windows
  std::vector<std::string> window_labels;  // "" without one
};

/// Throws as audit.
std::vector<AuditShard> read_audit_shards(const std::filesystem::path& set_folder,
                                          const std::function<bool()>& stop);

/// A file, whole. Throws Error(io).
std::string read_text(const std::filesystem::path& file);

/// "3, 5, 8 and 4 more".
std::string list_rows(const std::vector<std::int64_t>& rows);

/// What each audits, added to the report. Throw as audit.
void audit_identities(const std::vector<AuditShard>& shards, const AuditOptions& options,
                      AuditReport& report);
void audit_folds(const std::filesystem::path& set_folder, const std::vector<AuditShard>& shards,
                 AuditReport& report);
void audit_windows(const std::vector<AuditShard>& shards, const AuditOptions& options,
                   AuditReport& report);
void audit_public(const std::filesystem::path& test_folder, AuditReport& report);

}  // namespace wrist::evaluation
