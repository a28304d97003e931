// SPDX-License-Identifier: Apache-2.0
/// A corruption: overrides of a recipe in up to five severities. assets/stress/NAME.toml is all
/// there is to one.
///
///   assets/stress/*.toml -> read_stress_specs -> chosen -> StressPart (one recipe each)
///
/// Every draw has a stream of its own, so that a twin differs from the clean recording in what
/// `touches` names and in nothing else. No signal is ever edited.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace wrist::evaluation {

struct StressSeverity {
  std::string says;              // "20 mg"
  std::vector<std::string> set;  // "KEY=VALUE" of a recipe
};

struct StressSpec {
  std::string name, title, source;
  std::string context;                     // not empty: no corruption but recordings of their own
  std::vector<std::string> touches;        // what may differ in a scenario's JSON: "wear.roll_rad"
  std::vector<StressSeverity> severities;  // from 1
};

inline constexpr std::size_t kMostSeverities = 5;

/// The corruptions of a folder, by name. Throws Error(usage) with file and line, Error(io).
std::vector<StressSpec> read_stress_specs(const std::filesystem::path& folder);

/// What to make of them; empty: all. A corruption of fewer severities has fewer.
struct StressChoice {
  std::vector<std::string> names;
  std::vector<int> severities;
};

/// One dataset of a suite.
struct StressPart {
  std::string name;              // "clean", "roll-3", "rare"
  std::vector<std::string> set;  // overrides of the recipe
  std::string context, corruption, says;
  int severity = 0;
};

/// "clean", then what is chosen, in the order of the specs. Throws Error(usage) for an unknown
/// name.
std::vector<StressPart> stress_parts(const std::vector<StressSpec>& specs,
                                     const StressChoice& choice);

/// The dotted names of what differs between two scenarios, sorted; lists as wholes.
std::vector<std::string> differences(const std::string& one, const std::string& other);

}  // namespace wrist::evaluation
