// SPDX-License-Identifier: Apache-2.0
#include "motions/residual.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/base/spline.h"

namespace wrist {
namespace {

constexpr double kStep = 0.5;  // Hz; of the cutoffs tried
// Shares of the Nyquist rate between which nothing of a movement is left [assumed].
constexpr double kNoiseFrom = 0.45, kNoiseTo = 0.75;
constexpr int kNoisePoints = 5;

// Root mean square of what smoothing takes away, all channels together.
double residual(const Eigen::ArrayXXd& channels, const TimeGrid& time, double cutoff_hz) {
  const Spline spline = fit_spline(time, channels, cutoff_hz);
  const Eigen::ArrayXXd smooth = sample(spline, time, 0, channels.cols()).value;
  return std::sqrt((channels - smooth).square().sum() / static_cast<double>(channels.rows()));
}

// The noise line at cutoff 0: least squares through the residuals of high cutoffs.
double noise_size(const Eigen::ArrayXXd& channels, const TimeGrid& time) {
  const double nyquist = time.rate_hz / 2;
  Eigen::Array<double, kNoisePoints, 1> f, r;
  for (int i = 0; i < kNoisePoints; ++i) {
    const double share = static_cast<double>(i) / (kNoisePoints - 1);
    f[i] = nyquist * (kNoiseFrom + (kNoiseTo - kNoiseFrom) * share);
    r[i] = residual(channels, time, f[i]);
  }
  const double slope = ((f - f.mean()) * (r - r.mean())).sum() / (f - f.mean()).square().sum();
  return r.mean() - slope * f.mean();
}

// Columns of a group in the order fit_splines has them.
Eigen::ArrayXXd group_channels(const JointMotion& motion, Index group) {
  if (group == 0) return motion.p_WT;
  if (group == 1) return motion.R_WT;
  if (group == 2) return motion.R_TU;
  return motion.angles.col(group - kHingeGroup);
}

std::string brief(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

}  // namespace

double residual_cutoff(const Eigen::ArrayXXd& channels, double rate_hz, double lowest,
                       double highest) {
  if (lowest >= highest) return highest;
  const TimeGrid time{0, rate_hz, channels.rows()};
  const double noise = noise_size(channels, time);
  for (double cutoff = lowest; cutoff < highest; cutoff += kStep)
    if (residual(channels, time, cutoff) <= noise) return cutoff;
  return highest;
}

Series joint_cutoffs(const JointMotion& motion, const CleanSpec& spec) {
  const double rate = motion.time.rate_hz;
  if (spec.cutoff_hz > 0)
    return Series::Constant(kJointGroups, smoothing_limit(rate, spec.cutoff_hz));
  const double highest = smoothing_limit(rate, spec.highest_cutoff_hz);
  const double lowest = std::min(spec.lowest_cutoff_hz, highest);
  Series cutoffs(kJointGroups);
  for (Index group = 0; group < kJointGroups; ++group) {
    const Eigen::ArrayXXd channels = group_channels(motion, group);
    const bool moves = (channels.rowwise() - channels.row(0)).abs().maxCoeff() > 0;
    cutoffs[group] = moves ? residual_cutoff(channels, rate, lowest, highest) : lowest;
  }
  return cutoffs;
}

std::string cutoff_note(const Series& cutoffs) {
  const double elbow = cutoffs[kHingeGroup + hinge(Body::elbow)];
  const std::array<std::pair<const char*, Index>, 6> shown = {
      {{"trunk", 1},
       {"shoulder", 2},
       {"elbow", kHingeGroup + hinge(Body::elbow)},
       {"pronation", kHingeGroup + hinge(Body::forearm)},
       {"wrist deviation", kHingeGroup + hinge(Body::wrist_deviation)},
       {"wrist flexion", kHingeGroup + hinge(Body::hand)}}};
  std::string text = "smoothed by residual analysis: ";
  for (const auto& [name, group] : shown)
    text += std::string(name) + " " + brief(cutoffs[group]) + " Hz, ";
  return text + "so that the elbow keeps " + brief(smoothing_gain(5, elbow)) + " at 5 Hz and " +
         brief(smoothing_gain(10, elbow)) + " at 10 Hz";
}

}  // namespace wrist
