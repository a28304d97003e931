// SPDX-License-Identifier: Apache-2.0
// Every class of the library, done by a man and a woman: anatomy, smoothness, and the figures that
// were measured on real wrists where there are some.
#include "generators/library.h"

#include <gtest/gtest.h>

#include <cmath>

#include "generators/perform.h"
#include "motions/movement.h"
#include "sensor_models/signal/spectrum.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "tests/support/assets.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::assets;

constexpr double kDuration = 20;  // s
constexpr double kRate = 240;     // Hz; of the signals looked at

JointMotion perform_class(const std::string& name, const SubjectParams& person, Side side,
                          std::uint64_t seed) {
  const MovementSpec& movement = library_class(assets(), name);
  Scenario s;
  s.subject = person;
  s.side = side;
  s.duration_s = kDuration;
  s.habit_seed = seed;
  s.class_name = name;
  const std::vector<std::string> under = activities_of(movement);
  s.motion.activity = under[seed % under.size()];
  s.motion.gesture = movement.event ? name : "";
  return perform(s, build_arm(person, side), assets(), ClipLibrary({}, 1), Rng(seed));
}

struct Wrist {
  Series3 force, rate;  // m/s2, rad/s; of the bone under the watch
  Series alpha;         // rad/s2
};

Wrist wrist_of(const JointMotion& motion, const ArmModel& arm) {
  const TimeGrid time{0, kRate, static_cast<Index>(kDuration * kRate)};
  const RigidSeries forearm = body_motion(arm, fit_splines(motion), Body::forearm, time);
  const double along = arm.body(Body::forearm).length - 0.03;
  const RigidSeries watch = shift(forearm, {Eigen::Quaterniond::Identity(), {along, 0, 0.03}});
  return {watch.specific_force_B, watch.w_WB_B, watch.alpha_WB_B.square().rowwise().sum().sqrt()};
}

double rms(const Series3& x) {
  return std::sqrt((x.rowwise() - x.colwise().mean()).square().rowwise().sum().mean());
}

class Library : public ::testing::TestWithParam<std::string> {};

// What lasts to the end does not stop a sample before it, which a spline would ring from.
TEST_P(Library, LastSampleFollowsOnTheOthers) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const JointMotion motion = perform_class(GetParam(), testing::average_man(), Side::left, seed);
    const Index n = motion.time.count;
    const Eigen::ArrayXXd step =
        (motion.angles.bottomRows(n - 1) - motion.angles.topRows(n - 1)).abs();
    const double most = step.topRows(n - 2).maxCoeff(), last = step.row(n - 2).maxCoeff();
    EXPECT_LE(last, 1.2 * most + 1e-9) << seed;
  }
}

TEST_P(Library, KeepsToAnatomyAndMovesSmoothly) {
  for (const SubjectParams& person : {testing::average_man(), testing::average_woman()})
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      const Side side = seed % 2 == 0 ? Side::left : Side::right;
      const ArmModel arm = build_arm(person, side);
      const JointMotion motion = perform_class(GetParam(), person, side, seed);
      for (Index h = 0; h < kHinges; ++h) {
        const ArmBody& body = arm.bodies[static_cast<std::size_t>(h + 1)];
        EXPECT_GE(motion.angles.col(h).minCoeff(), body.lower - 1e-9) << to_string(Body(h + 1));
        EXPECT_LE(motion.angles.col(h).maxCoeff(), body.upper + 1e-9) << to_string(Body(h + 1));
      }
      // A step of one degree from one sample to the next would be 1000 rad/s2.
      const Wrist wrist = wrist_of(motion, arm);
      EXPECT_LT(wrist.alpha.maxCoeff(), 900) << seed;
      EXPECT_LT(wrist.force.square().rowwise().sum().sqrt().maxCoeff(), 200) << seed;
      EXPECT_LT(wrist.rate.square().rowwise().sum().sqrt().maxCoeff() / kDegree, 2000) << seed;
    }
}

