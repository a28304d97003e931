// SPDX-License-Identifier: Apache-2.0
/// What is understood of a hand without an arm: a tracker's, a pose, a rig's.
///
///   import_hand, record_lone_hand -> HandRecording -> hand_motion on an arm of ours -> ClipReport
#pragma once

#include "generators/cli/clip_report.h"

namespace wrist::cli {

/// The file of a tracked hand.
ClipReport report_hand_file(const std::filesystem::path& file);

/// Adds what is understood of a rig's hand at the joint `wrist`.
void describe_hand(ClipReport& report, const MotionClip& clip, const std::string& wrist);

}  // namespace wrist::cli
