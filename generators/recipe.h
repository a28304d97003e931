// SPDX-License-Identifier: Apache-2.0
/// A recipe: distributions over scenarios, as a person writes them.
///
///   TOML + overrides -> read_recipe -> Recipe -> draw_scenario(index) -> Scenario
///
/// A scenario depends on the recipe's content and its own index alone: not on shards, threads, time
/// or the path of anything.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "generators/assets.h"
#include "generators/scenario.h"
#include "motions/joint_map.h"

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

struct Recipe {
  std::string title, license = "CC0-1.0", history;
  std::uint64_t seed = 1;
  std::int64_t recordings = 1, shards = 1;
  double duration_s = 10;  // of a library recording; the most taken of a clip
  Fidelity fidelity = Fidelity::worn;

  std::string population = "ansur2";
  std::int64_t subjects = 1;
  PhysiologySpec physiology;  // the population's, with the recipe's rhythms of the heart
  bool own_rhythm = false;    // the recipe says how hearts beat

  std::vector<std::string> classes;  // of the library; recordings go round them
  std::map<std::string, std::string> movements;  // name -> SHA-256 of every movement they need
  std::vector<ClipSource> clips;     // instead of classes
  std::vector<std::string> gestures;             // laid over the clips, in turn; may be empty
  std::map<std::string, std::string> styles;     // name -> SHA-256; one is drawn per recording
  std::array<double, 2> tempo{1, 1}, amplitude{1, 1}, fatigue{0, 0}, warp{0, 0};
  std::array<std::int64_t, 2> chain{1, 1};  // activities of one recording, one after the other
  double transition_s = 1.5;                // s; from one to the next

  std::vector<std::string> watches, straps;
  std::int64_t units = 1;  // specimens of each watch
  std::vector<Side> sides{Side::left};

  std::array<double, 2> pressure{3000, 8000};             // Pa
  std::array<double, 2> distance_to_wrist{0.025, 0.045};  // m
  std::array<double, 2> roll{-0.17, 0.17};                // rad
  std::vector<std::string> crowns{"right"};               // side of the crown: "right", "left"
  std::array<double, 2> wetness{1, 1};
  std::array<double, 2> illuminance_lux{50, 500};
  std::array<double, 2> temperature{291.15, 301.15};  // K; of the air [assumed: 18 to 28 degC]
  std::array<double, 2> worn_for{0, 3600};  // s; before the recording [assumed]
  std::map<std::string, std::array<double, 2>> imu;   // multipliers by name; absent: 1

  // The earth's field, for watches with a magnetometer; see EarthField. Drawn independently.
  struct Earth {
    std::array<double, 2> magnitude{25e-6, 65e-6};         // T; the least and most on earth
    std::array<double, 2> inclination{-1.3, 1.3};          // rad
    std::array<double, 2> declination{-0.35, 0.35};        // rad; most inhabited places
    std::array<double, 2> north{0, 2 * std::numbers::pi};  // rad; people face anywhere
  } earth;

  // Multiply what each watch's transport does; 0 switches an effect off. See TransportParams.
  struct Transport {
    std::array<double, 2> clock{1, 1}, skew{1, 1}, latency{1, 1}, jitter{1, 1}, loss{1, 1};
  } transport;

  // Share of the subjects in each split; the rest is train.
  double validation_share = 0, test_share = 0;
};

/// Reads a recipe, `overrides` ("motions.clips=DIR") applied on top, names checked against
/// `assets`. A clip folder that is relative is looked for from the working folder. Throws
/// Error(usage).
Recipe read_recipe(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                   const Assets& assets);

/// The resolved recipe as one line of JSON, keys sorted, without paths; and its SHA-256.
std::string to_json(const Recipe& recipe);
std::string recipe_sha256(const Recipe& recipe);

/// The `index`-th scenario, 0 <= index < recipe.recordings.
Scenario draw_scenario(const Recipe& recipe, const Assets& assets, std::uint64_t index);

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
