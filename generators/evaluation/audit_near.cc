// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/audit_near.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wrist::evaluation {
namespace {

using Eigen::Index;
using Vectors = Eigen::MatrixXf;  // a window a column

struct Nearest {
  double distance = std::numeric_limits<double>::infinity();
  Index train = -1;
};

// Of each axis, over all windows.
Eigen::ArrayXf spread(const std::vector<AuditWindow>& windows) {
  Eigen::ArrayXf squares = Eigen::ArrayXf::Zero(6);
  float samples = 0;
  for (const AuditWindow& w : windows) {
    squares += w.motion.square().colwise().sum().transpose();
    samples += static_cast<float>(w.motion.rows());
  }
  return (squares / samples).sqrt().max(std::numeric_limits<float>::min());
}

Vectors vectors(const std::vector<AuditWindow>& windows, const Eigen::ArrayXf& scale) {
  Vectors all(windows.front().motion.size(), std::ssize(windows));
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const Eigen::ArrayXXf scaled = windows[i].motion.rowwise() / scale.transpose();
    all.col(static_cast<Index>(i)) = scaled.reshaped().matrix();
  }
  return all;
}

/// The nearest of `train` to one window, of those that `allowed` says.
template <typename Allowed>
Nearest nearest(const Eigen::VectorXf& window, const Vectors& train, const Allowed& allowed) {
  const float size = window.squaredNorm();
  Nearest best;
  for (Index i = 0; i < train.cols(); ++i) {
    if (!allowed(i)) continue;
    const double distance =
        std::sqrt((train.col(i) - window).squaredNorm() / (size + train.col(i).squaredNorm()));
    if (distance < best.distance) best = {distance, i};
  }
  return best;
}

std::array<double, 3> quantiles(std::vector<double> values) {
  std::array<double, 3> all;
  all.fill(std::numeric_limits<double>::quiet_NaN());
  if (values.empty()) return all;
  std::sort(values.begin(), values.end());
  for (std::size_t q = 0; q < all.size(); ++q)
    all[q] = values[static_cast<std::size_t>(kNearQuantiles[q] *
                                             static_cast<double>(values.size() - 1))];
  return all;
}

const AuditRecording& recording(const std::vector<AuditShard>& shards, const AuditWindow& w) {
  const AuditShard& s = shards[w.shard];
  return s
      .recordings[static_cast<std::size_t>(s.window_sequences[static_cast<std::size_t>(w.row)])];
}

// As many windows of train as are drawn of the test, each among those of other people.
std::vector<double> between_people(const std::vector<AuditShard>& shards,
                                   const std::vector<AuditWindow>& train, const Vectors& vectors,
                                   std::size_t count) {
  std::vector<double> distances;
  for (std::size_t i = 0; i < std::min(count, train.size()); ++i) {
    const std::string& person = recording(shards, train[i]).subject;
    const auto other = [&](Index k) {
      return recording(shards, train[static_cast<std::size_t>(k)]).subject != person;
    };
    const Nearest found = nearest(vectors.col(static_cast<Index>(i)), vectors, other);
    if (found.train >= 0) distances.push_back(found.distance);
  }
  return distances;
}

std::string place(const std::vector<AuditShard>& shards, const AuditWindow& w) {
  return shards[w.shard].name + " window " + std::to_string(w.row);
}

}  // namespace

Eigen::ArrayXXf motion_of(const Eigen::ArrayXXf& si, double rate_hz) {
  const double step = rate_hz / kNearRate;  // samples
  const auto rows = static_cast<Index>(static_cast<double>(si.rows()) / step);
  Eigen::ArrayXXf kept = si;
  for (Index i = 0; i < kept.rows(); ++i)
    for (Index k = 0; k < kept.cols(); ++k)
      if (std::isnan(kept(i, k))) kept(i, k) = i == 0 ? 0 : kept(i - 1, k);
  Eigen::ArrayXXf motion(rows, si.cols());
  for (Index i = 0; i < rows; ++i) {
    const auto first = static_cast<Index>(static_cast<double>(i) * step);
    const auto last = static_cast<Index>(static_cast<double>(i + 1) * step);
    const Index count = std::max<Index>(last - first, 1);
    motion.row(i) = kept.middleRows(first, count).colwise().mean();
  }
  const Eigen::Array<float, 1, Eigen::Dynamic> mean = motion.colwise().mean();
  motion.rowwise() -= mean;
  return motion;
}

bool is_still(const Eigen::ArrayXXf& motion, const AuditOptions& options) {
  const auto rms = [&](Index from) {
    return std::sqrt(motion.middleCols(from, 3).square().rowwise().sum().mean());
  };
  return rms(0) < options.still_accel && rms(3) < options.still_gyro;
}

void audit_near(const std::vector<AuditShard>& shards, const std::vector<AuditWindow>& train,
                const std::vector<AuditWindow>& test, const AuditOptions& options,
                AuditReport& report) {
  NearFigures& near = report.near;
  near.train_windows = std::ssize(train);
  near.test_windows = std::ssize(test);
  near.test_quantiles = near.people_quantiles = quantiles({});
  near.limit = near.people_quantiles[0];
  if (train.empty() || test.empty()) return;
  const Eigen::ArrayXf scale = spread(train);
  const Vectors ours = vectors(train, scale), theirs = vectors(test, scale);
  const std::vector<double> people = between_people(shards, train, ours, options.test_windows);
  near.people_windows = std::ssize(people);
  near.people_quantiles = quantiles(people);
  near.limit = options.near_factor * near.people_quantiles[0];
  std::vector<double> distances;
  for (std::size_t i = 0; i < test.size(); ++i) {
    require(!options.stop || !options.stop(), ErrorKind::interrupted, "audit: interrupted");
    const Nearest found =
        nearest(theirs.col(static_cast<Index>(i)), ours, [](Index) { return true; });
    distances.push_back(found.distance);
    if (found.distance < near.limit)
      report.findings.push_back({"duplicate",
                                 place(shards, test[i]) + " is nearly " +
                                     place(shards, train[static_cast<std::size_t>(found.train)]) +
                                     ": distance " + std::to_string(found.distance) + ", limit " +
                                     std::to_string(near.limit),
                                 1});
  }
  near.test_quantiles = quantiles(distances);
}

}  // namespace wrist::evaluation
