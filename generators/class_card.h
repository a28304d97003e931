// SPDX-License-Identifier: Apache-2.0
/// What a class is, for people and for models: names, descriptions, and declared attributes.
///
///   assets/classes/attributes.toml -> AttributeSpec...   assets/classes/NAME.toml -> ClassCard
///
/// The form is in assets/classes/README.md. The idea of attributes that classes share, so that one
/// never seen can be told by them: Cheng et al. 2013 (NuActiv).
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace wrist {

enum class AttributeKind { binary, ordinal, number };
std::string to_string(AttributeKind kind);

struct AttributeSpec {
  std::string name, definition;
  AttributeKind kind = AttributeKind::binary;
  std::string unit;               // of edges, range and what is measured
  std::vector<double> edges;      // ordinal: ascending; the level is how many of them are passed
  std::array<double, 2> range{};  // number: what can be declared
  double times = 1, plus = 0;     // how far past a declared bound a measured value may lie
};

/// What no card says of a class stands so in the matrix of attributes.
inline constexpr double kUndeclared = -1;

/// Lowest and highest level of an ordinal, or bounds of a number; 0, 0.5 (may) or 1 of a binary.
using DeclaredBand = std::array<double, 2>;

struct ClassCard {
  std::string name, confuser;  // the class it is most easily taken for
  std::vector<std::string> synonyms;
  std::vector<std::string> parents;                // the nearest first
  std::vector<std::string> descriptions;           // as kDescriptionKinds
  std::map<std::string, DeclaredBand> attributes;  // binary ones all; the others as far as known
};

inline constexpr std::array kDescriptionKinds = {"short", "kinematic", "functional", "wrist",
                                                 "unlike"};

struct ClassCards {
  std::vector<AttributeSpec> schema;
  std::map<std::string, ClassCard> cards;
};

/// Throw Error(usage) "FILE:LINE: KEY: expected ..., found ..." for anything they do not know.
std::vector<AttributeSpec> read_attribute_schema(const std::filesystem::path& file);
ClassCard read_class_card(const std::filesystem::path& file,
                          const std::vector<AttributeSpec>& schema);

/// attributes.toml and every card of a folder. Throws Error(usage) also for a confuser without
/// card.
ClassCards read_class_cards(const std::filesystem::path& folder);

/// A number per attribute of the schema: the middle of what is declared, or kUndeclared.
std::vector<double> attribute_row(const ClassCard& card, const std::vector<AttributeSpec>& schema);

/// Columns of the matrix of attributes.
std::vector<std::string> attribute_names(const std::vector<AttributeSpec>& schema);

/// The bounds a measured value has to lie in, in its unit: the band's, let out by times and plus.
std::array<double, 2> accepted(const AttributeSpec& spec, const DeclaredBand& band);

}  // namespace wrist
