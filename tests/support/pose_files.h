// SPDX-License-Identifier: Apache-2.0
/// WebXR hand poses made by tests, to be read and to be broken.
#pragma once

#include <Eigen/Core>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "motions/hand_pose.h"

namespace wrist::testing {

/// Joint k of a flat left hand, in the order of WebXR: palm down, fingers along -z, thumb at +x.
inline Eigen::Vector3d flat_left(int k) {
  if (k == 0) return {0, 0, 0};
  const int digit = k <= 4 ? 0 : k / 5, j = k <= 4 ? k : k % 5;
  return {0.04 - 0.02 * digit, -0.001 * digit, -0.03 - 0.03 * j};
}

inline const char* const kThumbJoints[] = {"wrist", "thumb-metacarpal", "thumb-phalanx-proximal",
                                           "thumb-phalanx-distal", "thumb-tip"};
inline const char* const kPoseFingers[] = {"index", "middle", "ring", "pinky"};
inline const char* const kPoseParts[] = {"metacarpal", "phalanx-proximal", "phalanx-intermediate",
                                         "phalanx-distal", "tip"};

inline std::string pose_joint_name(int k) {
  return k < 5 ? kThumbJoints[k]
               : std::string(kPoseFingers[k / 5 - 1]) + "-finger-" + kPoseParts[k % 5];
}

inline std::string matrix_text(const Eigen::Vector3d& p) {
  return "[1,0,0,0, 0,1,0,0, 0,0,1,0, " + std::to_string(p.x()) + "," + std::to_string(p.y()) +
         "," + std::to_string(p.z()) + ",1]";
}

inline std::string json_pose() {
  std::string text = "{\"joints\": {";
  for (int k = 0; k < kHandJoints; ++k)
    text += (k > 0 ? ",\n\"" : "\"") + pose_joint_name(k) +
            "\": {\"matrix_col_major\": " + matrix_text(flat_left(k)) + ", \"radius_m\": 0.01}";
  return text + "}}";
}

/// A count, 25 matrices of the left hand, 25 of the right one (twice as long here), weights.
inline std::vector<float> binary_pose() {
  std::vector<float> numbers = {25};
  for (const double size : {1.0, 2.0})
    for (int k = 0; k < kHandJoints; ++k) {
      Eigen::Vector3d p = size * flat_left(k);
      if (size > 1) p.x() *= -1;
      for (const double x :
           {1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1., 0., p.x(), p.y(), p.z(), 1.})
        numbers.push_back(static_cast<float>(x));
    }
  numbers.resize(851, 1.0f);
  return numbers;
}

/// As handy-work's files have them.
inline std::string little_endian(const std::vector<float>& numbers) {
  std::string bytes;
  for (const float x : numbers) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    for (int b = 0; b < 4; ++b) bytes += static_cast<char>(bits >> 8 * b & 0xff);
  }
  return bytes;
}

}  // namespace wrist::testing
