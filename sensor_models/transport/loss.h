// SPDX-License-Identifier: Apache-2.0
/// What becomes of the packets of a stream.
///
///   packet after packet: good -(onset)-> bad -(1 / spell)-> good; a spell has one outcome
#pragma once

#include "sensor_models/transport/transport.h"

namespace wrist {

struct Fates {
  Flags flags;               // N; as Delivery
  std::vector<Index> shown;  // N; as Delivery
  Series delay_ns;           // ns, N; 0 but for late samples
};

/// `loss`: TransportParams::loss. The state before the recording is that of a link long in use;
/// what would be repeated before anything came is dropped.
Fates draw_fates(const LossSpec& spec, double loss, Index count, const Rng& rng);

}  // namespace wrist
