// SPDX-License-Identifier: Apache-2.0
/// What a joint does by itself when it is moved: capsules, tendons and the tone of a hand in use.
///
///   angles, rates -> springs and dampers about the rest posture, tendons across the wrist ->
///   torques
///
/// The arm of the engine has them. The muscles know them for the motion they intend; what is left
/// is a spring about that motion, which resists a blow before any reaction could.
#pragma once

#include "sim/dynamics/rnea.h"

namespace wrist {

struct JointImpedance {
  using Hinges = Eigen::Array<double, kHinges, 1>;
  Hinges rest = Hinges::Zero();          // rad
  Hinges stiffness = Hinges::Zero();     // N m/rad
  Hinges damping = Hinges::Zero();       // N m s/rad
  Hinges tendon_share = Hinges::Zero();  // 1; of the spring and damper, in tendons that run on over
                                         // the wrist to the forearm
  double tendon_ratio =
      0;  // 1; their moment arm about the wrist's flexion over that about the joint
};

/// Times `scale`. Elbow and shoulder have none. The fingers' flexors bend the wrist too: what stops
/// a fingertip pulls at the forearm.
JointImpedance joint_impedance(const ArmModel& arm, double scale = 1);

JointImpedance::Hinges passive_torques(const JointImpedance& joints,
                                       const JointImpedance::Hinges& q,
                                       const JointImpedance::Hinges& qd);

}  // namespace wrist
