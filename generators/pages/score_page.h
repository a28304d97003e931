// SPDX-License-Identifier: Apache-2.0
/// A recogniser's figures as one page that opens in any browser, from disk, without a network.
///
///   ScoreReport -> table of figures + drawings -> HTML
#pragma once

#include <string>

#include "generators/evaluation/score.h"

namespace wrist {

std::string score_page(const evaluation::ScoreReport& report);

}  // namespace wrist
