// SPDX-License-Identifier: Apache-2.0
#include "generators/class_card.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchemaFile = "attributes.toml";

AttributeKind read_kind(const TomlTable& t) {
  const std::string kind = t.string("kind");
  for (const AttributeKind known :
       {AttributeKind::binary, AttributeKind::ordinal, AttributeKind::number})
    if (kind == to_string(known)) return known;
  t.fail("kind", "binary, ordinal or number");
}

AttributeSpec read_attribute(const TomlTable& t) {
  AttributeSpec spec;
  spec.name = t.string("name");
  spec.definition = t.string("definition");
  spec.kind = read_kind(t);
  if (spec.kind == AttributeKind::binary) return spec;
  spec.unit = t.string("unit");
  spec.times = t.number("times", 1);
  spec.plus = t.number("plus", 0);
  if (spec.times < 1) t.fail("times", "a factor of 1 or more");
  if (spec.plus < 0) t.fail("plus", "0 or more");
  if (spec.kind == AttributeKind::ordinal) {
    spec.edges = t.numbers("edges");
    if (std::adjacent_find(spec.edges.begin(), spec.edges.end(), std::greater_equal<>()) !=
        spec.edges.end())
      t.fail("edges", "ascending numbers");
  } else {
    spec.range = t.range("range", Dimension::ratio, {0, 0});
  }
  return spec;
}

// Marks every attribute of the list `key` with `value`.
void read_binaries(ClassCard& card, const TomlTable& t, const std::string& key, double value) {
  if (!t.has(key)) return;
  std::vector<std::string> names;
  for (const auto& [name, band] : card.attributes) names.push_back(name);
  for (const std::string& name : t.strings(key)) {
    const auto found = card.attributes.find(name);
    if (found == card.attributes.end()) {
      const auto hint = closest(name, names);
      t.fail(key, "binary attributes of " + std::string(kSchemaFile) + ", not \"" + name + "\"" +
                      (hint ? "; did you mean " + *hint + "?" : std::string()));
    }
    if (found->second[0] != 0) t.fail(key, "\"" + name + "\" once");
    found->second = {value, value};
  }
}

void read_levels(ClassCard& card, const TomlTable& t, const AttributeSpec& spec) {
  if (spec.kind == AttributeKind::binary || !t.has(spec.name)) return;
  const DeclaredBand band = t.range(spec.name, Dimension::ratio, {0, 0});
  const bool ordinal = spec.kind == AttributeKind::ordinal;
  const double least = ordinal ? 0 : spec.range[0];
  const double most = ordinal ? static_cast<double>(spec.edges.size()) : spec.range[1];
  if (band[0] < least || band[1] > most)
    t.fail(spec.name, (ordinal ? "levels from " : "numbers from ") + std::to_string(least) +
                          " to " + std::to_string(most));
  if (ordinal && (band[0] != std::floor(band[0]) || band[1] != std::floor(band[1])))
    t.fail(spec.name, "whole levels");
  card.attributes[spec.name] = band;
}

void read_attributes(ClassCard& card, const TomlTable& t,
                     const std::vector<AttributeSpec>& schema) {
  for (const AttributeSpec& spec : schema)
    if (spec.kind == AttributeKind::binary) card.attributes[spec.name] = {0, 0};
  read_binaries(card, t, "has", 1);
  read_binaries(card, t, "may", 0.5);
  for (const AttributeSpec& spec : schema) read_levels(card, t, spec);
}

}  // namespace

std::string to_string(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::binary:
      return "binary";
    case AttributeKind::ordinal:
      return "ordinal";
    case AttributeKind::number:
      return "number";
  }
  return "";
}

std::vector<AttributeSpec> read_attribute_schema(const fs::path& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  std::vector<AttributeSpec> schema;
  std::set<std::string> names;
  for (const TomlTable& item : t.tables("attribute")) {
    schema.push_back(read_attribute(item));
    if (!names.insert(schema.back().name).second) item.fail("name", "each attribute once");
  }
  t.finish();
  return schema;
}

ClassCard read_class_card(const fs::path& file, const std::vector<AttributeSpec>& schema) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  ClassCard card;
  card.name = t.string("name");
  if (card.name != file.stem().string()) t.fail("name", "the name of the file");
  card.synonyms = t.strings("synonyms");
  card.parents = t.strings("parents");
  card.confuser = t.string("confuser");
  const TomlTable descriptions = t.table("descriptions");
  for (const char* kind : kDescriptionKinds) card.descriptions.push_back(descriptions.string(kind));
  read_attributes(card, t.table("attributes"), schema);
  t.finish();
  return card;
}

ClassCards read_class_cards(const fs::path& folder) {
  ClassCards all{read_attribute_schema(folder / kSchemaFile), {}};
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".toml" && entry.path().filename() != kSchemaFile)
      all.cards[entry.path().stem().string()] = read_class_card(entry.path(), all.schema);
  std::vector<std::string> names;
  for (const auto& [name, card] : all.cards) names.push_back(name);
  for (const auto& [name, card] : all.cards) {
    const auto hint = closest(card.confuser, names);
    require(card.confuser != name && all.cards.contains(card.confuser), ErrorKind::usage,
            (folder / (name + ".toml")).string() + ": confuser: expected another class, found \"" +
                card.confuser + "\"" + (hint ? "; did you mean " + *hint + "?" : ""));
  }
  return all;
}

std::vector<double> attribute_row(const ClassCard& card, const std::vector<AttributeSpec>& schema) {
  std::vector<double> row;
  for (const AttributeSpec& spec : schema) {
    const auto found = card.attributes.find(spec.name);
    row.push_back(found == card.attributes.end() ? kUndeclared
                                                 : (found->second[0] + found->second[1]) / 2);
  }
  return row;
}

std::vector<std::string> attribute_names(const std::vector<AttributeSpec>& schema) {
  std::vector<std::string> names;
  for (const AttributeSpec& spec : schema) names.push_back(spec.name);
  return names;
}

std::array<double, 2> accepted(const AttributeSpec& spec, const DeclaredBand& band) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  double low = band[0], high = band[1];
  if (spec.kind == AttributeKind::ordinal) {
    const auto first = static_cast<std::size_t>(low), last = static_cast<std::size_t>(high);
    low = first == 0 ? -kNone : spec.edges[first - 1];
    high = last == spec.edges.size() ? kNone : spec.edges[last];
  }
  // A factor moves a bound outwards on either side of zero; those of the schema are above it.
  return {low / spec.times - spec.plus, high * spec.times + spec.plus};
}

}  // namespace wrist
