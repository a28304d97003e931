// SPDX-License-Identifier: Apache-2.0
/// Reads recordings of a Leap Motion controller as leapjs-playback writes them.
///
///   .json or .json.gz -> one text -> frames, whole or packed -> one hand of one side ->
///   HandRecording
///
/// Whole frames name every value; packed ones (format 2) are rows whose first one names the
/// columns. Millimetres and microseconds become SI. Frames without the hand are left out: times say
/// where. Format: the wiki of leapjs-playback, and recordings of formats 0.1, 1 and 2.
#pragma once

#include <optional>

#include "motions/hand_pose.h"

namespace wrist {

struct LeapLimits {
  std::size_t bytes = std::size_t{64} << 20;  // of the text, unpacked; a minute takes 25 MB
  double duration_s = 3600;
  double reach = 5;  // m; from the controller, which sees 0.6 m
};

/// The hand of `side`, or of the side seen in more frames. A hand that is there must be whole: five
/// fingers of four or five joints, palm, strengths. Throws Error(bad_data) "FILE: frame N: KEY:
/// expected ..., found ..."; Error(io) if the file cannot be read.
HandRecording import_leap(const std::filesystem::path& file, std::optional<Side> side = {},
                          const LeapLimits& limits = {});

/// The same for a text in memory; `file` is what errors call it.
HandRecording read_leap(const std::string& text, const std::string& file,
                        std::optional<Side> side = {}, const LeapLimits& limits = {});

}  // namespace wrist
