// SPDX-License-Identifier: Apache-2.0
/// The light of one channel that reaches its photodiode, and what each cause adds to it.
///
///   states x sensitivities -> exponent -> transfer exp(-exponent) x gap factor + leak
///   the same without one cause -> difference = that cause's part
#pragma once

#include "sensor_models/optical/spot.h"
#include "sensor_models/optical/tissue.h"

namespace wrist {

/// How one channel sits on one wrist on one day: where tendons pass relative to its light.
struct ChannelWear {
  double bulge_gain = 1;  // signed: a bulge may bring light or take it
  double slosh_gain = 1;
  double slip_gain = 1;  // signed
  Series other_skin{};   // 1, N; exponent of veins and ink slipped over; empty: none
};

ChannelWear draw_channel_wear(const Rng& rng);

/// One channel on this wrist, what is the same for all of its samples.
struct LightPath {
  ChannelOptics optics;
  ChannelWear wear;
  Eigen::Array<double, 1, 2> lever{0, 0};  // m; midpoint of the channel, x y in C
};

/// Photodiode over LED current, A/A, of up to kLightBlock + 1 samples.
struct LightBlock {
  LightLanes total{};  // every cause present
  LightLanes skin{};   // of it, what went through the skin
  LightLanes pulse{}, venous{}, pressure{}, gap{}, bulge{}, slip{};  // total less without the cause
  LightLanes gap_mm{};                                               // mm; under this channel
};

/// Every cause absent. A/A.
double steady_light(const ChannelOptics& optics);

/// `stretch.count` <= kLightBlock + 1. Parts within 1e-8 of themselves.
void light_block(const LightPath& path, const Contact& contact, const BloodStates& states,
                 Stretch stretch, LightBlock& out);

/// Moves `total` and `gap_mm`, `count` samples, to `share` of a sample after the time stamps:
/// exposures are staggered. Linear; reads the sample after the last if there is one (`more`), else
/// goes on straight. The parts stay, with a sample after the last to go to.
void expose_later(LightBlock& light, double share, Index count, bool more);

}  // namespace wrist
