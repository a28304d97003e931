// SPDX-License-Identifier: Apache-2.0
/// What happened in every recording of a shard, as JSON: what a recogniser is held against.
///
///   shard -> {"recordings": [{"name", "class", "duration_s", "events": [{"start_s", ...}]}]}
///
/// Times are true time, seconds since the start of the recording.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/dataset_read.h"

namespace wrist {

/// "recording-000007": of the recording with this index in its recipe.
std::string recording_name(std::uint64_t index);

/// Rows of /events of every recording, in the order they began.
std::vector<std::vector<std::size_t>> events_by_recording(const ShardTables& tables);

/// A JSON array of events: name ("double_pinch:close"), class (that it is, or is part of; null for
/// what is none, such as a heart beat), start_s, end_s, source, confidence.
std::string recording_events_json(const ShardTables& tables, const std::vector<std::size_t>& rows);

/// One JSON object. A recording: name, index, class, subject, duration_s, events as above.
std::string events_json(const Shard& shard);

/// Writes it as `folder`/events.json, whole or not at all. Throws Error(io).
void write_events_json(const Shard& shard, const std::filesystem::path& folder);

}  // namespace wrist
