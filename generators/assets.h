// SPDX-License-Identifier: Apache-2.0
/// The asset folder in memory: watches, straps, populations, photon paths, class cards.
///
///   assets/**/*.toml -> load_assets -> Assets (immutable, shared by every recording)
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generators/dataset.h"
#include "sensor_models/imu/imu.h"
#include "sensor_models/magnetometer/magnetometer.h"
#include "sensor_models/optical/ppg.h"
#include "sensor_models/transport/transport.h"
#include "motions/movement_spec.h"
#include "sim/body/subject.h"
#include "sim/dynamics/contact_table.h"
#include "sim/strap/worn_watch.h"

namespace wrist {

/// A product: its case and the parts inside.
struct WatchSpec {
  std::string name;
  CaseSpec case_spec;
  ImuSpec imu;
  Pose X_CI;        // chip in the case
  bool axes_follow_screen = false;  // turned about z with the picture when the crown is on the left
  PpgSpec optical;
  std::optional<MagnetometerSpec> magnetometer;  // axes as those of the chip
  TransportSpec transport;
};

/// Frame I of the recorded signals in the case: where the chip sits, turned as it is reported.
Pose chip_pose(const WatchSpec& watch, bool crown_left);

/// How somebody moves today, on top of what they do; ranges are drawn from.
struct StyleSpec {
  std::string definition, sha256;            // hash of the file
  std::array<double, 2> tempo{1, 1};         // multiplies the pace
  std::array<double, 2> amplitude{1, 1};     // multiplies swings and strokes
  std::array<double, 2> warp{0, 0};          // spread of the logarithm of the pace
  std::array<double, 2> lean{0, 0};          // rad; of the trunk, forward
  std::array<double, 2> elbow{0, 0};         // rad; more bent
  std::array<double, 2> restless{1, 1};      // multiplies drift of posture and tremor
};

struct Assets {
  std::filesystem::path folder;
  std::map<std::string, WatchSpec> watches;
  std::map<std::string, StrapSpec> straps;
  std::map<std::string, PopulationSpec> populations;
  std::map<std::string, StyleSpec> styles;
  std::map<std::string, ClassInfo> classes;      // with those of the movements
  std::map<std::string, MovementSpec> movements;
  std::vector<PathTable> path_tables;
  ContactTable contacts;                         // how an arm answers blows

  /// Throw Error(usage) that names what there is.
  const WatchSpec& watch(const std::string& name) const;
  const StrapSpec& strap(const std::string& name) const;
  const PopulationSpec& population(const std::string& name) const;
  const MovementSpec& movement(const std::string& name) const;
  const StyleSpec& style(const std::string& name) const;
};

/// Reads and checks every asset; without the contact table, to make it anew. Throws Error(usage) with
/// file and line.
Assets load_assets(const std::filesystem::path& folder, bool with_contacts = true);

/// Where the assets are: $WRISTSIM_ASSETS, or ../share/wristsim/assets or a source tree's assets/
/// above the program. Throws Error(usage) if none of them is there.
std::filesystem::path find_assets();

}  // namespace wrist
