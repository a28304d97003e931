// SPDX-License-Identifier: Apache-2.0
/// The light of one channel that reaches its photodiode, and what each cause adds to it.
///
///   states x sensitivities -> exponent -> transfer exp(-exponent) x gap factor + leak
///   the same without one cause -> difference = that cause's part
#pragma once

#include "sensor_models/optical/coupling.h"
#include "sensor_models/optical/tissue.h"

namespace wrist {

/// How one channel sits on one wrist on one day: where tendons pass relative to its light.
struct ChannelWear {
  double bulge_gain = 1;  // signed: a bulge may bring light or take it
  double slosh_gain = 1;
  double slip_gain = 1;   // signed
  Series other_skin{};    // 1, N; exponent of veins and ink slipped over; empty: none
};

ChannelWear draw_channel_wear(const Rng& rng);

/// Photodiode over LED current, A/A, N each.
struct ChannelLight {
  double steady = 0;                                 // every cause absent
  Series total;                                      // every cause present
  Series pulse, venous, pressure, gap, bulge, slip;  // total less total without the cause
  Series gap_mm;                                     // mm; under this channel
};

/// `lever`: m; midpoint of the channel, x y in C.
ChannelLight channel_light(const ChannelOptics& optics, const ChannelWear& wear,
                           const Eigen::Array<double, 1, 2>& lever, const Contact& contact,
                           const BloodStates& states);

/// Moves the light to `share` of a sample after the time stamps: exposures are staggered. Linear.
void expose_later(ChannelLight& light, double share);

}  // namespace wrist
