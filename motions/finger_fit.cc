// SPDX-License-Identifier: Apache-2.0
#include "motions/finger_fit.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "motions/finger_fit_chain.h"
#include "motions/finger_fit_grid.h"
#include "motions/finger_fit_solve.h"
#include "motions/retarget_angles.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using Eigen::Vector4d;
using Eigen::VectorXd;
using Angles = Eigen::Array<double, kHinges, 1>;

constexpr Index kFewestFrames = 12;
constexpr double kShortest_s = 0.1;
constexpr double kNyquistShare = 0.35;        // as for clips
constexpr double kLimitMargin = 2 * kDegree;  // kept from a limit by the fit; smoothing may use it
constexpr std::array<int, 2> kPinching = {0, 1};  // thumb, index: coupled by their tips

Vector4d digit_angles(const Angles& angles, int digit) {
  return angles.segment<4>(hinge(digit_body(digit, 0))).matrix();
}

// What one frame shows, in H.
struct Seen {
  std::array<std::array<Vector3d, 3>, kDigits> link;  // unit
  Vector3d apart;                                     // m; from thumb tip to index tip
};

Seen see(const HandRecording& hand, Index frame) {
  const Eigen::Quaterniond R_HL = quaternion(hand.R_LH, frame).conjugate();
  Seen seen;
  for (int digit = 0; digit < kDigits; ++digit)
    for (int l = 0; l < 3; ++l)
      seen.link[static_cast<std::size_t>(digit)][static_cast<std::size_t>(l)] =
          R_HL * (hand.joint(frame, digit, static_cast<HandJoint>(l + 2)) -
                  hand.joint(frame, digit, static_cast<HandJoint>(l + 1)))
                     .normalized();
  seen.apart = R_HL * (hand.joint(frame, 1, HandJoint::tip) - hand.joint(frame, 0, HandJoint::tip));
  return seen;
}

class Fitter {
 public:
  Fitter(const HandRecording& hand, const ArmModel& arm, const FingerFitSpec& spec)
      : hand_(hand),
        arm_(arm),
        spec_(spec),
        scale_(reach_scale(hand, arm)),
        rest_(rest_motion(arm, {0, 1, 1}).angles.row(0).transpose()) {}

  /// Starts from `angles`, the frame before, and replaces the digits'.
  void fit(Index frame, Angles& angles) const {
    const Seen seen = see(hand_, frame);
    fit_digits(seen, {0, 1}, angles);
    for (int digit = 2; digit < kDigits; ++digit) fit_digits(seen, {digit}, angles);
  }

  const Angles& rest() const { return rest_; }

 private:
  void fit_digits(const Seen& seen, const std::vector<int>& digits, Angles& angles) const {
    const auto n = static_cast<Index>(4 * digits.size());
    VectorXd x(n), rest(n);
    Bounds bounds{VectorXd(n), VectorXd(n)};
    for (Index k = 0; k < n; ++k) {
      const Body body =
          digit_body(digits[static_cast<std::size_t>(k / 4)], static_cast<int>(k % 4));
      x[k] = angles[hinge(body)];
      rest[k] = rest_[hinge(body)];
      bounds.lower[k] = arm_.body(body).lower + kLimitMargin;
      bounds.upper[k] = arm_.body(body).upper - kLimitMargin;
    }
    x = least_squares([&](const VectorXd& at) { return residuals(seen, digits, at, rest); }, bounds,
                      x);
    for (std::size_t d = 0; d < digits.size(); ++d)
      angles.segment<4>(hinge(digit_body(digits[d], 0))) =
          x.segment<4>(static_cast<Index>(4 * d)).array();
  }

  Residuals residuals(const Seen& seen, const std::vector<int>& digits, const VectorXd& x,
                      const VectorXd& rest) const {
    const Index n = x.size(), links = 9 * n / 4, tips = n > 4 ? 4 : 0;
    Residuals all{VectorXd::Zero(links + n + tips), Eigen::MatrixXd::Zero(links + n + tips, n)};
    std::vector<DigitPose> poses;
    for (std::size_t d = 0; d < digits.size(); ++d) {
      const auto first = static_cast<Index>(d);
      poses.push_back(digit_pose(arm_, digits[d], x.segment<4>(4 * first), hand_.tip));
      for (int l = 0; l < 3; ++l) {
        const auto k = static_cast<std::size_t>(l);
        const Index row = 9 * first + 3 * l;
        all.r.segment<3>(row) =
            (poses[d].link[k] - seen.link[static_cast<std::size_t>(digits[d])][k]) /
            spec_.direction_sd;
        all.slope.block<3, 4>(row, 4 * first) = link_slope(poses[d], l) / spec_.direction_sd;
      }
    }
    all.r.segment(links, n) = (x - rest) / spec_.rest_sd;
    all.slope.block(links, 0, n, n).diagonal().setConstant(1 / spec_.rest_sd);
    if (tips > 0) add_tips(all, seen, poses);
    return all;
  }

  void add_tips(Residuals& all, const Seen& seen, const std::vector<DigitPose>& poses) const {
    Eigen::Matrix<double, 3, 8> slope;
    slope << -scale_ * tip_slope(poses[0]), scale_ * tip_slope(poses[1]);
    const Vector3d apart = scale_ * (poses[1].tip - poses[0].tip);
    const Index row = all.r.size() - 4;
    all.r.segment<3>(row) = (apart - seen.apart) / spec_.tip_vector_sd;
    all.slope.middleRows<3>(row) = slope / spec_.tip_vector_sd;
    const double distance = std::max(apart.norm(), 1e-6);  // m; a slope needs a direction
    all.r[row + 3] = (distance - seen.apart.norm()) / spec_.tip_distance_sd;
    all.slope.row(row + 3) = apart.transpose() * slope / (distance * spec_.tip_distance_sd);
  }

