// SPDX-License-Identifier: Apache-2.0
/// The texts a dataset is described by, all from its record, none with a clock in it.
///
///   DatasetRecord -> manifest.json, croissant.json (Croissant 1.1 with RAI 1.0), README.md
#pragma once

#include <string>

#include "generators/manifest/record.h"

namespace wrist {

/// As assets/schema/manifest.schema.json says.
std::string manifest_json(const DatasetRecord& record);

/// JSON-LD. Shards are files, for Croissant reads no HDF5; the record sets stand on the CSV files.
/// Source: docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html and croissant-rai-spec.html.
std::string croissant_json(const DatasetRecord& record);

/// Dataset card: Markdown with a YAML head as Hugging Face reads it. Holds kCardMark.
std::string dataset_card(const DatasetRecord& record);
inline constexpr const char* kCardMark = "<!-- made by wristsim merge -->";

}  // namespace wrist
