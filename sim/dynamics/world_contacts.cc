// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/world_contacts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using States = std::array<BodyState, kBodies>;

constexpr double kWetting = 5e-4;  // m; depth at which all of the damping has come in [assumed]
constexpr double kMeets = 1e-3;    // m; parts of the hand this near meet by themselves

const BodyState& of(const States& states, Body body) {
  return states[static_cast<std::size_t>(body)];
}

Vector3d place(const BodyState& body, const Vector3d& p_B) {
  return body.X_WB.p + body.X_WB.R * p_B;
}

Vector3d velocity(const BodyState& body, const Vector3d& p_W) {
  const Vector3d p_B = body.X_WB.R.conjugate() * (p_W - body.X_WB.p);
  return body.X_WB.R * (body.v_B + body.w_B.cross(p_B));
}

// On `body`, at a place and with a force of the world.
ExternalWrench wrench_at(Body b, const BodyState& body, const Vector3d& p_W, const Vector3d& f_W) {
  const Eigen::Quaterniond R_BW = body.X_WB.R.conjugate();
  const Vector3d force_B = R_BW * f_W;
  return {b, force_B, (R_BW * (p_W - body.X_WB.p)).cross(force_B)};
}

// The point of a body's axis (of the hand: of its middle plane) nearest to p_W.
Vector3d nearest_on_axis(const ArmModel& arm, Body body, const BodyState& state,
                         const Vector3d& p_W) {
  Vector3d p_B = state.X_WB.R.conjugate() * (p_W - state.X_WB.p);
  if (body == Body::hand)
    p_B.z() = 0;
  else
    p_B = {std::clamp(p_B.x(), 0., arm.body(body).length), 0, 0};
  return place(state, p_B);
}

}  // namespace

std::string touch_name(const Contact& contact) {
  return "contact:" + to_string(contact.striker) + "-" +
         (contact.other.empty() ? to_string(contact.struck) : contact.other);
}

bool acts_on_watch(const Contact& contact) {
  const std::string& other = contact.other;
  return contact.striker == Body::forearm && (other == "watch" || other == "other_finger" ||
                                              other == "other_thumb" || other == "other_palm");
}

double pressing_force(const PairStiffness& pair, double depth, double closing_speed) {
  if (depth <= 0) return 0;
  const double damping = pair.damping * std::min(1., depth / kWetting);
  return std::max(0., pair.stiffness * depth + damping * closing_speed);
}

WorldContacts::WorldContacts(const ArmModel& arm, const JointSplines& splines,
                             const std::vector<Contact>& contacts,
                             const std::optional<Surface>& surface,
                             const std::vector<Carried>& carried)
    : arm_(arm) {
  const TimeGrid& played = splines.spline.knots;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const Contact& c = contacts[i];
    if (c.other.empty() || acts_on_watch(c)) continue;
    if (c.time_s < played.start_s || c.time_s > played.end()) continue;
    require(std::isfinite(c.closing_speed) && c.closing_speed >= 0 && c.direction_H.allFinite(),
            ErrorKind::usage,
            touch_name(c) + " at " + std::to_string(c.time_s) +
                " s: expected a closing speed of 0 or above, found " +
                std::to_string(c.closing_speed));
    const JointState then = joint_states(splines, {c.time_s, 1, 1}).front();
    if (auto blow = plan(c, i, body_states(arm, then), surface, carried_at(carried, c.time_s)))
      blows_.push_back(std::move(*blow));
  }
}

std::optional<WorldContacts::Blow> WorldContacts::plan(const Contact& contact, std::size_t index,
                                                       const States& states,
                                                       const std::optional<Surface>& surface,
                                                       const Carried* held) const {
  const int struck = body_named(contact.other);
  Surface what = surface.value_or(surface_named(contact.other));
  // A plan's mass stands for the tool of an empty hand; a tool that is there strikes the thing
  // itself.
  const bool tool = held && held->object.p_HT && contact.striker == Body::hand;
  if (!surface && !tool && contact.yielding_mass > 0) what.mass = contact.yielding_mass;
  const bool on_held = struck < 0 && held && held->name == contact.other;
  if (on_held) what.mass = 0;  // it is in the hand: nothing yields behind it but the hand
  if (struck >= 0) {
    if (!surface) what.material = flesh_of(static_cast<Body>(struck));
    what.travels = true;
    what.mass = 0;
  }
  Blow blow{index,
            what,
            MovingSurface(contact, what, 0, 0),
            strike_points(arm_, contact.striker, held ? &held->object : nullptr),
            {},
            struck,
            of(states, Body::hand).X_WB.R * contact.direction_H.normalized(),
            on_held,
            true};
  for (const StrikePoint& point : blow.points)
    blow.pairs.push_back(in_series(point.flesh, what.material));

  double height = std::numeric_limits<double>::infinity(), speed = 0;
  for (const StrikePoint& point : blow.points) {
    const Approach a = approach(blow, point, states);
    if (a.height >= height) continue;
    const BodyState& body = of(states, point.body);
    height = a.height;
    speed = -a.normal_W.dot(velocity(body, place(body, point.p_B)));
  }
  if (struck >= 0 && height < arm_.bodies[static_cast<std::size_t>(struck)].radius + kMeets)
    return std::nullopt;
  blow.moving = MovingSurface(contact, what, height, speed);
  return blow;
}

