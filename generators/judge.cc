// SPDX-License-Identifier: Apache-2.0
#include "generators/judge.h"

#include <algorithm>
#include <cmath>

#include "generators/world.h"
#include "sensor_models/signal/spectrum.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

constexpr double kSlow = 20;      // Hz; below it is movement, above it are blows
constexpr double kSegment = 0.5;  // s; of a spectrum: bins of 2 Hz

// Mean square of three axes between two frequencies.
double power(const Eigen::ArrayXXd& values, double rate_hz, double low_hz, double high_hz) {
  const Index segment = std::min<Index>(values.rows(), static_cast<Index>(kSegment * rate_hz));
  const Spectrum s = welch(values, rate_hz, segment);
  const double width = rate_hz / static_cast<double>(segment);
  double sum = 0;
  for (Index i = 0; i < s.frequency_hz.size(); ++i)
    if (s.frequency_hz[i] >= low_hz && s.frequency_hz[i] < high_hz)
      sum += s.density.row(i).sum() * width;
  return sum;
}

// A windowed sine cardinal, 0.3 s long: flat to 17 Hz, gone at 23, without delay. Before the first
// and after the last sample stand their values.
Eigen::ArrayXXd slow_part(const Eigen::ArrayXXd& values, double rate_hz) {
  const auto half = static_cast<Index>(0.15 * rate_hz);
  Eigen::VectorXd taps(2 * half + 1);
  for (Index i = -half; i <= half; ++i) {
    const double x = static_cast<double>(i), w = kPi * x / static_cast<double>(half);
    const double phase = 2 * kPi * kSlow / rate_hz * x;
    const double blackman = 0.42 + 0.5 * std::cos(w) + 0.08 * std::cos(2 * w);
    taps[i + half] = blackman * (i == 0 ? 1 : std::sin(phase) / phase);
  }
  taps /= taps.sum();
  const Index n = values.rows();
  Eigen::MatrixXd padded(n + 2 * half, values.cols());
  padded << values.row(0).replicate(half, 1).matrix(), values.matrix(),
      values.row(n - 1).replicate(half, 1).matrix();
  Eigen::ArrayXXd slow(n, values.cols());
  for (Index c = 0; c < values.cols(); ++c)
    for (Index i = 0; i < n; ++i) slow(i, c) = taps.dot(padded.col(c).segment(i, taps.size()));
  return slow;
}

double rms(const Eigen::ArrayXXd& values) {
  return std::sqrt(values.square().rowwise().sum().mean());
}

struct Felt {
  Eigen::ArrayXXd force, rate;
};

// What both have, without the lead.
Eigen::ArrayXXd part(const Series3& all, const TimeGrid& time, Index count) {
  const auto lead = static_cast<Index>(std::lround(-time.start_s * time.rate_hz));
  return all.middleRows(lead, count);
}

}  // namespace

Verdict judge(Scenario s, const Assets& assets, const ClipLibrary& clips) {
  const ArmModel arm = build_arm(s.subject, s.side);
  const JointMotion motion = perform(s, arm, assets, clips, Rng(s.seed) / "motion");
  const WatchSpec& watch = assets.watch(s.watch);
  const Wearing wearing{
      watch.case_spec, assets.strap(s.strap), s.wear, wrist_shape(arm, s.wear), {}};
  s.fidelity = Fidelity::worn;
  const World worn = simulate(s, arm, motion, wearing, assets.contacts);
  s.fidelity = Fidelity::full;
  const World full = simulate(s, arm, motion, wearing, assets.contacts);

  Verdict v;
  v.motion = motion.clip;
  v.class_name = s.class_name;
  v.duration_s = recorded_duration(s, motion);
  const TimeGrid &wt = worn.worn.motion.time, &ft = full.worn.motion.time;
  const double rate = wt.rate_hz;
  const auto lead = static_cast<Index>(std::lround(-wt.start_s * rate));
  const Index count = std::min({static_cast<Index>(v.duration_s * rate), wt.count - lead,
                                ft.count - static_cast<Index>(std::lround(-ft.start_s * rate))});
  const Felt w{part(worn.worn.motion.specific_force_B, wt, count),
               part(worn.worn.motion.w_WB_B, wt, count)};
  const Felt f{part(full.worn.motion.specific_force_B, ft, count),
               part(full.worn.motion.w_WB_B, ft, count)};
  const Eigen::ArrayXXd slow = slow_part(f.force, rate);
  v.rms = rms(slow);
  v.moving_rms = rms(slow.rowwise() - slow.colwise().mean());
  v.difference = rms(slow_part(w.force - f.force, rate));
  v.gyro_rms = rms(slow_part(f.rate, rate));
  v.gyro_difference = rms(slow_part(w.rate - f.rate, rate));
  for (std::size_t b = 0; b < kJudgedBands.size(); ++b) {
    v.worn[b] = std::sqrt(power(w.force, rate, kJudgedBands[b][0], kJudgedBands[b][1]));
    v.full[b] = std::sqrt(power(f.force, rate, kJudgedBands[b][0], kJudgedBands[b][1]));
  }
  const auto fast_peak = [rate](const Eigen::ArrayXXd& a) {
    return (a - slow_part(a, rate)).matrix().rowwise().norm().maxCoeff();
  };
  v.worn_peak = fast_peak(w.force);
  v.full_peak = fast_peak(f.force);
  v.worn_contacts = worn.contacts.size();
  v.full_contacts = full.contacts.size();
  v.worn_force = worn.contact_force.maxCoeff();
  v.full_force = full.contact_force.maxCoeff();
  return v;
}

}  // namespace wrist
