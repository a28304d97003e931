// SPDX-License-Identifier: Apache-2.0
/// Reads which joints of an unknown rig are the arm, as a user wrote it.
///
///   hips = "Bone01"
///   [left]
///   shoulder = "Bone12"
///   elbow = "Bone13"
///   wrist = "Bone14"
///   hand_end = "Bone20"
///   index = ["Bone21", "Bone22", "Bone23"]   # knuckle, middle joint, end joint, tip
#pragma once

#include <filesystem>
#include <string>

#include "motions/joint_map.h"

namespace wrist {

/// Keys: chest, hips; in [left] and [right] shoulder, elbow, wrist, hand_end, and thumb, index,
/// middle, ring, little as lists of one to four names. All may be left out, unknown ones are
/// refused. Throws Error(usage).
JointMap read_joint_map(const std::filesystem::path& file);

/// One line of JSON with what is set; keys sorted.
std::string to_json(const JointMap& map);

}  // namespace wrist
