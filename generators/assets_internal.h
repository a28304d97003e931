// SPDX-License-Identifier: Apache-2.0
/// One reader per kind of asset; each asks a table for every key it may have.
#pragma once

#include "generators/assets.h"
#include "generators/toml_internal.h"

namespace wrist {

/// `folder`: of all assets, where the parts of a watch are found.
WatchSpec read_watch(const TomlTable& table, const std::filesystem::path& folder);
/// The [imu] table of a watch, into its spec; `parts`: the folder of parts.
void read_imu(WatchSpec& watch, const TomlTable& imu, const std::filesystem::path& parts);
StrapSpec read_strap(const TomlTable& table);
/// The [optical] table of a watch: its `channels`, or every pair of its `emitters` and `detectors`,
/// emitter by emitter.
std::vector<PpgChannelSpec> read_light_paths(const TomlTable& optical);
/// As read_watch. `table`: of the watch.
MagnetometerSpec read_magnetometer(const TomlTable& table, const std::filesystem::path& folder);
/// `rates_hz`: nominal, of the streams the watch has.
TransportSpec read_transport(const TomlTable& table, const std::map<std::string, double>& rates_hz);
PopulationSpec read_population(const TomlTable& table);
/// Who has which heart beat and a tattoo, of a population or a recipe: absent keys leave `spec` as
/// it is.
void read_rhythm(const TomlTable& table, PhysiologySpec& spec);
StyleSpec read_style(const TomlTable& table);
PathTable read_path_table(const TomlTable& table);

}  // namespace wrist
