// SPDX-License-Identifier: Apache-2.0
/// A hand as a tracker saw it: 25 joints over time, or in one pose; and the poses of WebXR.
///
///   import_hand, lone_hand -> HandRecording -> fit_fingers, perform_pose -> hand_motion ->
///   JointMotion
///
/// Frames: L the tracker's or viewer's: y up, z towards the person, x to the person's right (Leap
/// Motion and WebXR alike). H the hand's, as in sim/README.md: x distal, z dorsal, y = z cross x.
/// Sources: WebXR Hand Input, the 25 joints and their axes (-z distal, y dorsal); handy-work's
/// files (a count, the left and right hands' matrices, their weights; little-endian floats).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/pose.h"
#include "sim/body/subject.h"

namespace wrist {

/// The joints of a digit, from the wrist outwards. The thumb has one bone less: its `carpal` and
/// `knuckle` are both the base of its metacarpal.
enum class HandJoint { carpal, knuckle, middle, distal, tip };
inline constexpr int kJointsPerDigit = 5;
inline constexpr int kHandJoints = 25;  // digits from thumb to little, joints from carpal to tip

/// What a tracker calls the tip of a digit.
enum class TipPoint {
  pad_centre,  // the middle of the round end: Leap Motion, whose tips stop 4 to 5 mm short of the
               // bone's end and are 15 to 19 mm apart in a held pinch
  finger_end,  // the end of the flesh: WebXR
};

struct HandRecording {
  std::string name;  // file name without folder and extensions
  Side side = Side::right;
  TipPoint tip = TipPoint::pad_centre;
  bool has_carpals = false;        // else a finger's carpal stands at its knuckle
  Series time_s;                   // s, N; from 0, rising, not uniform
  Eigen::ArrayXXd joints;          // m, N x 75; in L; x y z of joint 0, x y z of joint 1, ...
  QuatSeries R_LH;                 // N x 4; palm
  Series3 p_LH;                    // m, N x 3; palm, wherever the tracker has its middle
  Series pinch, grab;              // 0..1, N; the tracker's own opinion
  std::vector<std::string> notes;  // what was understood and left out, a sentence each

  Index count() const { return time_s.size(); }
  Eigen::Vector3d joint(Index frame, int digit, HandJoint j) const {
    const int column = 3 * (kJointsPerDigit * digit + static_cast<int>(j));
    return joints.block<1, 3>(frame, column).matrix().transpose();
  }
  void set_joint(Index frame, int digit, HandJoint j, const Eigen::Vector3d& p) {
    const int column = 3 * (kJointsPerDigit * digit + static_cast<int>(j));
    joints.block<1, 3>(frame, column) = p.transpose().array();
  }
};

/// N frames of zeros, to be filled.
HandRecording make_hand_recording(std::string name, Side side, Index count);

/// Throws Error(bad_data) "WHERE: expected ..." unless this frame's numbers are finite, its
/// phalanges 2 to 150 mm long, and its knuckles stand as on a hand of this side.
void require_sound(const HandRecording& hand, Index frame, const std::string& where);

/// The same for every frame, named "NAME: frame N", and times that rise.
void require_sound(const HandRecording& hand);

/// The other hand, doing the same: mirrored across the person's middle.
HandRecording mirrored(HandRecording hand);

/// R_LH from the palm's distal and dorsal directions, orthogonal or nearly so.
Eigen::Quaterniond palm_rotation(const Eigen::Vector3d& distal, const Eigen::Vector3d& dorsal);

/// Distance between the tips of thumb and index. Shape: N.
Series tip_distance(const HandRecording& hand);

/// Reads one pose, a recording of one frame: handy-work's .handpose, either side, or a JSON object
/// `joints` of 25 named column-major matrices, as IWER's, whose side the joints tell; asked for the
/// other one, it is mirrored. Without a side: the joints' own, of handy-work's two the right hand.
/// Throws Error(bad_data) that names file and joint; Error(io).
HandRecording import_hand_pose(const std::filesystem::path& file, std::optional<Side> side = {});

/// The JSON of a pose in memory, of its own side; `file` is its name and what errors call it.
HandRecording read_hand_pose(const std::string& text, const std::string& file);

}  // namespace wrist
