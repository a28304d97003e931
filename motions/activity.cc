// SPDX-License-Identifier: Apache-2.0
#include "motions/activity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "motions/stroke.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Clinical angles of one arm, rad, N each.
struct ArmAngles {
  Series flexion, abduction, internal;  // shoulder
  Series elbow, pronation, wrist_flexion, deviation;
};

struct Posture {
  double flexion, abduction, internal, elbow, pronation, wrist_flexion;  // deg
};

// Postures, degrees [assumed, within the ranges of AAOS].
constexpr Posture kHanging = {0, 6, 0, 12, 20, 5};
constexpr Posture kOnTable = {28, 14, 20, 68, 78, -8};  // forearm on a table, palm down
constexpr Posture kViewing = {32, 12, 52, 98, 58, -4};  // watch face towards the eyes
constexpr Posture kWaving = {45, 70, -75, 85, 60, -5};  // hand beside the head, palm forwards

double between(const Rng& rng, double lowest, double highest) {
  return lowest + (highest - lowest) * rng.uniform();
}

ArmAngles hold(const Posture& p, Index n) {
  const auto level = [n](double degrees) { return Series(Series::Constant(n, degrees * kDegree)); };
  return {level(p.flexion),   level(p.abduction),     level(p.internal), level(p.elbow),
          level(p.pronation), level(p.wrist_flexion), Series::Zero(n)};
}

// Adds `weight` (N, 0..1) of the way from `from` to `to`.
ArmAngles blend(const Posture& from, const Posture& to, const Series& weight) {
  const auto mix = [&](double a, double b) { return Series((a + (b - a) * weight) * kDegree); };
  return {mix(from.flexion, to.flexion),     mix(from.abduction, to.abduction),
          mix(from.internal, to.internal),   mix(from.elbow, to.elbow),
          mix(from.pronation, to.pronation), mix(from.wrist_flexion, to.wrist_flexion),
          Series::Zero(weight.size())};
}

std::array<Series*, 7> all(ArmAngles& a) {
  return {&a.flexion,   &a.abduction,     &a.internal, &a.elbow,
          &a.pronation, &a.wrist_flexion, &a.deviation};
}

// No living arm is still: posture drifts below 0.4 Hz, and trembles at 8-12 Hz with 1-5 mg at the
// wrist (physiological tremor, PMC6806079). The bandwidth of the tremor's amplitude is 0.5 Hz
// [prior].
void add_restlessness(ArmAngles& angles, const TimeGrid& time, double drift_deg, const Rng& rng) {
  std::uint64_t joint = 0;
  for (Series* angle : all(angles))
    *angle += drift_deg * kDegree * smooth_noise(time, 0.4, rng / "drift" / joint++);
  const double frequency = between(rng / "tremor_frequency", 8, 12);
  const double level = between(rng / "tremor_level", 0.001, 0.005) * kGravity;
  constexpr double kLever = 0.25;  // m; elbow to watch
  const double amplitude = level / (kLever * std::pow(2 * kPi * frequency, 2));
  const Series in = smooth_noise(time, 0.5, rng / "tremor_in");
  const Series out = smooth_noise(time, 0.5, rng / "tremor_out");
  for (Index i = 0; i < time.count; ++i) {
    const portable::SinCos sc = portable::sincos(2 * kPi * frequency * time.time(i));
    angles.elbow[i] += amplitude * (in[i] * sc.cos + out[i] * sc.sin);
    angles.internal[i] += amplitude * (out[i] * sc.cos - in[i] * sc.sin);
  }
}

JointMotion assemble(const ArmModel& arm, const TimeGrid& time, const ArmAngles& angles) {
  JointMotion motion = rest_motion(arm, time);
  for (Index i = 0; i < time.count; ++i)
    set_quaternion(
        motion.R_TU, i,
        shoulder_rotation(arm.side, angles.flexion[i], angles.abduction[i], angles.internal[i]));
  for (Index i = 1; i < time.count; ++i)
    if ((motion.R_TU.row(i) * motion.R_TU.row(i - 1)).sum() < 0) motion.R_TU.row(i) *= -1;
  motion.angles.col(hinge(Body::elbow)) = angles.elbow.max(0);
  motion.angles.col(hinge(Body::forearm)) = angles.pronation;
  motion.angles.col(hinge(Body::hand)) = angles.wrist_flexion;
  motion.angles.col(hinge(Body::wrist_deviation)) = angles.deviation;
  return motion;
}

