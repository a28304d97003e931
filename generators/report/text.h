// SPDX-License-Identifier: Apache-2.0
/// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wrist::report {

/// Three significant digits: "0.1", "12.5", "98400".
std::string in_digits(double value);
/// A rate with its hundredths: "99.83".
std::string in_rate(double rate_hz);
/// "12 %"; "0.4 %" below one; "none" of exactly nothing.
std::string in_percent(double share);
/// "1 person", "3 people".
std::string counted(std::int64_t count, const std::string& one, const std::string& many);
/// "12 s", "3.5 min", "2.1 h".
std::string in_time(double seconds);
/// "a, b and c".
std::string listed(const std::vector<std::string>& texts);

}  // namespace wrist::report
