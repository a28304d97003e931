// SPDX-License-Identifier: Apache-2.0
/// What transport makes of a finished recording's streams; truth and truth's clock stay as they
/// are.
///
///   t -> + channel t_host | counts -> fill value or repeated rows | flags -> + dropped duplicate
///   late
#pragma once

#include "generators/assets.h"
#include "generators/recording.h"
#include "sensor_models/transport/transport.h"

namespace wrist {

/// Every stream that has a clock. Counts are the int16 and int32 channels of the stream; a lost
/// sample holds the lowest number of its type, which is its _FillValue. The other flags of a lost
/// row say what the sensor read. `rng` is that of the session.
void transport_channels(Recording& recording, const WatchSpec& watch, const TransportUnit& unit,
                        const Rng& rng);

}  // namespace wrist
