// SPDX-License-Identifier: Apache-2.0
/// How a platform stamps samples, before any is lost.
#pragma once

#include "sensor_models/transport/transport.h"

namespace wrist {

/// Samples of one stream as the host could know them.
struct HostSamples {
  Series taken_ns;     // ns, N; on the host's clock, skew and latency in it
  double rate_hz = 1;  // nominal
  double jitter = 1;   // TransportParams::jitter
};

/// ns, N.
Series stamp(const StampSpec& spec, const HostSamples& samples, const Rng& rng);

}  // namespace wrist
