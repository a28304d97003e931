// SPDX-License-Identifier: Apache-2.0
/// A recipe: distributions over scenarios, as a person writes them.
///
///   TOML + overrides -> read_recipe -> Recipe -> draw_scenario(index) -> Scenario
///
/// A scenario depends on the recipe's content and its own index alone: not on shards, threads, time
/// or the path of anything.
#pragma once

#include <filesystem>
#include <map>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

#include "generators/assets.h"
#include "generators/law.h"
#include "generators/recipe_splits.h"
#include "generators/scenario.h"
#include "motions/joint_map.h"
#include "sim/body/subject_factors.h"

namespace wrist {

/// A clip file a recipe uses.
struct ClipSource {
  std::filesystem::path file;  // where it is on this machine; not part of the recipe's content
  std::string name;            // unique; file name without extension, with its folder if needed
  std::string sha256;          // of the file
  std::string class_name;      // what it shows, if the recipe says so; else empty
  std::string animation = "";  // of a file with several; empty: the only one
  JointMap map = {};           // the recipe's names for joints of unknown rigs
};

/// A day-like recording: stretches of activities, gestures laid over them at random times.
struct TimelineSpec {
  Mix activities;                        // classes that fill the time
  Law stretch = UniformLaw{30, 120};     // s; how long one goes on [assumed]
  std::map<std::string, double> events;  // gesture -> how many per hour, on average
  double spacing_s = 8;                  // s; from the start of one to that of the next, at least
  std::int64_t recordings_per_day = 1;   // one after the other: same person, watch and wear
};

/// What people are like, where the recipe says it; else as the population is.
struct PeopleSpec {
  std::optional<double> female;  // share of the people
  std::optional<Law> age_years, heart_rate_rest_bpm;
  Mix skin;  // Fitzpatrick types "I" to "VI"
};

struct Recipe {
  std::string title, license = "CC0-1.0", history;
  std::uint64_t seed = 1;
  std::int64_t recordings = 1, shards = 1;
  Law duration = constant(10);  // s; of a library recording; the most taken of a clip
  Fidelity fidelity = Fidelity::worn;

  std::string population = "ansur2";
  std::int64_t subjects = 1;
  PeopleSpec people;
  PhysiologySpec physiology;  // the population's, with the recipe's rhythms of the heart
  bool own_rhythm = false;    // the recipe says how hearts beat
  SubjectFactors factors;     // of the population

  Mix classes;  // of the library; recordings go round them, or draw them if they have weights
  std::optional<double> rare;       // share of the recordings whose class is marked rare
  Mix rare_classes, usual_classes;  // of `classes`, if `rare` is given
  std::map<std::string, std::string> movements;  // name -> SHA-256 of every movement they need
  std::vector<ClipSource> clips;                 // instead of classes
  std::string clip_folder, joint_map;         // the paths given; not part of the recipe's content
  std::vector<std::string> gestures;          // laid over the clips, in turn; may be empty
  std::optional<TimelineSpec> timeline;       // instead of classes
  std::map<std::string, std::string> styles;  // name -> SHA-256; one is drawn per recording
  Mix style;                                  // the same names, sorted
  Law tempo = constant(1), amplitude = constant(1), fatigue = constant(0), warp = constant(0);
  Mix over;                        // activities gestures are laid over; empty: any they can be
  std::optional<Law> under;        // multiplies the size of those activities
  Law chain = constant(1);         // activities of one recording, one after the other
  Law transition = constant(1.5);  // s; from one to the next

  Mix watches, straps;
  std::vector<std::uint32_t> watch_of_shard;  // by weights; empty: in turn
  std::int64_t units = 1;                     // specimens of each watch
  Mix sides{{"left"}, {}};

  Law pressure = UniformLaw{3000, 8000};             // Pa
  Law distance_to_wrist = UniformLaw{0.025, 0.045};  // m
  Law roll = UniformLaw{-0.17, 0.17};                // rad
  Mix crowns{{"right"}, {}};                         // side of the crown: "right", "left"
  Law wetness = constant(1);
  Law illuminance_lux = UniformLaw{50, 500};
  Law temperature = UniformLaw{291.15, 301.15};  // K; of the air [assumed: 18 to 28 degC]
  Law worn_for = UniformLaw{0, 3600};            // s; before the recording [assumed]
  std::map<std::string, Law> imu;                // multipliers by name; absent: 1
  std::map<std::string, Law> sensor;             // SensorSettings by name; absent: as the assets

  // The earth's field, for watches with a magnetometer; see EarthField. Drawn independently.
  Law magnetic_field = UniformLaw{25e-6, 65e-6};    // T; the least and most on earth
  Law inclination = UniformLaw{-1.3, 1.3};          // rad
  Law declination = UniformLaw{-0.35, 0.35};        // rad; most inhabited places
  Law north = UniformLaw{0, 2 * std::numbers::pi};  // rad; people face anywhere

  // Multiply what each watch's transport does; 0 switches an effect off. See TransportParams.
  Law clock = constant(1), skew = constant(1), latency = constant(1), jitter = constant(1),
      loss = constant(1);

  std::optional<double> tails;  // laws draw from beyond this quantile at either end, if given

  // Share of the subjects in each split; the rest is train.
  double validation_share = 0, test_share = 0;
  SplitLimits split_limits;  // what the shares come to
};

/// Reads a recipe and what it includes, `overrides` ("motions.clips=DIR") applied on top, names
/// checked against `assets`. A clip folder that is relative is looked for from the working folder.
/// Throws Error(usage).
Recipe read_recipe(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                   const Assets& assets);

/// The resolved recipe as one line of JSON, keys sorted, without paths; and its SHA-256.
std::string to_json(const Recipe& recipe);
std::string recipe_sha256(const Recipe& recipe);
/// The resolved recipe as one writes it, in SI units: read again, it is the same recipe.
std::string to_toml(const Recipe& recipe);

/// The `index`-th scenario, 0 <= index < recipe.recordings.
Scenario draw_scenario(const Recipe& recipe, const Assets& assets, std::uint64_t index);

/// What of it costs next to nothing to know: person, watch, class ("" if none), seconds.
std::uint64_t subject_of(const Recipe& recipe, std::uint64_t index);
const std::string& watch_of(const Recipe& recipe, std::uint64_t index);
const std::string& watch_of_shard(const Recipe& recipe, std::int64_t shard);
const std::string& recording_class(const Recipe& recipe, std::uint64_t index);
double recording_duration(const Recipe& recipe, std::uint64_t index);

/// Activities of the library that recordings may begin with.
std::vector<std::string> recipe_activities(const Recipe& recipe, const Assets& assets);
/// The class ids of a dataset made by this recipe, with their cards.
std::vector<ClassInfo> recipe_classes(const Recipe& recipe, const Assets& assets);

/// Ids of person and unit, as they stand in the vocabularies.
std::string subject_id(std::uint64_t subject);
std::vector<std::string> device_ids(const Recipe& recipe);
/// Side and tightness, such as "left-snug"; loose below 2.5 kPa, tight above 7 kPa [assumed].
std::string placement_id(Side side, double pressure);
std::vector<std::string> placement_ids();

/// Global indices of the recordings of one shard, ascending. Shards hold one watch each.
std::vector<std::uint64_t> shard_indices(const Recipe& recipe, std::int64_t shard);

}  // namespace wrist
