// SPDX-License-Identifier: Apache-2.0
#include "generators/world.h"

#include <algorithm>
#include <cmath>

#include "sim/body/arm_motion.h"
#include "sim/dynamics/contact_response.h"
#include "sim/dynamics/full_simulation.h"

namespace wrist {
namespace {

TimeGrid world_grid(const TimeGrid& motion) {
  const double duration = static_cast<double>(motion.count - 1) / motion.rate_hz;
  return {motion.start_s, kWorldRate, static_cast<Index>(duration * kWorldRate)};
}

RigidSeries station_motion(const ArmModel& arm, const JointSplines& joints, const TimeGrid& grid,
                           const WearParams& wear) {
  return body_motion(arm, joints, Body::forearm, grid, strap_station(arm, wear));
}

// R_SH at the first sample: where the hand's blows point in the strap's axes.
Eigen::Quaterniond hand_in_station(const ArmModel& arm, const JointMotion& motion,
                                   const WearParams& wear) {
  const auto poses = body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(), motion.angles.row(0));
  const Pose X_WS = poses[static_cast<std::size_t>(Body::forearm)] * strap_station(arm, wear);
  return X_WS.R.conjugate() * poses[static_cast<std::size_t>(Body::hand)].R;
}

std::string contact_name(const Contact& contact) {
  return "contact:" + to_string(contact.striker) + "-" +
         (contact.other.empty() ? to_string(contact.struck) : contact.other);
}

// A kinematic contact's force: what stops the striker, spread over the pulse.
void add_planned_contacts(World& world, const std::vector<Contact>& contacts, double pulse_s) {
  const TimeGrid& time = world.worn.contact_time;
  for (const Contact& c : contacts) {
    world.contacts.push_back(
        {c.time_s, c.release_s, contact_name(c), "contact", 1, c.closing_speed});
    const double mean_force = c.effective_mass * c.closing_speed / pulse_s;
    const auto sample_at = [&time](double t) {
      return std::clamp<Index>(static_cast<Index>((t - time.start_s) * time.rate_hz), 0,
                               time.count - 1);
    };
    const Index first = sample_at(c.time_s);
    const Index count = std::max<Index>(1, sample_at(c.time_s + pulse_s) - first);
    world.contact_force.segment(first, std::min(count, time.count - first)) += mean_force;
  }
}

}  // namespace

World simulate(const Scenario& s, const ArmModel& arm, const JointMotion& motion,
               const Wearing& wearing) {
  World world{fit_splines(motion), {}, {}, {}};
  if (s.fidelity == Fidelity::full) {
    FullMotion full = simulate_full(arm, motion, wearing, FullOptions{});
    world.worn = std::move(full.worn);
    world.contact_force = std::move(full.contact_force);
    world.contacts = std::move(full.contacts);
    return world;
  }
  RigidSeries station = station_motion(arm, world.joints, world_grid(motion.time), wearing.wear);
  if (s.fidelity == Fidelity::worn) {
    add_contact_transients(station, motion.contacts, s.contact,
                           hand_in_station(arm, motion, wearing.wear));
    world.worn = wear_strapped(station, arm.side, wearing);
  } else {
    world.worn = wear_glued(station, arm.side, wearing);
  }
  world.contact_force = Series::Zero(world.worn.contact_time.count);
  add_planned_contacts(world, motion.contacts, s.contact.pulse_s);
  return world;
}

}  // namespace wrist
