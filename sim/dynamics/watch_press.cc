// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/watch_press.h"

namespace wrist {

using Eigen::Vector3d;

WatchPress::WatchPress(const CaseSpec& case_spec, const std::vector<Contact>& contacts,
                       const std::optional<Surface>& surface)
    : top_(case_spec.size.z() - case_spec.height) {
  constexpr Material kGlass{1e6, 1e-4};  // N/m, s; next to a finger: rigid [assumed]
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    if (!acts_on_watch(contacts[i])) continue;
    Surface hand = surface.value_or(surface_named(contacts[i].other));
    if (!surface && contacts[i].yielding_mass > 0) hand.mass = contacts[i].yielding_mass;
    hand.travels = true;
    presses_.push_back(
        {i, MovingSurface(contacts[i], hand, 0, 0), in_series(kGlass, hand.material), 0, true});
  }
}

double WatchPress::force(double time_s, double h, const CaseMotion& motion,
                         std::vector<Touching>& touching) {
  double sum = 0;
  const Vector3d p_SG = motion.X_SC.p + motion.X_SC.R * Vector3d(0, 0, top_);
  for (Press& press : presses_) {
    if (!press.moving.present(time_s)) continue;
    // Heights are along the push, towards the arm, negative over it: the glass stands at -z.
    const double glass = -p_SG.z();
    if (press.first) press.planned_height = glass;
    press.moving.move(time_s, press.planned_height, h);
    Touching touch{press.index, 0, 0};
    const double into = press.moving.height() - glass;
    const double closing = press.moving.rate() + motion.v.z();
    if (!press.first) touch.force = pressing_force(press.pair, into, closing);
    press.first = false;
    press.moving.yield(touch.force, h);
    if (touch.force <= 0) continue;
    touch.speed = closing;
    touching.push_back(touch);
    sum += touch.force;
  }
  return sum;
}

Vector3d pressed(const Vector3d& specific_force_S, double force, double case_mass) {
  return specific_force_S + Vector3d(0, 0, force / case_mass);
}

WornWatch wear_pressed(RigidSeries station_W, Side side, const Wearing& wearing,
                       const Series& force) {
  station_W.specific_force_B.col(2) += force / wearing.case_spec.mass;
  WornWatch worn = wear_strapped(station_W, side, wearing);
  for (Index i = 0; i < force.size(); ++i) {
    if (force[i] == 0) continue;
    const Eigen::Quaterniond R_CS =
        quaternion(worn.motion.R_WB, i).conjugate() * quaternion(station_W.R_WB, i);
    const Vector3d push = R_CS * Vector3d(0, 0, -force[i] / wearing.case_spec.mass);
    worn.motion.specific_force_B.row(i) += push.transpose().array();
  }
  return worn;
}

}  // namespace wrist
