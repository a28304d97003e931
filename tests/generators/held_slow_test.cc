// SPDX-License-Identifier: Apache-2.0
// What a gesture file says its hand holds, all the way to the watch.
#include <gtest/gtest.h>

#include <algorithm>

#include "generators/make_recording.h"
#include "generators/world.h"
#include "sim/dynamics/held_object.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using testing::assets;

struct Played {
  JointMotion motion;
  World held, empty;  // the same motion with what it holds, and without
};

Scenario scenario(const std::string& name, const std::string& fidelity) {
  return draw_scenario(
      testing::shipped_recipe(
          "quickstart", {"motions.classes=[\"" + name + "\"]", "recordings=1", "subjects.count=1",
                         "duration=12 s", "fidelity=" + fidelity}),
      assets(), 0);
}

bool is_holding(const Event& event) { return event.source == kHolding; }

Played play(const std::string& name, const std::string& fidelity) {
  const Scenario s = scenario(name, fidelity);
  const ArmModel arm = build_arm(s.subject, s.side);
  Played p{perform(s, arm, assets(), ClipLibrary({}, 1), Rng(s.seed) / "motion"), {}, {}};
  const Wearing wearing{assets().watch(s.watch).case_spec,
                        assets().strap(s.strap),
                        s.wear,
                        wrist_shape(arm, s.wear),
                        {}};
  p.held = simulate(s, arm, p.motion, wearing, assets().contacts);
  JointMotion empty = p.motion;
  std::erase_if(empty.events, is_holding);
  p.empty = simulate(s, arm, empty, wearing, assets().contacts);
  return p;
}

// rms of the difference of the two watches' specific force within a time, m/s2.
double difference(const Played& p, double from_s, double to_s) {
  const RigidSeries &a = p.held.worn.motion, &b = p.empty.worn.motion;
  const auto row = [&](double t) {
    return std::clamp<Index>(std::lround((t - a.time.start_s) * a.time.rate_hz), 0,
                             std::min(a.time.count, b.time.count));
  };
  const Index first = row(from_s), count = row(to_s) - first;
  const Series3 d =
      a.specific_force_B.middleRows(first, count) - b.specific_force_B.middleRows(first, count);
  return std::sqrt(d.square().rowwise().sum().mean());
}

// Of the recording itself, m/s2; not of what is simulated beyond its end.
double greatest_shake(const World& world) {
  const RigidSeries& m = world.worn.motion;
  const auto end = static_cast<Index>((11.9 - m.time.start_s) * m.time.rate_hz);
  EXPECT_TRUE(m.specific_force_B.allFinite());
  return m.specific_force_B.topRows(end).abs().maxCoeff();
}

double greatest_force(const World& world) { return world.contact_force.maxCoeff(); }

// The cup is felt where the hand is struck with it: put on the table. On the way there the muscles
// bear it, and the watch moves as planned.
TEST(Held, TheCupOfADrinkIsFeltOnTheTable) {
  const Played p = play("drink", "full");
  const auto cup = std::find_if(p.motion.events.begin(), p.motion.events.end(), is_holding);
  ASSERT_NE(cup, p.motion.events.end());
  EXPECT_EQ(cup->class_name, "holds:cup");
  const auto table =
      std::find_if(p.motion.contacts.begin(), p.motion.contacts.end(),
                   [&](const Contact& c) { return c.other == "table" && c.time_s > cup->start_s; });
  ASSERT_NE(table, p.motion.contacts.end());
  EXPECT_LT(table->time_s, cup->end_s) << "it is still in the hand";
  EXPECT_LT(greatest_shake(p.held), 60);
  const double carried = difference(p, cup->start_s + 0.4, table->time_s - 0.2);
  const double put_down = difference(p, table->time_s, table->time_s + 0.15);
  EXPECT_GT(put_down, 0.02) << "m/s2; a BMI270 has 0.011 rms in 100 Hz";
  EXPECT_GT(put_down, 5 * carried);
  for (const Contact& c : p.motion.contacts) {
    if (c.other != "cup") continue;
    for (const Event& e : p.motion.events)
      EXPECT_FALSE(is_holding(e) && e.start_s < c.time_s && c.time_s < e.end_s)
          << "the cup would be there twice";
  }
}

TEST(Held, AHammerStrikesWithItsHead) {
  const Played p = play("hammer", "full");
  ASSERT_FALSE(p.held.contacts.empty());
  EXPECT_LT(greatest_shake(p.held), 300);
  EXPECT_GT(greatest_force(p.held), 1.3 * greatest_force(p.empty));
  EXPECT_LT(greatest_force(p.held), 5000);
  EXPECT_GT(difference(p, 0, 11.5), 0.1);
}

TEST(Held, TheJugAndThePhonesAreHeldSteadily) {
  for (const char* name : {"pour", "phone_call", "scroll_phone"}) {
    const Played p = play(name, "full");
    EXPECT_TRUE(std::any_of(p.motion.events.begin(), p.motion.events.end(), is_holding)) << name;
    EXPECT_LT(greatest_shake(p.held), 30) << name;
  }
}

// The default fidelity knows contacts, not what hangs on the hand; its recordings say what is held.
TEST(Held, WornSaysItAndDoesNotFeelIt) {
  const Played p = play("drink", "worn");
  EXPECT_EQ(difference(p, 0, 11.5), 0);
  const Recording r = make_recording(scenario("drink", "worn"), assets(), ClipLibrary({}, 1));
  EXPECT_TRUE(std::any_of(r.events.begin(), r.events.end(),
                          [](const Event& e) { return e.class_name == "holds:cup"; }));
}

}  // namespace
}  // namespace wrist
