// SPDX-License-Identifier: Apache-2.0
/// Does an evaluation set tell what it should keep to itself? Read from its folder alone.
///
///   SET/train, SET/validation, SET/answers/shards/*, SET/folds, SET/test -> audit -> AuditReport
///
/// validation, folds and test may be absent; what they would hold is then not looked at.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace wrist::evaluation {

struct AuditOptions {
  std::vector<std::string> disjoint_by;  // "strap", "watch": must not be common to train and test
  std::size_t test_windows = 500;        // drawn for the search of near duplicates, at most
  std::size_t train_windows = 5000;      // that they are held against, at most
  double near_factor = 0.25;             // see NearFigures::limit
  // Below both a window is at rest, and rest is alike everywhere. Assumed: some ten times the noise
  // of a part, a fifth of a slow gesture.
  double still_accel = 0.2;  // m/s2, of all axes together, about their means, root mean square
  double still_gyro = 0.1;   // rad/s, likewise
  std::uint64_t seed = 1;    // of the windows drawn
  std::function<bool()> stop = {};
};

/// kind: subject, unit, seed, clip, instance (shared by two sides); strap, watch (if they must not
/// be); fold; duplicate; public.
struct AuditFinding {
  std::string kind, text;  // text names files and rows
  std::int64_t count = 1;  // of what is wrong, all in all
};

struct AuditSide {
  std::string name;  // "train", "validation", "test"
  std::int64_t recordings = 0, windows = 0, people = 0, units = 0;
  std::map<std::string, std::int64_t> straps, watches;  // recordings
  std::map<std::string, std::int64_t> class_recordings, class_windows;
};

/// Distances to the nearest train window, relative: |a - b| / sqrt(|a|^2 + |b|^2), so that 0 is a
/// copy and 1 what two windows that know nothing of each other have, whatever their size.
struct NearFigures {
  std::int64_t test_windows = 0, train_windows = 0;            // drawn and not at rest
  std::int64_t people_windows = 0;                             // of train, that have another person
  std::array<double, 3> test_quantiles{}, people_quantiles{};  // kNearQuantiles; NaN: none
  /// near_factor times the least quantile between different people of train: the closest that
  /// strangers come by themselves in as large a crowd. Nearer ones get rare fast: on recipe mix by
  /// the 7th power of the distance between the first two quantiles; extrapolated, not measured, one
  /// honest set in 10^4 comes to a quarter. A copy has its noise over its motion. NaN: no
  /// judgement.
  double limit = 0;
};
inline constexpr std::array<double, 3> kNearQuantiles = {0.001, 0.05, 0.5};

struct AuditReport {
  std::vector<AuditFinding> findings;
  std::vector<AuditSide> sides;
  std::vector<std::string> common_straps, common_watches;  // of train and test
  NearFigures near;
  bool passed() const { return findings.empty(); }
};

/// Throws Error(io) for a folder or a file that is not there or unreadable, Error(bad_data) for one
/// that is malformed, naming it, Error(interrupted).
AuditReport audit(const std::filesystem::path& set_folder, const AuditOptions& options = {});

/// One JSON object.
std::string audit_json(const AuditReport& report);

}  // namespace wrist::evaluation