constexpr double kBreathHeight = 1e-3;  // m; by which breathing lifts the shoulders [assumed]

void add_breathing(JointMotion& motion, const ArmModel& arm, const Rng& rng) {
  const double rate = 2 * kPi * arm.subject.physiology.respiration_hz;  // rad/s
  const double phase = 2 * kPi * (rng / "phase").uniform();
  for (Index i = 0; i < motion.time.count; ++i)
    motion.p_WT(i, 2) += kBreathHeight * portable::sin(rate * motion.time.time(i) + phase);
}

JointMotion still(const Posture& posture, const ArmModel& arm, const TimeGrid& time,
                  const Rng& rng) {
  ArmAngles angles = hold(posture, time.count);
  add_restlessness(angles, time, 0.4, rng / "restless");
  JointMotion motion = assemble(arm, time, angles);
  add_breathing(motion, arm, rng / "breath");
  return motion;
}

// Two steps to a stride: the trunk bobs twice per stride, the arm swings once.
struct Gait {
  double stride_hz, swing, elbow_mean, elbow_swing, bob, speed, heel;
};

Gait draw_gait(const ActivityStyle& style, const Rng& rng) {
  return {between(rng / "stride", 0.85, 1.0) * style.tempo,  // Hz
          between(rng / "swing", 13, 20) * kDegree *
              style.amplitude,  // half the arc of 30-45 deg, less
                                // what the trunk's turn adds
          between(rng / "elbow", 15, 28) * kDegree,
          between(rng / "elbow_swing", 5, 12) * kDegree * style.amplitude,
          between(rng / "bob", 0.016, 0.024),              // m; half of 32-48 mm
          between(rng / "speed", 1.1, 1.5) * style.tempo,  // m/s
          between(rng / "heel", 0.8, 2.5)};                // m/s2; peak at the trunk
}

// Heel strike at the trunk: a ring of 10-20 Hz that dies within 0.15 s, twice per stride.
double heel_ring(double step_phase, double step_hz, double frequency_hz) {
  const double since = step_phase / step_hz;
  const double rise = minimum_jerk(since / 0.06);
  const double w = 2 * kPi * frequency_hz;
  return rise * portable::exp(-since / 0.05) * portable::sin(w * since) / (w * w);
}

JointMotion walk(const ArmModel& arm, const TimeGrid& time, const ActivityStyle& style,
                 const Rng& rng) {
  const Gait gait = draw_gait(style, rng / "gait");
  ArmAngles angles = hold(kHanging, time.count);
  angles.elbow.setConstant(gait.elbow_mean);
  const Series hurry =
      0.03 * smooth_noise(time, 0.2, rng / "hurry");  // stride time varies by 2-3 %
  const Series size = 1 + 0.08 * smooth_noise(time, 0.4, rng / "size");
  const double start = (rng / "phase").uniform(), ring = between(rng / "ring", 10, 20);
  Series bob(time.count), sway(time.count), twist(time.count);
  for (Index i = 0; i < time.count; ++i) {
    const double stride = start + gait.stride_hz * (time.time(i) - time.start_s) + hurry[i];
    const portable::SinCos once = portable::sincos(2 * kPi * stride);
    const portable::SinCos twice = portable::sincos(4 * kPi * stride);
    // The arm leads the swing by a little at the elbow, and turns inwards as it comes forwards.
    angles.flexion[i] += size[i] * gait.swing * (once.sin + 0.12 * twice.cos) - 2 * kDegree;
    angles.elbow[i] +=
        size[i] * gait.elbow_swing * (0.9 * once.sin + 0.3 * once.cos + 0.2 * twice.sin);
    angles.pronation[i] += size[i] * 6 * kDegree * once.sin;
    angles.internal[i] += size[i] * 5 * kDegree * once.sin;
    angles.wrist_flexion[i] += size[i] * 3 * kDegree * once.cos;
    const double steps = 2 * stride - std::floor(2 * stride);
    bob[i] = gait.bob * twice.cos + gait.heel * heel_ring(steps, 2 * gait.stride_hz, ring);
    sway[i] = 0.018 * once.cos;                   // m; to the stance side
    twist[i] = 5 * kDegree * size[i] * once.sin;  // the shoulders turn against the pelvis
  }
  add_restlessness(angles, time, 0.6, rng / "restless");
  JointMotion motion = assemble(arm, time, angles);
  motion.p_WT.col(2) += bob;
  motion.p_WT.col(1) += sway;
  for (Index i = 0; i < time.count; ++i) {
    motion.p_WT(i, 0) += gait.speed * time.time(i);
    const portable::SinCos half = portable::sincos(arm.mirror() * twist[i] / 2);
    set_quaternion(motion.R_WT, i, {half.cos, 0, 0, half.sin});
  }
  return motion;
}

