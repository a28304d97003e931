// SPDX-License-Identifier: Apache-2.0
#include "generators/scenario.h"

#include <nlohmann/json.hpp>

#include "generators/sensor_parameters.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using nlohmann::json;

json subject_json(const SubjectParams& subject) {
  json measures;
  for (std::size_t i = 0; i < kMeasures; ++i)
    measures[std::string(kMeasureNames[i]) +
             (static_cast<Measure>(i) == Measure::mass ? "_kg" : "_m")] = subject.measures[i];
  const Physiology& p = subject.physiology;
  return {{"sex", to_string(subject.sex)},
          {"measures", measures},
          {"physiology",
           {{"age_years", p.age_years},
            {"heart_rate_rest_bpm", p.heart_rate_rest_bpm},
            {"sdnn_rest_s", p.sdnn_rest_s},
            {"respiration_hz", p.respiration_hz},
            {"vo2_max_ml_kg_min", p.vo2_max},
            {"arterial_saturation", p.arterial_saturation},
            {"pulsatile_fraction", p.pulsatile_fraction},
            {"melanosome_fraction", p.melanosome_fraction},
            {"motion_gain", p.motion_gain},
            {"vein_loss", p.vein_loss},
            {"hair_loss", p.hair_loss},
            {"ink", p.ink},
            {"ectopic_share", p.ectopic_share},
            {"fibrillation", p.fibrillation}}}};
}

json parts_json(const std::vector<MotionPart>& parts) {
  json all = json::array();
  for (const MotionPart& part : parts)
    all.push_back(
        {{"activity", part.activity}, {"gesture", part.gesture}, {"start_s", part.start_s}});
  return all;
}

json events_json(const std::vector<LaidGesture>& events) {
  json all = json::array();
  for (const LaidGesture& event : events)
    all.push_back({{"gesture", event.gesture}, {"start_s", event.start_s}});
  return all;
}

json tissue_json(const TissueModes& tissue) {
  json modes = json::array();
  for (const TissueMode& mode : tissue)
    modes.push_back({{"frequency_hz", mode.frequency_hz},
                     {"damping_ratio", mode.damping_ratio},
                     {"share", mode.share}});
  return modes;
}

json warm_up_json(const WarmUp& w) {
  return {{"ambient_k", w.ambient},           {"skin_k", w.skin},
          {"coupling", w.coupling},           {"time_s", w.time_s},
          {"self_heating_k", w.self_heating}, {"worn_s", w.worn_s}};
}

json effects_json(const ImuEffects& effects) {
  json all;
  for (const ImuEffectName& effect : kImuEffects) all[effect.name] = effects.*effect.value;
  return all;
}

}  // namespace

std::string to_string(Fidelity fidelity) {
  switch (fidelity) {
    case Fidelity::ideal:
      return "ideal";
    case Fidelity::worn:
      return "worn";
    case Fidelity::full:
      return "full";
  }
  return "";
}

Fidelity parse_fidelity(const std::string& text) {
  for (const Fidelity f : {Fidelity::ideal, Fidelity::worn, Fidelity::full})
    if (to_string(f) == text) return f;
  throw Error(ErrorKind::usage, "fidelity: expected ideal, worn or full, found \"" + text + "\"");
}

std::string motion_source(const MotionParams& motion) {
  return motion.activity.empty() ? motion.clip : "activity:" + motion.activity;
}

namespace {

// What is newer than the first recipes stands only where a recipe uses it: others keep their bytes.
void add_news(json& out, const Scenario& s) {
  if (s.motion.under) out["motion"]["under"] = *s.motion.under;
  for (const SensorParameter& p : sensor_parameters())
    if (s.sensor.*p.value) out["sensor"][p.json] = *(s.sensor.*p.value);
  if (!s.quantiles.empty()) out["quantiles"] = s.quantiles;
}

}  // namespace

std::string to_json(const Scenario& s) {
  json day;  // null: the recording stands for itself
  if (s.day) day = {{"day", s.day->day}, {"sequence", s.day->sequence}, {"seed", s.day->seed}};
  json out{{"index", s.index},
           {"day", day},
           {"seed", s.seed},
           {"device_seed", s.device_seed},
           {"fidelity", to_string(s.fidelity)},
           {"duration_s", s.duration_s},
           {"class", s.class_name},
           {"subject_id", s.subject_id},
           {"subject", subject_json(s.subject)},
           {"habit_seed", s.habit_seed},
           {"tendon_bulge_m_per_m", s.tendons.bulge},
           {"tissue_modes", tissue_json(s.tissue)},
           {"side", to_string(s.side)},
           {"motion",
            {{"clip", s.motion.clip},
             {"clip_class", s.motion.clip_class},
             {"activity", s.motion.activity},
             {"gesture", s.motion.gesture},
             {"tempo", s.motion.tempo},
             {"amplitude", s.motion.amplitude},
             {"fatigue", s.motion.fatigue},
             {"style", s.motion.style},
             {"warp", s.motion.warp},
             {"lean_rad", s.motion.lean},
             {"elbow_rad", s.motion.elbow},
             {"restless", s.motion.restless},
             {"then", parts_json(s.motion.then)},
             {"events", events_json(s.motion.events)},
             {"transition_s", s.motion.transition_s}}},
           {"watch", s.watch},
           {"strap", s.strap},
           {"device_id", s.device_id},
           {"placement_id", s.placement_id},
           {"wear",
            {{"pressure_pa", s.wear.pressure},
             {"distance_to_wrist_m", s.wear.distance_to_wrist},
             {"roll_rad", s.wear.roll},
             {"wetness", s.wear.wetness},
             {"crown_left", s.wear.crown_left}}},
           {"illuminance_lux", s.illuminance_lux},
           {"warm_up", warm_up_json(s.warm_up)},
           {"imu", effects_json(s.imu)},
           {"earth_field",
            {{"magnitude_t", s.earth.magnitude},
             {"inclination_rad", s.earth.inclination},
             {"declination_rad", s.earth.declination},
             {"north_rad", s.earth.north}}},
           {"transport",
            {{"clock", s.transport.clock},
             {"skew", s.transport.skew},
             {"latency", s.transport.latency},
             {"jitter", s.transport.jitter},
             {"loss", s.transport.loss}}},
           {"split", s.split}};
  add_news(out, s);
  return out.dump();
}

}  // namespace wrist
