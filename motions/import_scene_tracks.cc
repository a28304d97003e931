// SPDX-License-Identifier: Apache-2.0
// Keys over time: their values between them, and the grid an animation is sampled on.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "motions/import_scene.h"

namespace wrist {
namespace {

constexpr double kUsualRate = 60, kMostRate = 240;  // Hz
constexpr double kLeastRate = 10;      // Hz; keys further apart are poses, not samples [assumed]
constexpr double kSameGap = 0.05;      // of a gap: how far keys may stand from an even grid
constexpr double kWholeRate = 1e-4;    // of a rate: 29.97 Hz is not 30
constexpr double kShortestGap = 1e-3;  // s; closer keys are a jump, not a rate
constexpr double kKeySlack = 1e-5;     // s; times are written in single precision
constexpr double kMoves = 1e-4;        // of a value; less is rounding
constexpr double kDense = 0.5;         // share of grid times with a key in tracks that change

double snapped(double rate) {
  const double whole = std::round(rate);
  return std::abs(rate - whole) < kWholeRate * rate ? whole : rate;
}

// The even rate of the track with the most keys; 0 if its keys are not even.
double even_rate(const SceneAnimation& animation) {
  const auto most = std::max_element(
      animation.tracks.begin(), animation.tracks.end(),
      [](const KeyTrack& a, const KeyTrack& b) { return a.times.size() < b.times.size(); });
  if (most == animation.tracks.end() || most->times.size() < 3) return 0;
  const Series& t = most->times;
  const Index gaps = t.size() - 1;
  const double step = (t[gaps] - t[0]) / static_cast<double>(gaps);
  const Series each = t.tail(gaps) - t.head(gaps);
  return ((each - step).abs() < kSameGap * step).all() ? snapped(1 / step) : 0;
}

bool every_key_on_grid(const SceneAnimation& animation, double start_s, double rate_hz) {
  return std::all_of(animation.tracks.begin(), animation.tracks.end(), [&](const KeyTrack& track) {
    const Series place = (track.times - start_s) * rate_hz;
    return ((place - place.round()).abs() < kSameGap).all();
  });
}

bool dense(const SceneAnimation& animation, double duration_s, double rate_hz) {
  double keys = 0, tracks = 0;
  for (const KeyTrack& track : animation.tracks)
    if (track_moves(track)) {
      keys += static_cast<double>(track.times.size());
      ++tracks;
    }
  return tracks > 0 && keys >= kDense * tracks * (duration_s * rate_hz + 1);
}

double densest_rate(const SceneAnimation& animation) {
  double gap = 1;  // s
  for (const KeyTrack& track : animation.tracks)
    for (Index k = 1; k < track.times.size(); ++k)
      if (const double here = track.times[k] - track.times[k - 1]; here > kShortestGap)
        gap = std::min(gap, here);
  return snapped(1 / gap);
}

Eigen::Vector4d row(const Eigen::ArrayXXd& values, Index k) {
  Eigen::Vector4d v = Eigen::Vector4d::Zero();
  v.head(values.cols()) = values.row(k).matrix().transpose();
  return v;
}

// Cubic Hermite from key k to k + 1 at share s of the gap. Source: glTF 2.0, appendix C.5.
Eigen::Vector4d hermite(const KeyTrack& track, Index k, double s) {
  const double gap = track.times[k + 1] - track.times[k], s2 = s * s, s3 = s2 * s;
  const Eigen::Vector4d a = row(track.values, k), b = row(track.values, k + 1);
  const Eigen::Vector4d out = gap * row(track.tangent_out, k);
  const Eigen::Vector4d in = gap * row(track.tangent_in, k + 1);
  // q and -q are the same turn: take the one that is near.
  const double sign = track.path == KeyPath::rotation && a.dot(b) < 0 ? -1 : 1;
  return (2 * s3 - 3 * s2 + 1) * a + (s3 - 2 * s2 + s) * out +
         sign * ((3 * s2 - 2 * s3) * b + (s3 - s2) * in);
}

Eigen::Vector4d between(const KeyTrack& track, Index k, double s) {
  const Eigen::Vector4d a = row(track.values, k), b = row(track.values, k + 1);
  if (track.mode == KeyMode::cubic) return hermite(track, k, s);
  if (track.mode == KeyMode::step) return a;
  if (track.path != KeyPath::rotation) return (1 - s) * a + s * b;
  const Eigen::Quaterniond from = Eigen::Quaterniond(a[0], a[1], a[2], a[3]).normalized();
  const Eigen::Quaterniond to = Eigen::Quaterniond(b[0], b[1], b[2], b[3]).normalized();
  const Eigen::Quaterniond q = from.slerp(s, to);
  return {q.w(), q.x(), q.y(), q.z()};
}

std::string rate_text(double rate_hz) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g Hz", rate_hz);
  return text;
}

}  // namespace

bool track_moves(const KeyTrack& track) {
  const double least = kMoves * (1 + track.values.row(0).abs().maxCoeff());
  return ((track.values.rowwise() - track.values.row(0)).abs() > least).any();
}

KeyGrid key_grid(const SceneAnimation& animation) {
  KeyGrid grid;
  if (animation.tracks.empty()) return grid;
  grid.start_s = 1e300;
  grid.end_s = -1e300;
  for (const KeyTrack& track : animation.tracks) {
    grid.start_s = std::min(grid.start_s, track.times[0]);
    grid.end_s = std::max(grid.end_s, track.times[track.times.size() - 1]);
  }
  const double even = even_rate(animation);
  grid.as_keyed = even >= kLeastRate && every_key_on_grid(animation, grid.start_s, even) &&
                  dense(animation, grid.end_s - grid.start_s, even);
  if (grid.as_keyed) {
    const double share = std::ceil(even / kMostRate - kWholeRate);  // of the keys, one in so many
    grid.rate_hz = even / share;
    grid.note = share > 1 ? "keys at " + rate_text(even) + ": one in " +
                                std::to_string(std::lround(share)) + " is used"
                          : "";
    return grid;
  }
  grid.rate_hz = std::clamp(densest_rate(animation), kUsualRate, kMostRate);
  grid.note = "the keys are uneven or far apart: resampled at " + rate_text(grid.rate_hz);
  return grid;
}

Eigen::Vector4d key_value(const KeyTrack& track, double time_s) {
  const double* begin = track.times.data();
  const double* end = begin + track.times.size();
  const Index after = std::upper_bound(begin, end, time_s + kKeySlack) - begin;
  Eigen::Vector4d value;
  if (after == 0) {
    value = row(track.values, 0);
  } else if (after == track.times.size()) {
    value = row(track.values, after - 1);
  } else {
    const Index k = after - 1;
    const double s = (time_s - track.times[k]) / (track.times[k + 1] - track.times[k]);
    value = between(track, k, std::clamp(s, 0.0, 1.0));
  }
  constexpr double kVanishing = 1e-9;  // of a quaternion half way between opposite ones
  if (track.path == KeyPath::rotation)
    return value.norm() > kVanishing ? Eigen::Vector4d(value.normalized())
                                     : Eigen::Vector4d(Eigen::Vector4d::UnitX());
  return value;
}

}  // namespace wrist