// Large arm waves at 0.8-1.2 Hz, small hand waves on top at twice that.
JointMotion wave(const ArmModel& arm, const TimeGrid& time, const ActivityStyle& style,
                 const Rng& rng) {
  ArmAngles angles = hold(kWaving, time.count);
  const double rate = between(rng / "rate", 0.8, 1.2) * style.tempo;
  const double swing = between(rng / "swing", 16, 30) * kDegree * style.amplitude;
  const double hand = between(rng / "hand", 4, 12) * kDegree * style.amplitude;
  const Series size = 1 + 0.1 * smooth_noise(time, 0.5, rng / "size");
  const Series hurry = 0.06 * smooth_noise(time, 0.3, rng / "hurry");
  for (Index i = 0; i < time.count; ++i) {
    const double phase = 2 * kPi * (rate * (time.time(i) - time.start_s) + hurry[i]);
    angles.internal[i] += size[i] * swing * portable::sin(phase);
    angles.elbow[i] += size[i] * 0.4 * swing * portable::sin(phase + 0.5);
    angles.deviation[i] += size[i] * hand * portable::sin(phase - 0.6);
  }
  add_restlessness(angles, time, 0.8, rng / "restless");
  JointMotion motion = assemble(arm, time, angles);
  add_breathing(motion, arm, rng / "breath");
  return motion;
}

// Up in 0.4-1.0 s, a look of 0.8-3 s, down again; the label spans rise and look.
JointMotion raise(const ArmModel& arm, const TimeGrid& time, const ActivityStyle& style,
                  const Rng& rng) {
  std::vector<Stroke> list;
  std::vector<Label> labels;
  double t = time.start_s + between(rng / "first", 0.8, 1.6);
  for (std::uint64_t k = 0; t < time.end(); ++k) {
    const Rng one = rng / "raise" / k;
    const double up = between(one / "up", 0.4, 1.0) / style.tempo;
    const double look = between(one / "look", 0.8, 3.0);
    const double down = between(one / "down", 0.5, 1.0) / style.tempo;
    list.push_back({t, up, 1});
    list.push_back({t + up + look, down, -1});
    labels.push_back({t, t + up + look, "raise_to_wake"});
    t += up + look + down + between(one / "pause", 1.0, 2.5);
  }
  ArmAngles angles = blend(kHanging, kViewing, strokes(time, list));
  add_restlessness(angles, time, 0.5, rng / "restless");
  JointMotion motion = assemble(arm, time, angles);
  add_breathing(motion, arm, rng / "breath");
  motion.labels = {{time.start_s, time.end(), "rest"}};
  motion.labels.insert(motion.labels.end(), labels.begin(), labels.end());
  for (const Label& label : labels)
    motion.events.push_back({label.start_s, label.end_s, "raise_to_wake", "motion", 1});
  return motion;
}

}  // namespace

std::vector<std::string> activity_names() {
  return {"hold", "raise_to_wake", "rest", "walk", "wave"};
}

JointMotion perform_activity(const std::string& name, const ArmModel& arm, const TimeGrid& time,
                             const ActivityStyle& style, const Rng& rng) {
  JointMotion motion;
  if (name == "rest")
    motion = still(kOnTable, arm, time, rng);
  else if (name == "hold")
    motion = still(kViewing, arm, time, rng);
  else if (name == "walk")
    motion = walk(arm, time, style, rng);
  else if (name == "wave")
    motion = wave(arm, time, style, rng);
  else if (name == "raise_to_wake")
    motion = raise(arm, time, style, rng);
  else
    throw Error(ErrorKind::usage, "unknown activity \"" + name + "\"");
  motion.clip = "activity:" + name;
  if (motion.labels.empty())
    motion.labels = {{time.start_s, time.end(), name == "hold" ? "rest" : name}};
  return motion;
}

}  // namespace wrist
