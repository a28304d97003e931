// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/trajectory_window.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/body/quaternion_spline.h"

namespace wrist {
namespace {

constexpr Index kPool = 3;  // windows on either side whose median tells the noise

// On the file's clock, one knot beyond the poses on either side: stamps are rounded, and an instant
// of the output may lie a rounding outside.
TimeGrid knots_of(const PoseBuffer& poses, const PoseWindow& window) {
  const double rate = poses.rate_hz();
  const double first = std::floor(window.times_s[0] * rate) - 1;
  const double last = std::ceil(window.times_s[window.times_s.size() - 1] * rate) + 1;
  return {first / rate, rate, std::max<Index>(static_cast<Index>(last - first) + 1, 6)};
}

Spline fit(const PoseBuffer& poses, const PoseWindow& window, const Eigen::ArrayXXd& values,
           double cutoff_hz) {
  return fit_spline(knots_of(poses, window), window.times_s, values, cutoff_hz);
}

// s from 0 to 1 and its derivatives by time: 35 x^4 - 84 x^5 + 70 x^6 - 20 x^7.
struct Fade {
  double s, first, second;
};
Fade fade(double x, double spacing_s) {
  const double y = 1 - x, xy = x * y;
  return {x * x * x * x * (35 + x * (-84 + x * (70 - 20 * x))), 140 * xy * xy * xy / spacing_s,
          420 * xy * xy * (y - x) / (spacing_s * spacing_s)};
}

void fade_over(SplineSamples& a, const SplineSamples& b, Index i, const Fade& f) {
  const auto value = (b.value.row(i) - a.value.row(i)).eval();
  const auto first = (b.first.row(i) - a.first.row(i)).eval();
  const auto second = (b.second.row(i) - a.second.row(i)).eval();
  a.value.row(i) += f.s * value;
  a.first.row(i) += f.s * first + f.first * value;
  a.second.row(i) += f.s * second + 2 * f.first * first + f.second * value;
}

}  // namespace

double node_time(const PoseBuffer& poses, const TrajectorySpec& spec, Index node) {
  return poses.start_s() + static_cast<double>(node) * spec.spacing_s;
}

double CutoffChooser::needs(const PoseBuffer& poses, const TrajectorySpec& spec, Index node) {
  return node_time(poses, spec, node + kPool + 1) + spec.max_gap_s + 1 / poses.rate_hz();
}

void CutoffChooser::restart() {
  spectra_.clear();
  first_ = 0;
}

// Of the two spacings about a node, moved into the stretch; empty if that is too short to tell.
CutoffChooser::Spectra CutoffChooser::spectra(const PoseBuffer& poses, const TrajectorySpec& spec,
                                              Index node) {
  const double length = 2 * spec.spacing_s, rate = poses.rate_hz();
  double from = node_time(poses, spec, node - 1);
  if (poses.ended()) from = std::min(from, poses.end_s() - length);
  from = std::max(from, poses.start_s());
  const Index count = std::min(static_cast<Index>(std::round(length * rate)),
                               static_cast<Index>((poses.end_s() - from) * rate) + 1);
  if (count < kFewestForSpectrum) return {};
  // Wide enough that a gap at an end is covered.
  const double pad = spec.max_gap_s + 1 / rate;
  const PoseWindow window = poses.window(from - pad, from + length + pad);
  const TimeGrid grid{from, rate, count};
  return {window_spectrum(sample(fit(poses, window, window.p_WB, rate), grid, 0, 3).value, rate),
          window_spectrum(sample(fit(poses, window, window.R_WB, rate), grid, 0, 4).value, rate)};
}

void CutoffChooser::update(const PoseBuffer& poses, const TrajectorySpec& spec, Index node) {
  Index last = node + kPool;
  if (poses.ended()) {
    const double nodes = (poses.end_s() - poses.start_s()) / spec.spacing_s;
    last = std::min(last, std::max<Index>(static_cast<Index>(std::ceil(nodes)), 1));
  }
  while (first_ + std::ssize(spectra_) <= last)
    spectra_.push_back(spectra(poses, spec, first_ + std::ssize(spectra_)));
  for (; first_ < node - kPool; ++first_) spectra_.pop_front();
}

Cutoffs CutoffChooser::at(const PoseBuffer& poses, const TrajectorySpec& spec, Index node) {
  Cutoffs chosen{spec.position_hz, spec.rotation_hz};
  if (chosen.position_hz > 0 && chosen.rotation_hz > 0) return chosen;
  update(poses, spec, node);
  const Spectra& own = spectra_[static_cast<std::size_t>(node - first_)];
  if (own.position.power.size() == 0) return last_;
  std::vector<WindowSpectrum> position, rotation;
  for (const Spectra& s : spectra_) {
    position.push_back(s.position);
    rotation.push_back(s.rotation);
  }
  if (chosen.position_hz == 0)
    chosen.position_hz = best_cutoff(own.position, noise_level(position), 2);
  if (chosen.rotation_hz == 0)
    chosen.rotation_hz = best_cutoff(own.rotation, noise_level(rotation), 1);
  return last_ = chosen;
}

WindowFit fit_window(const PoseBuffer& poses, const TrajectorySpec& spec, Index node,
                     const Cutoffs& cutoffs) {
  const double reach = spec.spacing_s + spec.margin_s, at = node_time(poses, spec, node);
  const PoseWindow window = poses.window(at - reach, at + reach);
  return {cutoffs, fit(poses, window, window.p_WB, cutoffs.position_hz),
          fit(poses, window, window.R_WB, cutoffs.rotation_hz)};
}

RigidSeries fade_over(const WindowFit& left, const WindowFit& right, const TimeGrid& grid,
                      double left_s, const TrajectorySpec& spec) {
  SplineSamples p = sample(left.position, grid, 0, 3), R = sample(left.rotation, grid, 0, 4);
  const SplineSamples p_right = sample(right.position, grid, 0, 3);
  const SplineSamples R_right = sample(right.rotation, grid, 0, 4);
  RigidSeries motion = make_rigid_series(grid);
  for (Index i = 0; i < grid.count; ++i) {
    const double x = std::clamp((grid.time(i) - left_s) / spec.spacing_s, 0.0, 1.0);
    const Fade f = fade(x, spec.spacing_s);
    fade_over(p, p_right, i, f);
    fade_over(R, R_right, i, f);
    const RotationRates turn = rotation_rates(R, 0, i);
    set_quaternion(motion.R_WB, i, turn.R);
    motion.p_WB.row(i) = p.value.row(i);
    motion.w_WB_B.row(i) = turn.w.array();
    motion.alpha_WB_B.row(i) = turn.alpha.array();
    const Eigen::Vector3d a_W = p.second.row(i).matrix().transpose();
    motion.specific_force_B.row(i) = (turn.R.conjugate() * (a_W - spec.g_W)).array();
  }
  return motion;
}

}  // namespace wrist
