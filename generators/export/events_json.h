// SPDX-License-Identifier: Apache-2.0
/// What happened in every recording of a shard, as JSON: what a recogniser is held against.
///
///   shard -> {"recordings": [{"name", "class", "duration_s", "events": [{"start_s", ...}]}]}
///
/// Times are true time, seconds since the start of the recording.
#pragma once

#include <filesystem>
#include <string>

#include "generators/dataset_read.h"

namespace wrist {

/// "recording-00007": of the recording with this index in its dataset.
std::string recording_name(std::uint64_t index);

/// One JSON object. A recording: name, index, class, subject, duration_s, events. An event: class,
/// start_s, end_s, source, confidence; in the order they began.
std::string events_json(const Shard& shard);

/// Writes it as `folder`/events.json, whole or not at all. Throws Error(io).
void write_events_json(const Shard& shard, const std::filesystem::path& folder);

}  // namespace wrist
