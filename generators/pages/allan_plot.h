// SPDX-License-Identifier: Apache-2.0
/// The Allan deviation of a sensor as a drawing that needs nothing else to be looked at.
///
///   AllanReport -> one log-log panel per sensor: points, their error, the fitted sum -> SVG
#pragma once

#include <string>

#include "generators/report/allan_report.h"

namespace wrist {

/// An SVG file, text and all.
std::string allan_svg(const report::AllanReport& report);

/// The same within a page, the notes below it.
std::string allan_page(const report::AllanReport& report);

}  // namespace wrist
