// SPDX-License-Identifier: Apache-2.0
/// Strict check of a BVH text before any other reader sees it: one pass, no recursion.
///
///   text -> words and lines -> hierarchy, channels, frame count, every value -> BvhScan
///
/// Readers accept malformed files silently (NaN, missing channels, surplus values) or crash on them
/// (children before CHANNELS, very deep trees); what passes here is safe for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/series.h"

namespace wrist {

struct BvhLimits {
  std::uintmax_t bytes = std::uintmax_t{512} << 20;
  int depth = 256;  // of nested joints
  int joints = 1024;
};

/// A joint or an end site, in the order of the file.
struct BvhNode {
  std::string name;  // of an end site: empty
  int parent = -1;   // index into BvhScan::nodes
  bool end_site = false;
  int channels = 0;
  bool has_position = false;
};

struct BvhScan {
  std::vector<BvhNode> nodes;  // parents first; the root is first
  int joints = 0;              // nodes without end sites
  Index frames = 0;
  double frame_time_s = 0;  // as written
  double rate_hz = 0;       // snapped to a whole number where the text's rounding allows
};

/// Throws Error(bad_data) "FILE:LINE: expected ..., found ..." at the first fault.
BvhScan scan_bvh(std::string_view text, const std::string& file, const BvhLimits& limits = {});

/// The rate of a frame time written as a plain decimal number: the whole number nearest to its
/// inverse if that rate's frame time rounds to this text, else the inverse itself.
double frame_rate(std::string_view frame_time);

}  // namespace wrist
