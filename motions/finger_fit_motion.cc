// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "motions/finger_fit.h"
#include "motions/finger_fit_chain.h"
#include "motions/finger_fit_grid.h"
#include "motions/retarget_angles.h"
#include "sim/base/constants.h"
#include "sim/body/arm_motion.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;
using Angles = Eigen::Array<double, kHinges, 1>;

constexpr double kElbow = 90 * kDegree;          // the forearm points forwards
constexpr double kHeldPronation = 70 * kDegree;  // palm down [assumed]
constexpr double kLimitMargin = 4 * kDegree;     // as in retargeting
constexpr double kSensible = 0.9;                // share of frames the wrist must be able to follow
// Beyond a range, where the shoulder would have helped; drawn to the limit [assumed].
constexpr double kBeyond = 20 * kDegree;
constexpr double kLeastHeading = 0.2;  // sine; a palm that points up has no heading
constexpr double kPartedBy = 0.002;    // m; beyond touching, before pads may touch again

constexpr std::array<Body, 3> kPalmBodies = {Body::forearm, Body::wrist_deviation, Body::hand};

// From the tracker's axes (x right, y up, z towards the person) to the world's, turned about the
// vertical so that the palm points ahead on the average: which way the person sat is not recorded.
Matrix3d world_of_tracker(const HandRecording& hand) {
  Matrix3d R_WL;
  R_WL << 0, 0, -1, -1, 0, 0, 0, 1, 0;
  Vector3d distal = Vector3d::Zero();
  for (Index i = 0; i < hand.count(); ++i)
    distal += R_WL * (quaternion(hand.R_LH, i) * Vector3d::UnitX());
  distal /= static_cast<double>(hand.count());
  if (distal.head<2>().norm() < kLeastHeading) return R_WL;
  return Eigen::AngleAxisd(-std::atan2(distal.y(), distal.x()), Vector3d::UnitZ()) * R_WL;
}

// Pronation, deviation and wrist flexion that put the palm as recorded: R_EH = Rx(-m pronation)
// Rz(-m deviation) Ry(flexion), E the forearm at pronation 0. Shape: hand.count() x 3.
Eigen::ArrayXXd palm_angles(const HandRecording& hand, const Matrix3d& R_WE, double mirror) {
  Eigen::ArrayXXd angles(hand.count(), 3);
  const Matrix3d R_EL = R_WE.transpose() * world_of_tracker(hand);
  for (Index i = 0; i < hand.count(); ++i) {
    const Matrix3d R_EH = R_EL * quaternion(hand.R_LH, i).toRotationMatrix();
    angles.row(i) << -mirror * std::atan2(R_EH(2, 1), R_EH(1, 1)),
        mirror * std::asin(std::clamp(R_EH(0, 1), -1.0, 1.0)), std::atan2(R_EH(0, 2), R_EH(0, 0));
    for (Index k = 0; i > 0 && k < 3; ++k)
      angles(i, k) += 2 * kPi * std::round((angles(i - 1, k) - angles(i, k)) / (2 * kPi));
  }
  return angles;
}

// The share of frames in which every one of the three angles is within its range, or little beyond.
double share_within(const Eigen::ArrayXXd& palm, const ArmModel& arm) {
  Index inside = 0;
  for (Index i = 0; i < palm.rows(); ++i) {
    bool all = true;
    for (Index k = 0; k < 3; ++k) {
      const ArmBody& body = arm.body(kPalmBodies[static_cast<std::size_t>(k)]);
      all = all && palm(i, k) >= body.lower - kBeyond && palm(i, k) <= body.upper + kBeyond;
    }
    inside += all;
  }
  return static_cast<double>(inside) / static_cast<double>(palm.rows());
}

void lay_palm(JointMotion& motion, const ArmModel& arm, const HandRecording& hand, double cutoff_hz,
              std::vector<std::string>& notes) {
  const Matrix3d R_WE =
      body_poses(arm, Pose{}, quaternion(motion.R_TU, 0),
                 motion.angles.row(0).transpose())[static_cast<std::size_t>(Body::elbow)]
          .R.toRotationMatrix();
  const Eigen::ArrayXXd palm = palm_angles(hand, R_WE, arm.mirror());
  const double within = share_within(palm, arm);
  motion.angles.col(hinge(Body::forearm)) = kHeldPronation;
  notes.push_back("forearm and wrist can hold the palm as recorded in " +
                  std::to_string(std::lround(100 * within)) + " % of frames: the palm " +
                  (within >= kSensible ? "follows" : "is held facing down"));
  if (within < kSensible) return;
  const Eigen::ArrayXXd smooth =
      hand.count() == 1 ? palm.replicate(motion.time.count, 1).eval()
                        : smoothed(on_grid(hand.time_s, palm, motion.time), motion.time, cutoff_hz);
  for (Index k = 0; k < 3; ++k) {
    const Body body = kPalmBodies[static_cast<std::size_t>(k)];
    for (Index i = 0; i < motion.time.count; ++i)
      motion.angles(i, hinge(body)) =
          soft_limit(smooth(i, k), arm.body(body).lower, arm.body(body).upper, kLimitMargin);
  }
}

