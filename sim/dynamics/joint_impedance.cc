// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/joint_impedance.h"

#include <algorithm>

#include "sim/base/constants.h"

namespace wrist {
namespace {

struct SpringDamper {
  double stiffness, damping;  // N m/rad, N m s/rad
};

// Middle of the published ranges: 0.6-1.2, 1.5-2.5, 0.3-0.6 N m/rad, 0.02-0.03 N m s/rad [prior].
constexpr SpringDamper kFlexion{0.9, 0.025}, kDeviation{2.0, 0.025}, kPronation{0.45, 0.025};

// Digits: the links beyond a joint, straight, swing at this frequency with this damping ratio. A
// fingertip under load is 5-6 gram on 200-800 N/m, 30-60 Hz, well damped (Hajian and Howe 1997,
// from memory); a hand that holds nothing less [assumed]. Told by frequency, it fits hands of all
// sizes.
constexpr double kTone_hz = 25, kToneDamping = 0.7;
// Of the spring of flexion: sideways a finger is loose, and light once it is bent [assumed].
constexpr double kSidewaysShare = 0.2;

// Moment arms of the long flexors: 13 mm about the wrist, 11 mm about the knuckle (Brand and
// Hollister, "Clinical Mechanics of the Hand", from memory). The palm's own muscles carry the rest
// of the knuckle's torque: 1 N at a bent fingertip is some 35 mN m there beyond the long
// tendons' 3.5 N [derived from 30 and 60 mm of lever, 8.5 mm about the middle joint].
constexpr double kTendonRatio = 13.0 / 11.0, kTendonShare = 0.65;

// Of link `first` and those beyond it about its joint, the digit straight; kg m2.
double swinging_inertia(const ArmModel& arm, int digit, int first) {
  double sum = 0, start = 0;
  for (int joint = first; joint <= 3; ++joint) {
    const ArmBody& b = arm.body(digit_body(digit, joint));
    const double at = start + b.p_BCm.x();
    sum += b.inertia(1, 1) + b.mass * at * at;
    start += b.length;
  }
  return sum;
}

}  // namespace

JointImpedance joint_impedance(const ArmModel& arm, double scale) {
  JointImpedance joints;
  joints.rest = rest_motion(arm, make_grid(0.1, 100)).angles.row(0).transpose();
  const auto set = [&](Body body, const SpringDamper& s) {
    joints.stiffness[hinge(body)] = scale * s.stiffness;
    joints.damping[hinge(body)] = scale * s.damping;
  };
  set(Body::forearm, kPronation);
  set(Body::wrist_deviation, kDeviation);
  set(Body::hand, kFlexion);
  const double w = 2 * kPi * kTone_hz;
  for (int digit = 0; digit < kDigits; ++digit)
    for (int joint = 0; joint < 4; ++joint) {
      const double share = joint == 0 ? kSidewaysShare : 1;
      const double inertia = share * swinging_inertia(arm, digit, std::max(joint, 1));
      set(digit_body(digit, joint), {inertia * w * w, 2 * kToneDamping * w * inertia});
    }
  joints.tendon_ratio = kTendonRatio;
  for (int finger = 1; finger < kDigits; ++finger)  // the thumb's strong muscles sit in the palm
    joints.tendon_share[hinge(digit_body(finger, 1))] = kTendonShare;
  return joints;
}

JointImpedance::Hinges passive_torques(const JointImpedance& joints,
                                       const JointImpedance::Hinges& q,
                                       const JointImpedance::Hinges& qd) {
  const Index wrist = hinge(Body::hand);
  const double ratio = joints.tendon_ratio, bend = joints.rest[wrist] - q[wrist];
  JointImpedance::Hinges torques = joints.stiffness * (joints.rest - q) - joints.damping * qd;
  // A tendon is stretched by both joints: theta + ratio theta_wrist.
  const JointImpedance::Hinges across =
      joints.tendon_share * ratio * (joints.stiffness * bend - joints.damping * qd[wrist]);
  torques[wrist] += ratio * (joints.tendon_share * torques + across).sum();
  return torques + across;
}

}  // namespace wrist
