// SPDX-License-Identifier: Apache-2.0
#include "motions/import_scene_joints.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kMoves = 0.002;  // of the skeleton's size: further than rounding and scaling
constexpr double kScales = 0.01;  // of a joint's size

[[noreturn]] void fail(const std::string& file, const std::string& expected,
                       const std::string& found) {
  throw Error(ErrorKind::bad_data, file + ": expected " + expected + ", found " + found);
}

struct Placed {
  Matrix3d L;  // turn and scale
  Vector3d p;
};

Placed local(const Vector3d& t, const Quaterniond& r, const Vector3d& s) {
  return {r.toRotationMatrix() * s.asDiagonal(), t};
}

// Poses of all nodes of a scene, at rest or at a time.
class SceneAt {
 public:
  SceneAt(const MotionScene& scene, int animation) : scene_(scene), tracks_(scene.nodes.size()) {
    if (animation < 0) return;
    for (const KeyTrack& track : scene.animations[static_cast<std::size_t>(animation)].tracks)
      tracks_[static_cast<std::size_t>(track.node)][static_cast<std::size_t>(track.path)] = &track;
  }

  std::vector<Placed> at(double time_s) const { return placed(&time_s); }
  std::vector<Placed> at_rest() const { return placed(nullptr); }

 private:
  std::vector<Placed> placed(const double* time_s) const {
    std::vector<Placed> world;
    world.reserve(scene_.nodes.size());
    for (std::size_t n = 0; n < scene_.nodes.size(); ++n) {
      const SceneNode& node = scene_.nodes[n];
      Vector3d t = node.translation, s = node.scale;
      Quaterniond r = node.rotation;
      if (time_s != nullptr) read(tracks_[n], *time_s, t, r, s);
      const Placed here = local(t, r, s);
      if (node.parent < 0) {
        world.push_back(here);
      } else {
        const Placed& above = world[static_cast<std::size_t>(node.parent)];
        world.push_back({above.L * here.L, above.p + above.L * here.p});
      }
    }
    return world;
  }
  using Tracks = std::array<const KeyTrack*, 3>;  // by KeyPath
  static void read(const Tracks& tracks, double time_s, Vector3d& t, Quaterniond& r, Vector3d& s) {
    if (tracks[0] != nullptr) t = key_value(*tracks[0], time_s).head<3>();
    if (tracks[1] != nullptr) {
      const Eigen::Vector4d q = key_value(*tracks[1], time_s);
      r = Quaterniond(q[0], q[1], q[2], q[3]);
    }
    if (tracks[2] != nullptr) s = key_value(*tracks[2], time_s).head<3>();
  }

  const MotionScene& scene_;
  std::vector<Tracks> tracks_;
};

// The turn in a matrix that may scale a little; its columns made square one after the other.
Quaterniond turn_of(const Matrix3d& M, bool& scales, const std::string& file,
                    const std::string& name) {
  const double size = M.col(0).norm();
  if (!(size > 1e-9 && M.determinant() > 1e-12))
    fail(file, "a joint " + name + " that keeps its size", "one that collapses or is mirrored");
  scales = scales || std::abs(size - 1) > kScales ||
           std::abs(M.determinant() - size * size * size) > kScales;
  Matrix3d R;
  R.col(0) = M.col(0) / size;
  R.col(2) = R.col(0).cross(M.col(1)).normalized();
  R.col(1) = R.col(2).cross(R.col(0));
  return Quaterniond(R).normalized();
}

// Where each joint stands in its parent, on the average, and how far it strays from there.
void find_offsets(std::vector<Moving>& joints) {
  for (Moving& joint : joints) {
    joint.offset.setZero();
    if (joint.parent < 0) continue;
    const Moving& parent = joints[static_cast<std::size_t>(joint.parent)];
    const Index frames = joint.p.rows();
    Series3 place(frames, 3);
    for (Index i = 0; i < frames; ++i) {
      const Vector3d p = (joint.p.row(i) - parent.p.row(i)).matrix().transpose();
      place.row(i) = (quaternion(parent.R, i).conjugate() * p).transpose().array();
    }
    const Eigen::Array<double, 1, 3> mean = place.colwise().mean();
    joint.offset = mean.matrix().transpose();
    joint.moves = std::sqrt((place.rowwise() - mean).square().rowwise().sum().maxCoeff());
  }
}

double skeleton_size(const std::vector<Moving>& joints) {
  double size = 0;
  for (const Moving& joint : joints)
    size = std::max(size, (joint.p.row(0) - joints[0].p.row(0)).matrix().norm());
  return size;
}