  const HandRecording& hand_;
  const ArmModel& arm_;
  const FingerFitSpec& spec_;
  double scale_;
  Angles rest_;
};

double rms_millimetres(const Series& x) { return 1e3 * std::sqrt(x.square().mean()); }

// How well the tips follow, at the recording's stamps that the grid covers.
void note_distance(FingerFit& fit, const HandRecording& hand, const ArmModel& arm,
                   const Eigen::ArrayXXd& at_frames) {
  const Series measured = tip_distance(hand);
  Series raw(hand.count()), smooth(fit.time.count);
  for (Index i = 0; i < hand.count(); ++i)
    raw[i] = fit.scale * tip_distance(arm, at_frames.row(i).transpose(), hand.tip) - measured[i];
  const Eigen::ArrayXXd wanted = on_grid(hand.time_s, measured, fit.time);
  for (Index i = 0; i < fit.time.count; ++i)
    smooth[i] =
        fit.scale * tip_distance(arm, fit.angles.row(i).transpose(), hand.tip) - wanted(i, 0);
  fit.notes.push_back("thumb to index: within " + std::to_string(rms_millimetres(raw)) +
                      " mm rms of the recording at its frames, " +
                      std::to_string(rms_millimetres(smooth)) + " mm smoothed, at a scale of " +
                      std::to_string(fit.scale));
}

double measured_reach(const HandRecording& hand, Index frame) {
  double reach =
      (hand.joint(frame, 1, HandJoint::knuckle) - hand.joint(frame, 0, HandJoint::knuckle)).norm();
  for (const int digit : kPinching)
    for (int j = static_cast<int>(HandJoint::middle); j < kJointsPerDigit; ++j)
      reach += (hand.joint(frame, digit, static_cast<HandJoint>(j)) -
                hand.joint(frame, digit, static_cast<HandJoint>(j - 1)))
                   .norm();
  return reach;
}

// The inverse of the median step: gaps do not count.
double usual_rate(const Series& stamps) {
  const Index n = stamps.size() - 1;
  Series steps = stamps.tail(n) - stamps.head(n);
  std::nth_element(steps.begin(), steps.begin() + n / 2, steps.end());
  return 1 / steps[n / 2];
}

void hold_to_limits(Eigen::ArrayXXd& angles, const ArmModel& arm) {
  for (int b = static_cast<int>(Body::thumb_abduction); b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[static_cast<std::size_t>(b)];
    for (double& angle : angles.col(hinge(static_cast<Body>(b))))
      angle = soft_limit(angle, body.lower, body.upper, kLimitMargin);
  }
}

}  // namespace

double reach_scale(const HandRecording& hand, const ArmModel& arm) {
  double ours = (digit_base(arm, 1) - digit_base(arm, 0)).norm();
  for (const int digit : kPinching) ours += digit_length(arm, digit, hand.tip);
  double measured = 0;
  for (Index i = 0; i < hand.count(); ++i) measured += measured_reach(hand, i);
  return measured / static_cast<double>(hand.count()) / ours;
}

double tip_distance(const ArmModel& arm, const Angles& angles, TipPoint tip) {
  return (digit_pose(arm, 1, digit_angles(angles, 1), tip).tip -
          digit_pose(arm, 0, digit_angles(angles, 0), tip).tip)
      .norm();
}

Eigen::ArrayXXd fit_frames(const HandRecording& hand, const ArmModel& arm,
                           const FingerFitSpec& spec) {
  require(hand.side == arm.side, ErrorKind::usage,
          hand.name + ": expected a " + to_string(arm.side) + " hand for this arm, found a " +
              to_string(hand.side) + " one");
  require_sound(hand);
  const Fitter fitter(hand, arm, spec);
  Eigen::ArrayXXd angles = Eigen::ArrayXXd::Zero(hand.count(), kHinges);
  Angles now = fitter.rest();
  const Index fingers = kHinges - hinge(Body::thumb_abduction);
  for (Index i = 0; i < hand.count(); ++i) {
    fitter.fit(i, now);
    angles.row(i).tail(fingers) = now.tail(fingers).transpose();
  }
  return angles;
}

FingerFit fit_fingers(const HandRecording& hand, const ArmModel& arm, const FingerFitSpec& spec) {
  require(hand.count() >= kFewestFrames && hand.time_s[hand.count() - 1] >= kShortest_s,
          ErrorKind::bad_data,
          hand.name + ": expected at least " + std::to_string(kFewestFrames) +
              " frames over 0.1 s, found " + std::to_string(hand.count()));
  const Eigen::ArrayXXd at_frames = fit_frames(hand, arm, spec);
  FingerFit fit;
  const double duration = hand.time_s[hand.count() - 1];
  fit.time = {0, spec.rate_hz, static_cast<Index>(duration * spec.rate_hz) + 1};
  fit.scale = reach_scale(hand, arm);
  fit.cutoff_hz = std::min(spec.cutoff_hz, kNyquistShare * usual_rate(hand.time_s) / 2);
  fit.angles = smoothed(on_grid(hand.time_s, at_frames, fit.time), fit.time, fit.cutoff_hz);
  hold_to_limits(fit.angles, arm);
  fit.notes = hand.notes;
  note_distance(fit, hand, arm, at_frames);
  return fit;
}

}  // namespace wrist
