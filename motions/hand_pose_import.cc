// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Dense>
#include <array>
#include <bit>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "motions/hand_pose.h"
#include "sim/base/error.h"
#include "sim/body/arm_model.h"

namespace wrist {
namespace {

using Eigen::Matrix4d;
using Eigen::Vector3d;
using nlohmann::json;

constexpr std::uintmax_t kMostBytes = 1u << 20;  // a pose has 10 kB at most
constexpr double kFarthest = 10;                 // m; from the viewer's origin [assumed]
constexpr double kLargest = 1e100;               // numbers whose squares are numbers
constexpr double kSkew = 0.01;                   // of a rotation's columns

// In the order of WebXR, which is that of handy-work's matrices.
constexpr std::array<const char*, kHandJoints> kWebxrNames = {"wrist",
                                                              "thumb-metacarpal",
                                                              "thumb-phalanx-proximal",
                                                              "thumb-phalanx-distal",
                                                              "thumb-tip",
                                                              "index-finger-metacarpal",
                                                              "index-finger-phalanx-proximal",
                                                              "index-finger-phalanx-intermediate",
                                                              "index-finger-phalanx-distal",
                                                              "index-finger-tip",
                                                              "middle-finger-metacarpal",
                                                              "middle-finger-phalanx-proximal",
                                                              "middle-finger-phalanx-intermediate",
                                                              "middle-finger-phalanx-distal",
                                                              "middle-finger-tip",
                                                              "ring-finger-metacarpal",
                                                              "ring-finger-phalanx-proximal",
                                                              "ring-finger-phalanx-intermediate",
                                                              "ring-finger-phalanx-distal",
                                                              "ring-finger-tip",
                                                              "pinky-finger-metacarpal",
                                                              "pinky-finger-phalanx-proximal",
                                                              "pinky-finger-phalanx-intermediate",
                                                              "pinky-finger-phalanx-distal",
                                                              "pinky-finger-tip"};

using Matrices = std::array<Matrix4d, kHandJoints>;

void check_size(std::uintmax_t size, const std::string& file) {
  require(size <= kMostBytes, ErrorKind::bad_data,
          file + ": expected a pose of at most 1 MiB, found " + std::to_string(size) + " bytes");
}

std::string read_bytes(const std::filesystem::path& file) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(file, fault);
  require(!fault, ErrorKind::io, file.string() + ": " + fault.message());
  check_size(size, file.string());
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  require(in.good() || size == 0, ErrorKind::io, file.string() + ": cannot be read");
  return bytes;
}

// Rotation and position, nothing else, and near the viewer.
void check_matrix(const Matrix4d& X, const std::string& where) {
  require(X.allFinite() && X.cwiseAbs().maxCoeff() < kLargest, ErrorKind::bad_data,
          where + ": expected finite numbers");
  const Eigen::Matrix3d R = X.topLeftCorner<3, 3>();
  const bool rigid = (R.transpose() * R - Eigen::Matrix3d::Identity()).norm() < kSkew &&
                     R.determinant() > 0 &&
                     (X.row(3) - Eigen::RowVector4d(0, 0, 0, 1)).norm() < kSkew;
  require(rigid, ErrorKind::bad_data,
          where + ": expected a column-major matrix of a rotation and a position, found another");
  require(X.topRightCorner<3, 1>().norm() < kFarthest, ErrorKind::bad_data,
          where + ": expected a position within 10 m");
}

// A number that is not finite is answered with NaN.
double little_endian_float(const char* at) {
  constexpr std::uint32_t kExponent = 0x7f800000;  // all ones: infinite or not a number
  std::uint32_t bits = 0;
  for (int b = 3; b >= 0; --b) bits = bits << 8 | static_cast<unsigned char>(at[b]);
  const bool finite = (bits & kExponent) != kExponent;
  return finite ? double{std::bit_cast<float>(bits)} : std::numeric_limits<double>::quiet_NaN();
}

Matrices read_handy_work(const std::string& bytes, const std::string& file, Side side) {
  constexpr std::size_t kNumbers = 1 + 2 * kHandJoints * (16 + 1);  // count, matrices, weights
  require(bytes.size() == 4 * kNumbers, ErrorKind::bad_data,
          file + ": expected " + std::to_string(4 * kNumbers) + " bytes, found " +
              std::to_string(bytes.size()));
  const double count = little_endian_float(bytes.data());
  require(count == kHandJoints, ErrorKind::bad_data,
          file + ": expected 25 joints, found " + std::to_string(count));
  Matrices matrices;
  std::size_t at = 1 + (side == Side::right ? 16 * kHandJoints : 0);
  for (std::size_t k = 0; k < kHandJoints; ++k) {
    for (Index e = 0; e < 16; ++e)
      matrices[k](e % 4, e / 4) = little_endian_float(bytes.data() + 4 * at++);
    check_matrix(matrices[k], file + ": joint " + kWebxrNames[k]);
  }
  return matrices;
}

Matrix4d read_matrix(const json& joint, const std::string& where) {
  const auto found = joint.is_object() ? joint.find("matrix_col_major") : joint.end();
  const bool sixteen =
      joint.is_object() && found != joint.end() && found->is_array() && found->size() == 16;
  require(sixteen, ErrorKind::bad_data, where + ": expected matrix_col_major of 16 numbers");
  Matrix4d X;
  for (Index e = 0; e < 16; ++e) {
    const json& number = (*found)[static_cast<std::size_t>(e)];
    require(number.is_number(), ErrorKind::bad_data,
            where + ": matrix_col_major: expected a number, found " + number.type_name());
    X(e % 4, e / 4) = number.get<double>();
  }
  check_matrix(X, where);
  return X;
}

Matrices read_json(const std::string& text, const std::string& file) {
  json root;
  try {
    root = json::parse(text);
  } catch (const json::exception& fault) {
    throw Error(ErrorKind::bad_data, file + ": expected JSON: " + fault.what());
  }
  const bool has_joints = root.is_object() && root.contains("joints") && root["joints"].is_object();
  require(has_joints, ErrorKind::bad_data, file + ": expected an object \"joints\"");
  Matrices matrices;
  for (std::size_t k = 0; k < kHandJoints; ++k) {
    const std::string where = file + ": joint " + kWebxrNames[k];
    require(root["joints"].contains(kWebxrNames[k]), ErrorKind::bad_data,
            where + ": expected it among the joints, found none");
    matrices[k] = read_matrix(root["joints"][kWebxrNames[k]], where);
  }
  return matrices;
}

Vector3d position(const Matrices& X, std::size_t k) { return X[k].topRightCorner<3, 1>(); }

// Towards x of the wrist on a left hand, whose palm faces down and fingers point away from the
// viewer.
Side side_of(const Matrices& X) {
  constexpr std::size_t kIndexKnuckle = 6, kLittleKnuckle = 21;
  const Vector3d across = position(X, kIndexKnuckle) - position(X, kLittleKnuckle);
  return X[0].col(0).head<3>().dot(across) > 0 ? Side::left : Side::right;
}

HandRecording hand_of(const Matrices& X, const std::string& name, Side side) {
  HandRecording hand = make_hand_recording(name, side, 1);
  hand.tip = TipPoint::finger_end;
  hand.has_carpals = true;
  const Eigen::Matrix3d wrist = X[0].topLeftCorner<3, 3>();
  set_quaternion(hand.R_LH, 0, palm_rotation(-wrist.col(2), wrist.col(1)));
  hand.p_LH.row(0) = position(X, 0).transpose().array();
  hand.set_joint(0, 0, HandJoint::carpal, position(X, 1));
  for (int k = 1; k < kHandJoints; ++k) {
    const bool thumb = k <= 4;
    hand.set_joint(0, thumb ? 0 : k / 5, static_cast<HandJoint>(thumb ? k : k % 5),
                   position(X, static_cast<std::size_t>(k)));
  }
  return hand;
}

}  // namespace

HandRecording read_hand_pose(const std::string& text, const std::string& file) {
  check_size(text.size(), file);
  const Matrices matrices = read_json(text, file);
  HandRecording hand = hand_of(matrices, file, side_of(matrices));
  require_sound(hand, 0, file);
  return hand;
}

HandRecording import_hand_pose(const std::filesystem::path& file, std::optional<Side> side) {
  const std::string bytes = read_bytes(file), name = file.stem().string();
  if (file.extension() != ".json") {
    const Side of = side.value_or(Side::right);
    HandRecording hand = hand_of(read_handy_work(bytes, file.string(), of), name, of);
    require_sound(hand, 0, file.string());
    return hand;
  }
  HandRecording hand = read_hand_pose(bytes, file.string());
  hand.name = name;
  return hand.side == side.value_or(hand.side) ? hand : mirrored(std::move(hand));
}

}  // namespace wrist