std::size_t subtree(const std::vector<Moving>& joints, std::size_t root) {
  std::size_t end = root + 1;
  while (end < joints.size() && joints[end].parent >= static_cast<int>(root)) ++end;
  return end - root;
}

// The joint that carries most of the skeleton and moves in its parent becomes the root.
void root_at_hips(std::vector<Moving>& joints, double still, const MotionScene& scene,
                  std::vector<std::string>& notes) {
  std::size_t hips = 0;
  for (std::size_t j = 1; j < joints.size(); ++j)
    if (joints[j].moves > still && 2 * subtree(joints, j) >= joints.size()) hips = j;
  if (hips == 0) return;
  const std::size_t size = subtree(joints, hips), left_out = joints.size() - size;
  joints.erase(joints.begin() + static_cast<std::ptrdiff_t>(hips + size), joints.end());
  joints.erase(joints.begin(), joints.begin() + static_cast<std::ptrdiff_t>(hips));
  for (Moving& joint : joints) joint.parent -= static_cast<int>(hips);
  joints[0].parent = -1;
  joints[0].moves = 0;
  notes.push_back("the root is " + scene.nodes[static_cast<std::size_t>(joints[0].node)].name +
                  ", which moves in what holds it; " + std::to_string(left_out) +
                  " nodes above or beside it are left out");
}

void note_strays(const std::vector<Moving>& joints, double still, double scale,
                 std::vector<std::string>& notes) {
  double furthest = 0;
  int strays = 0;
  for (const Moving& joint : joints)
    if (joint.moves > still) {
      ++strays;
      furthest = std::max(furthest, joint.moves);
    }
  char text[128];
  std::snprintf(text, sizeof text,
                "%d joints move in their parents, by up to %.3g m: their mean offsets are kept",
                strays, scale * furthest);
  if (strays > 0) notes.push_back(text);
}

}  // namespace

std::vector<Moving> ordered_joints(const std::vector<int>& parents) {
  std::vector<Moving> joints;
  std::vector<std::pair<int, int>> waiting;  // node, parent's place
  for (std::size_t n = parents.size(); n > 0; --n)
    if (parents[n - 1] == -1) waiting.emplace_back(static_cast<int>(n - 1), -1);
  while (!waiting.empty()) {
    const auto [node, parent] = waiting.back();
    waiting.pop_back();
    const int place = static_cast<int>(joints.size());
    Moving joint;
    joint.node = node;
    joint.parent = parent;
    joints.push_back(joint);
    for (std::size_t n = parents.size(); n > 0; --n)
      if (parents[n - 1] == node) waiting.emplace_back(static_cast<int>(n - 1), place);
  }
  return joints;
}

bool sample_joints(std::vector<Moving>& joints, const MotionScene& scene, int animation,
                   const KeyGrid& grid, Index frames, const std::string& file) {
  bool scales = false;
  const SceneAt poses(scene, animation);
  const std::vector<Placed> rest = poses.at_rest();
  for (Moving& joint : joints) {
    const Matrix3d& L = rest[static_cast<std::size_t>(joint.node)].L;
    if (!(std::abs(L.determinant()) > 1e-15))
      fail(
          file, "joints with a size",
          "joint " + scene.nodes[static_cast<std::size_t>(joint.node)].name + " scaled to nothing");
    joint.unrest = L.inverse();
    joint.p = Series3(frames, 3);
    joint.R = QuatSeries(frames, 4);
  }
  for (Index i = 0; i < frames; ++i) {
    const std::vector<Placed> world =
        animation < 0 ? rest : poses.at(grid.start_s + static_cast<double>(i) / grid.rate_hz);
    for (Moving& joint : joints) {
      const Placed& here = world[static_cast<std::size_t>(joint.node)];
      joint.p.row(i) = here.p.transpose().array();
      Quaterniond R = turn_of(here.L * joint.unrest, scales, file,
                              scene.nodes[static_cast<std::size_t>(joint.node)].name);
      if (i > 0 && R.dot(quaternion(joint.R, i - 1)) < 0) R.coeffs() *= -1;
      set_quaternion(joint.R, i, R);
    }
  }
  return scales;
}

void settle_joints(std::vector<Moving>& joints, const MotionScene& scene,
                   std::vector<std::string>& notes) {
  find_offsets(joints);
  const double still = kMoves * skeleton_size(joints);
  root_at_hips(joints, still, scene, notes);
  note_strays(joints, still, scene.metres_per_unit, notes);
}

}  // namespace wrist