// From the thumb's pad to the index's, at every sample. Shape: N x 3; m, in H.
Series3 pads_apart(const JointMotion& motion, const ArmModel& arm) {
  Series3 apart(motion.time.count, 3);
  for (Index i = 0; i < motion.time.count; ++i) {
    const Angles angles = motion.angles.row(i).transpose();
    const auto pad = [&](int digit) {
      const Eigen::Vector4d of = angles.segment<4>(hinge(digit_body(digit, 0))).matrix();
      return digit_pose(arm, digit, of, TipPoint::pad_centre).tip;
    };
    apart.row(i) = (pad(1) - pad(0)).transpose().array();
  }
  return apart;
}

// First touch between samples i - 1 and i. The pads press along the line between them; what slides
// across it carries no impulse.
Contact touch_at(const TimeGrid& time, const Series3& apart,
                 const Series& distance, Index i, double touching) {
  const double step = distance[i - 1] - distance[i];
  const double share = (distance[i - 1] - touching) / step;
  Contact contact;
  contact.time_s = time.time(i - 1) + share / time.rate_hz;
  contact.release_s = time.end();
  contact.closing_speed = step * time.rate_hz;
  contact.direction_H = -apart.row(i).matrix().transpose().normalized();
  return contact;
}

// Every time the pads come to touch; a recording that begins in touch does not say when.
void add_contacts(JointMotion& motion, const ArmModel& arm, double margin) {
  const Series3 apart = pads_apart(motion, arm);
  const Series distance = apart.square().rowwise().sum().sqrt();
  const double touching =
      arm.body(Body::index_distal).radius + arm.body(Body::thumb_distal).radius + margin;
  bool touch = distance[0] < touching;
  bool counted = false;
  for (Index i = 1; i < motion.time.count; ++i) {
    if (!touch && distance[i] < touching) {
      motion.contacts.push_back(touch_at(motion.time, apart, distance, i, touching));
      touch = counted = true;
    } else if (touch && distance[i] > touching + kPartedBy) {
      if (counted) motion.contacts.back().release_s = motion.time.time(i);
      touch = counted = false;
    }
  }
}

// A pose that does not hold the pads together has none: on the way to a fist, say, straight from
// rest, they only pass each other.
void drop_passing_contacts(JointMotion& motion, std::vector<std::string>& notes) {
  const std::size_t dropped = std::erase_if(motion.contacts, [](const Contact& contact) {
    return contact.release_s - contact.time_s < PoseTiming{}.hold_s;
  });
  if (dropped > 0)
    notes.push_back("thumb and index pass each other on the way: no touch is made of it");
}

}  // namespace

JointMotion hand_motion(const HandRecording& hand, const ArmModel& arm, const FingerFitSpec& spec,
                        std::vector<std::string>* notes) {
  const HandRecording ours = hand.side == arm.side ? hand : mirrored(hand);
  FingerFit fit = ours.count() == 1 ? perform_pose(ours, arm, spec) : fit_fingers(ours, arm, spec);
  JointMotion motion = rest_motion(arm, fit.time);
  motion.clip = "hand:" + hand.name;
  motion.angles.col(hinge(Body::elbow)) = kElbow;
  const Index fingers = kHinges - hinge(Body::thumb_abduction);
  motion.angles.rightCols(fingers) = fit.angles.rightCols(fingers);
  lay_palm(motion, arm, ours, fit.cutoff_hz, fit.notes);
  add_contacts(motion, arm, spec.touch_margin);
  if (ours.count() == 1) drop_passing_contacts(motion, fit.notes);
  if (notes != nullptr) notes->insert(notes->end(), fit.notes.begin(), fit.notes.end());
  return motion;
}

}  // namespace wrist
