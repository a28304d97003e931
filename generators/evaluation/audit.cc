// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/audit.h"

#include "generators/evaluation/audit_side.h"

namespace wrist::evaluation {

AuditReport audit(const std::filesystem::path& set_folder, const AuditOptions& options) {
  require(std::filesystem::is_directory(set_folder), ErrorKind::io,
          set_folder.string() + ": no such folder");
  const std::vector<AuditShard> shards = read_audit_shards(set_folder, options.stop);
  AuditReport report;
  audit_identities(shards, options, report);
  audit_folds(set_folder, shards, report);
  audit_windows(shards, options, report);
  audit_public(set_folder / "test", report);
  return report;
}

}  // namespace wrist::evaluation
