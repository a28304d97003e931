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
  return joints;
}

JointImpedance::Hinges passive_torques(const JointImpedance& joints,
                                       const JointImpedance::Hinges& q,
                                       const JointImpedance::Hinges& qd) {
  return joints.stiffness * (joints.rest - q) - joints.damping * qd;
}

}  // namespace wrist