TEST_P(Library, SaysWhatHappensWhen) {
  const JointMotion motion = perform_class(GetParam(), testing::average_man(), Side::left, 1);
  const MovementSpec& movement = library_class(assets(), GetParam());
  double labelled = 0;
  for (const Label& label : motion.labels) {
    EXPECT_LE(label.start_s, label.end_s);
    if (label.class_name == GetParam()) labelled += label.end_s - label.start_s;
  }
  EXPECT_GT(labelled, 0.1);
  EXPECT_FALSE(movement.sources.empty());
  EXPECT_GE(movement.prompts.size(), 2u);
  for (const Event& event : motion.events) EXPECT_LE(event.start_s, event.end_s);
  for (const Contact& contact : motion.contacts) {
    EXPECT_GT(contact.closing_speed, 0) << contact.time_s;
    EXPECT_LT(contact.closing_speed, 8) << contact.time_s;
    EXPECT_GE(contact.yielding_mass, 0);
    EXPECT_GE(contact.release_s, contact.time_s);
    EXPECT_NEAR(contact.direction_H.norm(), 1, 1e-6);
  }
}

TEST_P(Library, NoTwoInstancesAreTheSame) {
  const auto angles = [](std::uint64_t seed) {
    return perform_class(GetParam(), testing::average_man(), Side::left, seed).angles;
  };
  const Eigen::ArrayXXd one = angles(11);
  EXPECT_TRUE((one == angles(11)).all());
  EXPECT_FALSE((one == angles(12)).all());
}

INSTANTIATE_TEST_SUITE_P(Classes, Library, ::testing::ValuesIn(library_classes(assets())),
                         [](const auto& c) { return c.param; });

// What was measured on real wrists: medians over people have to lie inside.
struct Figure {
  std::string name;
  std::array<double, 2> accel_rms_g, gyro_rms_dps, dominant_hz;  // {0, 0}: not measured
};

void PrintTo(const Figure& figure, std::ostream* out) { *out << figure.name; }

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

double dominant(const Series3& x) {
  const Spectrum psd = welch(x, kRate, static_cast<Index>(4 * kRate));
  double best = 0, at = 0;
  for (Index i = 0; i < psd.frequency_hz.size(); ++i) {
    const double power = psd.density.row(i).sum();
    if (psd.frequency_hz[i] > 0.6 && power > best) best = power, at = psd.frequency_hz[i];
  }
  return at;
}

class Figures : public ::testing::TestWithParam<Figure> {};

TEST_P(Figures, LieWhereRealOnesDo) {
  std::vector<double> accel, gyro, hz;
  for (std::uint64_t seed = 0; seed < 9; ++seed) {
    const SubjectParams person = seed % 2 ? testing::average_man() : testing::average_woman();
    const Wrist wrist = wrist_of(perform_class(GetParam().name, person, Side::left, seed),
                                 build_arm(person, Side::left));
    accel.push_back(rms(wrist.force) / kGravity);
    gyro.push_back(rms(wrist.rate) / kDegree);
    hz.push_back(dominant(wrist.force));
  }
  const auto inside = [](const std::vector<double>& x, const std::array<double, 2>& range,
                         const char* what) {
    if (range[1] == 0) return;
    EXPECT_GE(median(x), range[0]) << what;
    EXPECT_LE(median(x), range[1]) << what;
  };
  inside(accel, GetParam().accel_rms_g, "acceleration, rms, g");
  inside(gyro, GetParam().gyro_rms_dps, "angular rate, rms, deg/s");
  inside(hz, GetParam().dominant_hz, "dominant frequency, Hz");
}

// Sources: WEDA-FALL (walk, clap), UCI HMP (tooth brushing, stairs), SmartFallMM (wave, washing:
// its device clips at 2 g and 125 deg/s, so that only lower bounds hold), WISDM (walk, jog).
INSTANTIATE_TEST_SUITE_P(Measured, Figures,
                         ::testing::Values(Figure{"walk", {0.20, 0.41}, {48, 129}, {0.8, 2.0}},
                                           Figure{"jog", {1.1, 1.8}, {110, 400}, {1.2, 2.8}},
                                           Figure{"clap", {0.6, 2.5}, {0, 0}, {1.7, 4.4}},
                                           Figure{"brush_teeth", {0, 0}, {0, 0}, {4.4, 6.2}},
                                           Figure{"climb_stairs", {0.15, 0.5}, {0, 0}, {0.7, 2.0}},
                                           Figure{"descend_stairs", {0.3, 0.9}, {0, 0}, {0.7, 2.0}},
                                           Figure{"wave", {0.3, 2.0}, {90, 500}, {0.7, 1.3}},
                                           Figure{"hand_wash", {0, 0}, {50, 250}, {0.6, 4.0}}),
                         [](const auto& c) { return c.param.name; });

TEST(LibraryClasses, ThereAreMany) { EXPECT_GE(library_classes(assets()).size(), 70u); }

}  // namespace
}  // namespace wrist
