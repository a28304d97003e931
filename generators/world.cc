// SPDX-License-Identifier: Apache-2.0
#include "generators/world.h"

#include "sim/body/arm_motion.h"
#include "sim/dynamics/contact_response.h"
#include "sim/dynamics/full_simulation.h"
#include "sim/dynamics/watch_press.h"

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

// How the wearer's own fingers and wrist lift the skin under the strap.
Wearing with_bulge(const Scenario& s, const JointSplines& joints, const TimeGrid& motion,
                   Wearing wearing) {
  constexpr double kBulgeRate = 200;  // Hz; fingers move below 20 Hz
  const double duration = static_cast<double>(motion.count - 1) / motion.rate_hz;
  wearing.bulge.time = {motion.start_s, kBulgeRate, static_cast<Index>(duration * kBulgeRate)};
  wearing.bulge.height = tendon_bulge(s.tendons, joints, wearing.bulge.time);
  return wearing;
}

// Of layers 1 and 2 a touch is where the motion has it.
std::vector<Event> planned_contacts(const std::vector<Contact>& contacts) {
  std::vector<Event> events;
  for (const Contact& c : contacts)
    events.push_back({c.time_s, c.release_s, touch_name(c), "contact", 1, c.closing_speed});
  return events;
}

}  // namespace

World simulate(const Scenario& s, const ArmModel& arm, const JointMotion& motion,
               const Wearing& wearing, const ContactTable& contacts) {
  World world{fit_splines(motion), {}, {}, {}};
  if (s.fidelity == Fidelity::full) {
    FullOptions options;
    options.modes = s.tissue;
    FullMotion full = simulate_full(
        arm, motion, with_bulge(s, world.joints, motion.time, wearing), options);
    world.worn = std::move(full.worn);
    world.contact_force = std::move(full.contact_force);
    world.contacts = std::move(full.contacts);
    return world;
  }
  RigidSeries station = station_motion(arm, world.joints, world_grid(motion.time), wearing.wear);
  world.contacts = planned_contacts(motion.contacts);
  if (s.fidelity == Fidelity::ideal) {
    world.worn = wear_glued(station, arm.side, wearing);
    world.contact_force = Series::Zero(world.worn.contact_time.count);
    return world;
  }
  const TimeGrid clock = station.time;
  const ContactForces forces = add_contact_transients(
      station, strap_station(arm, wearing.wear), arm, motion,
      {contacts, s.tissue, wearing.case_spec.mass});
  world.worn = wear_pressed(std::move(station), arm.side,
                            with_bulge(s, world.joints, motion.time, wearing), forces.on_watch);
  world.contact_force = largest_since(forces.total, clock, world.worn.contact_time);
  return world;
}

}  // namespace wrist
