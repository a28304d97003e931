// SPDX-License-Identifier: Apache-2.0
/// Laws by their quantiles, and draws from their tails alone.
///
///   u in (0, 1) -> beyond 0.98: u in (0, 0.02) or (0.98, 1) -> quantile function -> value
#pragma once

#include "generators/law.h"

namespace wrist {

/// The value below which the law falls with this probability, 0 <= p <= 1; a choice by its values'
/// size. Portable: the same bits everywhere.
double quantile(const Law& law, double p);

/// A probability from beyond `beyond` (0.5 to 1) at either end, equally often.
double tail_probability(double beyond, const Rng& rng);

}  // namespace wrist
