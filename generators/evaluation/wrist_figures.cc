// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/wrist_figures.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "sensor_models/signal/spectrum.h"

namespace wrist {
namespace {

constexpr double kEnds = 0.02;                    // share left out at either end of a range
constexpr double kSegment_s = 4;                  // resolves 0.25 Hz
constexpr double kSlowest = 0.4, kQuickest = 14;  // Hz

}  // namespace

double quantile(Eigen::ArrayXd values, double share) {
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<Index>(at);
  const Index above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

double middle_range(const Eigen::ArrayXd& values) {
  return quantile(values, 1 - kEnds) - quantile(values, kEnds);
}

double rms(const Series3& values) { return std::sqrt(values.square().rowwise().sum().mean()); }

Series3 running_mean(const Series3& values, Index half) {
  const Index count = values.rows();
  Series3 sums = Series3::Zero(count + 1, 3), mean(count, 3);
  for (Index i = 0; i < count; ++i) sums.row(i + 1) = sums.row(i) + values.row(i);
  for (Index i = 0; i < count; ++i) {
    const Index from = std::max<Index>(0, i - half), to = std::min(count, i + half + 1);
    mean.row(i) = (sums.row(to) - sums.row(from)) / static_cast<double>(to - from);
  }
  return mean;
}

std::optional<double> strongest_line(const Series3& values, double rate_hz) {
  const auto segment = static_cast<Index>(kSegment_s * rate_hz);
  if (values.rows() < segment) return std::nullopt;
  const Spectrum psd = welch(values, rate_hz, segment);
  double best = 0, at = 0;
  for (Index i = 0; i < psd.frequency_hz.size(); ++i) {
    const double hz = psd.frequency_hz[i], power = psd.density.row(i).sum();
    if (hz >= kSlowest && hz <= kQuickest && power > best) best = power, at = hz;
  }
  return at;
}

double to_and_fro(const Series3& rate) {
  const Eigen::Matrix3d power = rate.matrix().transpose() * rate.matrix();
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(power);
  const Eigen::ArrayXd about = rate.matrix() * solver.eigenvectors().col(2);
  const double one = quantile(about, 0.99), other = -quantile(about, 0.01);
  return std::max(one, other) > 0 ? std::max(0.0, std::min(one, other) / std::max(one, other)) : 0;
}

double rotation_range(const QuatSeries& rotation) {
  // Quaternions of opposite sign are the same rotation.
  const Eigen::ArrayXd sign =
      ((rotation.matrix() * rotation.row(0).matrix().transpose()).array() < 0)
          .select(Eigen::ArrayXd::Constant(rotation.rows(), -1), 1.0);
  const Eigen::Vector4d mean =
      (rotation.colwise() * sign).colwise().mean().matrix().transpose().normalized();
  const Eigen::ArrayXd likeness = (rotation.matrix() * mean).array().abs().min(1.0);
  return 2 * 2 * std::acos(quantile(likeness, kEnds));
}

double stray(const Series3& direction) {
  const Eigen::Vector3d mean = direction.colwise().mean().matrix().transpose().normalized();
  const Eigen::ArrayXd likeness = (direction.matrix() * mean).array().min(1.0).max(-1.0);
  return std::acos(quantile(likeness, kEnds));
}

}  // namespace wrist
