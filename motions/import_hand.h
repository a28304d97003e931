// SPDX-License-Identifier: Apache-2.0
/// Reads a hand, whatever file it is in.
///
///   .json, .json.gz -> the keys of its root -> read_leap ("frames") or read_hand_pose ("joints")
///   .handpose -> import_hand_pose
#pragma once

#include "motions/hand_pose.h"

namespace wrist {

/// A recording, or a pose of one frame; of handy-work's two hands the right one. Throws
/// Error(bad_data) that names the file, what was expected and what was found; Error(io).
HandRecording import_hand(const std::filesystem::path& file);

/// Whether a file of such a name is one of a hand by what it holds. One that cannot be read is: the
/// error is said where it is read.
bool holds_hand(const std::filesystem::path& file);

}  // namespace wrist
