// SPDX-License-Identifier: Apache-2.0
#include "generators/make_recording.h"

#include "generators/optical_truth.h"
#include "generators/record_channels.h"
#include "generators/transport_channels.h"
#include "generators/world.h"

namespace wrist {
namespace {

// Of a watch that has a magnetometer.
MagnetometerRecord measure_field(const WatchSpec& watch, const Scenario& s, const World& world,
                                 const Rng& device, const Rng& rng) {
  const MagnetometerUnit unit = build_magnetometer(*watch.magnetometer, device / "magnetometer");
  const TimeGrid at = sample_grid(unit, world.worn.motion.time);
  const MagnetometerTruth field =
      field_truth(world.worn.motion, chip_pose(watch, s.wear.crown_left).R, field_W(s.earth), at);
  return measure(unit, field, rng / "magnetometer");
}

}  // namespace

Recording make_recording(const Scenario& s, const Assets& assets, const ClipLibrary& clips) {
  const Rng rng(s.seed);
  const WatchSpec watch = set_up(assets.watch(s.watch), s.sensor);

  // The person, what they do, and how they wear the watch.
  const ArmModel arm = build_arm(s.subject, s.side);
  const JointMotion motion = perform(s, arm, assets, clips, rng / "motion");
  const Wearing wearing{watch.case_spec, assets.strap(s.strap), s.wear, wrist_shape(arm, s.wear)};

  // What truly happens: to the arm, to a watch free to slip on its strap, and in the artery.
  const World world = simulate(s, arm, motion, wearing, assets.contacts);
  const Rng device(s.device_seed);  // the same watch may record many sessions
  const PpgUnit ppg = build_ppg(watch.optical, assets.path_tables, device / "optical");
  const TimeGrid beats = sample_grid(ppg, recorded_duration(s, motion));
  const HeartMotion heart = beat(s.subject.physiology, demand(world.worn.motion), beats,
                                 rng / "heart", squeeze(world.worn));

  // What the watch makes of it.
  ImuUnit imu = build_imu(scaled(watch.imu, s.imu), device / "imu");
  disturb(imu, s.sensor, device);
  imu.warm_up = s.warm_up;
  const Pose X_CI = chip_pose(watch, s.wear.crown_left);
  const ImuRecord inertial = measure(imu, imu_truth(world.worn.motion, X_CI), rng / "imu");
  const PpgTruth under = optical_truth(s, arm, watch.case_spec, world);
  const PpgRecord optical = measure(ppg, under, heart, s.subject.physiology, rng / "optical");

  Recording recording{s, {}, motion.labels, motion.events};
  recording.scenario.duration_s = recorded_duration(s, motion);  // a clip may end sooner
  append_channels(recording, inertial, world);
  drop_axes(recording, watch.imu.rate_hz, rng / "dropout");
  append_channels(recording, optical, heart);
  if (watch.magnetometer) append_channels(recording, measure_field(watch, s, world, device, rng));
  const TransportUnit transport = build_transport(watch.transport, device / "transport");
  transport_channels(recording, watch, transport, rng / "transport");
  append_events(recording, world, heart);
  return recording;
}

}  // namespace wrist
