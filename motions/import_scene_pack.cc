// SPDX-License-Identifier: Apache-2.0
// A scene as bytes and back. What comes back may be the work of a reader that lost its way: every
// size is checked.
#include <cstring>
#include <type_traits>

#include "motions/import_scene_apart.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr const char* kCut = "the reader's answer is not sound";

class Packer {
 public:
  template <typename T>
  void value(const T& x) {
    bytes.append(reinterpret_cast<const char*>(&x), sizeof x);
  }
  void text(const std::string& x) {
    value(x.size());
    bytes += x;
  }
  template <typename Array>
  void array(const Array& x) {
    value(x.rows());
    value(x.cols());
    bytes.append(reinterpret_cast<const char*>(x.data()),
                 static_cast<std::size_t>(x.size()) * sizeof(double));
  }
  std::string bytes;
};

class Unpacker {
 public:
  explicit Unpacker(const std::string& bytes) : bytes_(bytes) {}
  template <typename T>
  void value(T& x) {
    std::memcpy(&x, take(sizeof x), sizeof x);
  }
  void text(std::string& x) {
    std::size_t size = 0;
    value(size);
    x.assign(take(size), size);
  }
  template <typename Array>
  void array(Array& x) {
    Index rows = 0, cols = 0;
    value(rows);
    value(cols);
    constexpr Index kFixed = Array::SizeAtCompileTime;
    const bool sound = rows >= 0 && cols >= 0 && rows <= SceneLimits::keys && cols <= 4 &&
                       (kFixed == Eigen::Dynamic || (rows == x.rows() && cols == x.cols()));
    require(sound, ErrorKind::bad_data, kCut);
    const auto size = static_cast<std::size_t>(rows * cols) * sizeof(double);
    const char* from = take(size);
    x.resize(rows, cols);
    if (size > 0) std::memcpy(x.data(), from, size);
  }
  std::size_t left() const { return bytes_.size() - at_; }

 private:
  const char* take(std::size_t size) {
    require(size <= left(), ErrorKind::bad_data, kCut);
    at_ += size;
    return bytes_.data() + at_ - size;
  }
  const std::string& bytes_;
  std::size_t at_ = 0;
};

// The one list of what a scene is made of, for both ways.
template <typename Way, typename Items, typename Each>
void list(Way& way, Items& items, const Each& each) {
  std::size_t count = items.size();
  way.value(count);
  if constexpr (std::is_same_v<Way, Unpacker>) {
    require(count <= way.left(), ErrorKind::bad_data, kCut);
    items.resize(count);
  }
  for (auto& item : items) each(item);
}

template <typename Way, typename Scene>
void carry(Way& way, Scene& scene) {
  list(way, scene.nodes, [&](auto& n) {
    way.text(n.name);
    way.value(n.parent);
    way.array(n.translation);
    way.array(n.rotation.coeffs());
    way.array(n.scale);
    way.value(n.skinned);
    way.value(n.solid);
  });
  list(way, scene.animations, [&](auto& a) {
    way.text(a.name);
    list(way, a.tracks, [&](auto& t) {
      way.value(t.node);
      way.value(t.path);
      way.value(t.mode);
      way.array(t.times);
      way.array(t.values);
    });
  });
  way.array(scene.up);
  way.value(scene.metres_per_unit);
  list(way, scene.notes, [&](auto& note) { way.text(note); });
}

}  // namespace

std::string pack(const MotionScene& scene) {
  Packer way;
  carry(way, scene);
  return way.bytes;
}

MotionScene unpack_scene(const std::string& bytes) {
  Unpacker way(bytes);
  MotionScene scene;
  carry(way, scene);
  return scene;
}

}  // namespace wrist
