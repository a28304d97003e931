// SPDX-License-Identifier: Apache-2.0
#include "motions/import_scene.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "motions/import_scene_joints.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr std::size_t kLongestName = 1024;
constexpr double kNoTangent = 1e-6;  // per s; rounding
constexpr double kLatest = 1e6;      // s

[[noreturn]] void fail(const std::string& file, const std::string& expected,
                       const std::string& found) {
  throw Error(ErrorKind::bad_data, file + ": expected " + expected + ", found " + found);
}

void check_track(const MotionScene& scene, const KeyTrack& track, const std::string& file) {
  const Index keys = track.times.size(), width = track.path == KeyPath::rotation ? 4 : 3;
  if (track.node < 0 || track.node >= static_cast<int>(scene.nodes.size()))
    fail(file, "keys of a node", "keys of none");
  const std::string where = " for node " + scene.nodes[static_cast<std::size_t>(track.node)].name;
  if (keys < 1 || keys > SceneLimits::keys || track.values.rows() != keys ||
      track.values.cols() != width)
    fail(file, "one value per key" + where, "another number");
  const auto sound = [](const Eigen::ArrayXXd& x) { return (x.abs() < SceneLimits::value).all(); };
  if (!(track.times.abs() < kLatest).all() || !sound(track.values) || !sound(track.tangent_in) ||
      !sound(track.tangent_out))
    fail(file, "finite keys" + where, "others");
  if (!(track.times.tail(keys - 1) > track.times.head(keys - 1)).all())
    fail(file, "times that increase" + where, "others");
  if (track.path == KeyPath::rotation && !(track.values.square().rowwise().sum() > 1e-6).all())
    fail(file, "rotations of length 1" + where, "one of length 0");
}

MotionClip clip_of(const std::vector<Moving>& joints, const MotionScene& scene,
                   std::vector<std::string>& notes) {
  MotionClip clip;
  const double scale = scene.metres_per_unit;
  std::set<std::string> names;
  int doubles = 0;
  for (const Moving& joint : joints) {
    ClipJoint made{scene.nodes[static_cast<std::size_t>(joint.node)].name, joint.parent,
                   scale * joint.offset, joint.R};
    if (!names.insert(made.name).second) {
      ++doubles;
      std::string numbered;
      for (int k = 2; !names.insert(numbered = made.name + '#' + std::to_string(k)).second;) ++k;
      made.name = numbered;
    }
    if (joint.parent >= 0) {
      const Moving& parent = joints[static_cast<std::size_t>(joint.parent)];
      for (Index i = 0; i < joint.R.rows(); ++i) {
        Quaterniond R = quaternion(parent.R, i).conjugate() * quaternion(joint.R, i);
        if (i > 0 && R.dot(quaternion(made.R_PJ, i - 1)) < 0) R.coeffs() *= -1;
        set_quaternion(made.R_PJ, i, R.normalized());
      }
    }
    clip.joints.push_back(std::move(made));
  }
  clip.root = scale * joints[0].p;
  clip.up = scene.up;
  clip.metres_per_unit = 1;
  clip.built_rest = true;
  if (doubles > 0)
    notes.push_back(std::to_string(doubles) + " joints share a name with another: numbered");
  return clip;
}

// How much the turning speed jumps where one straight turn follows another, rad/s.
double turning_jump(const KeyTrack& track) {
  const auto speed = [&](Index k) -> Vector3d {
    const auto key = [&](Index i) {
      return Quaterniond(track.values(i, 0), track.values(i, 1), track.values(i, 2),
                         track.values(i, 3))
          .normalized();
    };
    Quaterniond turn = key(k).conjugate() * key(k + 1);
    if (turn.w() < 0) turn.coeffs() *= -1;
    const Eigen::AngleAxisd rotation(turn);
    return rotation.angle() / (track.times[k + 1] - track.times[k]) * rotation.axis();
  };
  double largest = 0;
  for (Index k = 0; k + 2 < track.times.size(); ++k)
    largest = std::max(largest, (speed(k + 1) - speed(k)).norm());
  return largest;
}

