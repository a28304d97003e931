// SPDX-License-Identifier: Apache-2.0
/// Reads laws and mixes from TOML, checked against what a parameter may be.
#pragma once

#include "generators/law.h"
#include "generators/toml_internal.h"

namespace wrist {

/// What a parameter may be; its laws stay within.
struct Limits {
  Dimension dimension = Dimension::ratio;
  double lowest = 0, highest = 0;  // SI
  const char* expected = "";       // the same in the words of an error
};

/// The law of that key, or `fallback` if it is absent. A normal law without `within` is truncated
/// at the limits. Throws Error(usage) with file and line.
Law read_law(const TomlTable& table, const std::string& key, const Limits& limits,
             const Law& fallback);

/// One name, a list, { choice = [...], weights = [...] } or a table of weights. Names with weights
/// come out sorted.
Mix read_mix(const TomlTable& table, const std::string& key);

}  // namespace wrist
