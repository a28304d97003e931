// SPDX-License-Identifier: Apache-2.0
/// What a touch of the hand does to the forearm, when no engine is run: the first, modal answer.
///
///   contact -> force pulse -> hand and forearm mass -> three damped modes -> muscles -> transient
///
/// The pulse is a raised cosine that carries the momentum effective_mass x closing_speed along the
/// striker's velocity. A mode is a second-order low-pass, so that together they hand on the whole
/// impulse; the muscles take it back within `recovery_s`. The answer is in closed form: exact at
/// any rate, for any time of contact. Modes: 25-45, 60-110, 140-250 Hz, damping ratio 0.1-0.3, path
/// gain by finger [assumed; tunable].
#pragma once

#include <array>

#include "sim/base/rng.h"
#include "sim/body/joint_motion.h"

namespace wrist {

struct ContactMode {
  double frequency_hz = 0;
  double damping_ratio = 0;
  double share = 0;          // of the rigid response; the shares of all modes add to one
};

struct ContactResponse {
  std::array<ContactMode, 3> modes;
  double hand_mass = 0.45;                              // kg; that takes up the impulse
  double pulse_s = 0.006;                               // s; length of the force pulse
  std::array<double, kDigits> path_gain{1, 0.8, 0.7, 0.6, 0.5};  // thumb .. little
  double lever = 0.09;                                  // m; finger contact to forearm axis point,
                                                        // turns part of the impulse into rotation
  double rotary_inertia = 4e-3;                         // kg m2; of hand and forearm at the elbow
  double recovery_s = 0.03;                             // s; until posture is held again: wrist and
                                                        // elbow are springs of 3-10 Hz [assumed]
};

/// Mode frequencies and damping of one person, uniform over the ranges above.
ContactResponse draw_contact_response(const Rng& rng);

/// Adds the transient of every contact to the motion of the strap station S: specific force,
/// angular acceleration and rate. Poses stay: the displacement is a fraction of a millimetre.
/// R_SH: of the hand in the station, wrist straight. Throws Error(usage) for a response or a
/// contact with a negative or missing mass, time or frequency.
void add_contact_transients(RigidSeries& station_W, const std::vector<Contact>& contacts,
                            const ContactResponse& response, const Eigen::Quaterniond& R_SH);

}  // namespace wrist
