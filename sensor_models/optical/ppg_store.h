// SPDX-License-Identifier: Apache-2.0
/// From the lanes of one channel to the record: what each cause adds, in amperes.
///
///   part at the time stamps -> at the exposure -> x LED current -> float
#pragma once

#include "sensor_models/optical/light.h"

namespace wrist {

/// What the converter makes of a block of light. A.
struct ConvertedBlock {
  LightLanes led_current, ambient, noise;
};

/// A block of one channel; of `light`, the parts as `expose_later` leaves them.
struct ChannelBlock {
  const LightBlock& light;
  const ConvertedBlock& converted;
  double share = 0;   // of a sample; from the time stamp to the exposure
  double steady = 0;  // A/A; light with every cause absent
};

/// Asks for the memory that `store` will write: it comes while the light is worked out.
void fetch(Stretch at, Index channel, const PpgRecord& record);

/// Into column `channel`, whose counts and flags are there already.
void store(const ChannelBlock& block, Stretch at, Index channel, PpgRecord& record);

}  // namespace wrist