WorldContacts::Approach WorldContacts::approach(const Blow& blow, const StrikePoint& point,
                                                const States& states) const {
  const Vector3d p_W = place(of(states, point.body), point.p_B);
  if (blow.struck < 0) return {blow.normal_W, blow.normal_W.dot(p_W) - point.radius};
  const Body struck = static_cast<Body>(blow.struck);
  const Vector3d away = p_W - nearest_on_axis(arm_, struck, of(states, struck), p_W);
  return {away.normalized(), away.norm() - point.radius};
}

double WorldContacts::lowest(const Blow& blow, const States& states) const {
  double height = std::numeric_limits<double>::infinity();
  for (const StrikePoint& point : blow.points)
    height = std::min(height, approach(blow, point, states).height);
  return height;
}

void WorldContacts::strike(Blow& blow, const States& planned, const States& actual,
                           std::vector<ExternalWrench>& wrenches, Touching& touching) const {
  for (std::size_t i = 0; i < blow.points.size(); ++i) {
    const StrikePoint& point = blow.points[i];
    const BodyState& body = of(actual, point.body);
    const Approach a = approach(blow, point, actual);
    const double depth = blow.moving.height() - a.height;
    if (depth <= 0) continue;
    const Vector3d p_W = place(body, point.p_B) - point.radius * a.normal_W;
    const Vector3d v_W = velocity(body, p_W);
    Vector3d surface_v_W = Vector3d::Zero();
    if (blow.struck >= 0)
      surface_v_W = velocity(actual[static_cast<std::size_t>(blow.struck)], p_W);
    else if (blow.surface.travels)
      surface_v_W = velocity(of(planned, point.body), p_W);
    // The surface's own rate is that of its height; a body of the hand adds its own.
    const double own = blow.struck >= 0 ? a.normal_W.dot(surface_v_W) : 0;
    const double closing = blow.moving.rate() + own - a.normal_W.dot(v_W);
    const double force = pressing_force(blow.pairs[i], depth, closing);
    const Vector3d relative = v_W - surface_v_W;
    const Vector3d sliding = relative - a.normal_W.dot(relative) * a.normal_W;
    const double drag = std::min(blow.pairs[i].damping,
                                 blow.surface.friction * force / std::max(1e-9, sliding.norm()));
    const Vector3d f_W = force * a.normal_W - drag * sliding;
    wrenches.push_back(wrench_at(point.body, body, p_W, f_W));
    if (blow.struck >= 0)
      wrenches.push_back(wrench_at(static_cast<Body>(blow.struck),
                                   actual[static_cast<std::size_t>(blow.struck)], p_W, -f_W));
    if (blow.on_held && point.body != Body::hand)
      wrenches.push_back(wrench_at(Body::hand, of(actual, Body::hand), p_W, -f_W));
    touching.force += force;
    touching.speed = std::max(touching.speed, closing);
  }
}

void WorldContacts::act(double time_s, double h, const JointState& wanted, const States& actual,
                        std::vector<ExternalWrench>& wrenches, std::vector<Touching>& touching) {
  std::optional<States> planned;
  for (Blow& blow : blows_) {
    if (!blow.moving.present(time_s)) continue;
    if (!planned) planned = body_states(arm_, wanted);
    blow.moving.move(time_s, lowest(blow, *planned), h);
    Touching touch{blow.index, 0, 0};
    if (!blow.first) strike(blow, *planned, actual, wrenches, touch);
    blow.first = false;
    blow.moving.yield(touch.force, h);
    if (touch.force > 0) touching.push_back(touch);
  }
}

}  // namespace wrist
