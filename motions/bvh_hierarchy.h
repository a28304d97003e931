// SPDX-License-Identifier: Apache-2.0
/// The first half of the BVH pre-scan: joints, offsets, channels, end sites; without recursion.
#pragma once

#include "motions/bvh_scan.h"
#include "motions/bvh_text.h"

namespace wrist {

/// Appends nodes to `scan` and counts its joints. Throws Error(bad_data) at the first fault.
void read_hierarchy(BvhText& in, const BvhLimits& limits, BvhScan& scan);

}  // namespace wrist
