// SPDX-License-Identifier: Apache-2.0
#include "motions/movement_touch.h"

#include <algorithm>
#include <cmath>

#include "motions/pinch.h"
#include "sim/body/arm_motion.h"

namespace wrist {
namespace {

// The digit whose fingertip a body is, or -1.
int digit_of_tip(Body body) {
  for (int digit = 0; digit < kDigits; ++digit)
    if (body == digit_body(digit, 3)) return digit;
  return -1;
}

HingeAngles angles_at(const JointMotion& motion, Index i) {
  return motion.angles.row(i).transpose();
}

Index sample_of(const JointMotion& motion, double t) {
  const auto i = static_cast<Index>(std::floor((t - motion.time.start_s) * motion.time.rate_hz));
  return std::clamp<Index>(i, 1, motion.time.count - 2);
}

std::array<Pose, kBodies> poses_at(const JointMotion& motion, const ArmModel& arm, Index i) {
  const Pose X_WT{quaternion(motion.R_WT, i), motion.p_WT.row(i).transpose().matrix()};
  return body_poses(arm, X_WT, quaternion(motion.R_TU, i), angles_at(motion, i));
}

// The far end of a body in the world; of the hand, the middle of the palm.
Eigen::Vector3d striking_point(const ArmModel& arm, const std::array<Pose, kBodies>& poses,
                               Body body) {
  const Pose& X_WB = poses[static_cast<std::size_t>(body)];
  return X_WB.p + X_WB.R * Eigen::Vector3d(arm.body(body).length, 0, 0);
}

Contact contact_on_the_world(const JointMotion& motion, const ArmModel& arm,
                             const PlannedTouch& touch) {
  const Index i = sample_of(motion, touch.time_s);
  const auto before = poses_at(motion, arm, i - 1), after = poses_at(motion, arm, i + 1);
  const Body striker = touch.spec.striker;
  const Eigen::Vector3d velocity =
      (striking_point(arm, after, striker) - striking_point(arm, before, striker)) *
      (motion.time.rate_hz / 2);
  const Eigen::Quaterniond R_HW = after[static_cast<std::size_t>(Body::hand)].R.conjugate();
  Contact contact;
  contact.time_s = touch.time_s;
  contact.release_s = touch.release_s;
  contact.striker = striker;
  contact.other = touch.spec.other;
  contact.closing_speed = touch.speed > 0 ? touch.speed : velocity.norm();
  contact.yielding_mass = touch.mass;
  // The world pushes back.
  if (velocity.norm() > 1e-6) contact.direction_H = -(R_HW * velocity).normalized();
  return contact;
}

// The pads of thumb and finger meet between two samples: in between by a straight line.
std::optional<Contact> contact_of_pads(const JointMotion& motion, const ArmModel& arm,
                                       const PlannedTouch& touch, int digit) {
  const auto gap = [&](Index i) { return pinch_gap(arm, angles_at(motion, i), digit); };
  const double step = 1 / motion.time.rate_hz;
  Index i = sample_of(motion, touch.from_s);
  const Index last = sample_of(motion, touch.to_s);
  double before = gap(i);
  if (before <= 0) return std::nullopt;  // touching already
  double now = before;
  while (i < last && (now = gap(i + 1)) > 0) ++i, before = now;
  if (now > 0) return std::nullopt;
  Contact contact;
  contact.striker = digit_body(digit, 3);
  contact.struck = Body::thumb_distal;
  contact.time_s = motion.time.time(i) + step * before / (before - now);
  contact.closing_speed = (before - now) / step;
  const Eigen::Vector3d moved =
      fingertip(arm, angles_at(motion, i + 1), digit) - fingertip(arm, angles_at(motion, i), digit);
  if (moved.norm() > 1e-9) contact.direction_H = moved.normalized();
  Index end = i + 1;
  while (end < motion.time.count - 1 && gap(end) <= 0) ++end;
  contact.release_s = motion.time.time(end);
  return contact;
}

}  // namespace

std::optional<Contact> find_contact(const JointMotion& motion, const ArmModel& arm,
                                    const PlannedTouch& touch) {
  if (touch.time_s < motion.time.start_s || touch.time_s > motion.time.end()) return std::nullopt;
  const int digit = digit_of_tip(touch.spec.striker);
  if (digit > 0 && touch.spec.other == to_string(Body::thumb_distal))
    return contact_of_pads(motion, arm, touch, digit);
  return contact_on_the_world(motion, arm, touch);
}

void add_contacts(JointMotion& motion, const ArmModel& arm,
                  const std::vector<PlannedTouch>& touches) {
  for (const PlannedTouch& touch : touches)
    if (const auto contact = find_contact(motion, arm, touch)) motion.contacts.push_back(*contact);
  std::stable_sort(motion.contacts.begin(), motion.contacts.end(),
                   [](const Contact& a, const Contact& b) { return a.time_s < b.time_s; });
}

}  // namespace wrist