void note_modes(const SceneAnimation& animation, bool as_keyed, std::vector<std::string>& notes) {
  int held = 0, cubic = 0;
  bool eased = true;
  double jump = 0;
  for (const KeyTrack& track : animation.tracks) {
    held += track.mode == KeyMode::step && track_moves(track);
    cubic += track.mode == KeyMode::cubic;
    if (track.mode == KeyMode::cubic)
      eased = eased && (track.tangent_in.abs() < kNoTangent).all() &&
              (track.tangent_out.abs() < kNoTangent).all();
    if (track.mode == KeyMode::linear && track.path == KeyPath::rotation && !as_keyed)
      jump = std::max(jump, turning_jump(track));
  }
  if (held > 0)
    notes.push_back(std::to_string(held) +
                    " channels are held between keys (STEP): the pose jumps");
  if (cubic > 0)
    notes.push_back(std::to_string(cubic) + " channels are cubic (CUBICSPLINE)" +
                    (eased ? ", all tangents zero: eased from key to key" : ""));
  char text[128];
  std::snprintf(text, sizeof text,
                "turns are straight between keys (LINEAR): their speed jumps by up to %.2g rad/s, "
                "which only the smoothing rounds",
                jump);
  if (jump > 1e-3) notes.push_back(text);
}

}  // namespace

void set_matrix(SceneNode& node, const Eigen::Matrix4d& X) {
  Matrix3d L = X.topLeftCorner<3, 3>();
  node.translation = X.topRightCorner<3, 1>();
  node.scale = L.colwise().norm().transpose();
  if (L.determinant() < 0) node.scale.x() *= -1;
  for (Index c = 0; c < 3; ++c)
    if (node.scale[c] != 0) L.col(c) /= node.scale[c];
  node.rotation = Quaterniond(L);
  node.rotation =
      node.rotation.norm() > 1e-6 ? node.rotation.normalized() : Quaterniond::Identity();
}

void check_scene(const MotionScene& scene, const std::string& file) {
  if (scene.nodes.empty() || scene.nodes.size() > static_cast<std::size_t>(SceneLimits::nodes))
    fail(file, "1 to " + std::to_string(SceneLimits::nodes) + " nodes",
         std::to_string(scene.nodes.size()));
  std::vector<int> depth;
  for (std::size_t n = 0; n < scene.nodes.size(); ++n) {
    const SceneNode& node = scene.nodes[n];
    if (node.parent >= static_cast<int>(n) || node.name.size() > kLongestName)
      fail(file, "a tree of nodes with names", "another");
    depth.push_back(node.parent < 0 ? 1 : depth[static_cast<std::size_t>(node.parent)] + 1);
    if (depth.back() > SceneLimits::depth)
      fail(file, "nodes nested at most " + std::to_string(SceneLimits::depth) + " deep", "more");
    const auto sound = [](const auto& x) { return (x.array().abs() < SceneLimits::value).all(); };
    if (!sound(node.translation) || !sound(node.scale) || !sound(node.rotation.coeffs()))
      fail(file, "a finite transform of node " + node.name, "another");
  }
  if (!(scene.metres_per_unit > 0 && scene.metres_per_unit < SceneLimits::value))
    fail(file, "a positive unit", "another");
  for (const SceneAnimation& animation : scene.animations)
    for (const KeyTrack& track : animation.tracks) check_track(scene, track, file);
}

MotionClip scene_clip(const MotionScene& scene, int animation, const std::string& name,
                      const std::string& file) {
  std::vector<std::string> notes = scene.notes;
  std::vector<Moving> joints = ordered_joints(joint_tree(scene, animation, notes));
  KeyGrid grid;
  if (animation >= 0) {
    const SceneAnimation& keys = scene.animations[static_cast<std::size_t>(animation)];
    grid = key_grid(keys);
    if (!grid.note.empty()) notes.push_back(grid.note);
    note_modes(keys, grid.as_keyed, notes);
  }
  const auto frames =
      static_cast<Index>(std::floor((grid.end_s - grid.start_s) * grid.rate_hz + 0.01)) + 1;
  if (frames * std::ssize(joints) > SceneLimits::samples)
    fail(file, "at most " + std::to_string(SceneLimits::samples) + " poses of joints",
         std::to_string(frames) + " frames of " + std::to_string(joints.size()) + " joints");
  if (frames == 1)
    notes.push_back("no motion: a pose of " + std::to_string(joints.size()) + " joints");
  if (sample_joints(joints, scene, animation, grid, frames, file))
    notes.push_back("some joints change their size: only their turns are kept");
  settle_joints(joints, scene, notes);
  MotionClip clip = clip_of(joints, scene, notes);
  clip.name = name;
  clip.time = {0, grid.rate_hz, frames};
  clip.notes = std::move(notes);
  return clip;
}

}  // namespace wrist
