// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/folds.h"

#include <algorithm>
#include <cmath>

#include "generators/class_card.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist::evaluation {
namespace {

// From 0 to 1 whatever the attribute.
double scaled(double value, const AttributeSpec& spec) {
  if (value == kUndeclared) return kUndeclared;
  if (spec.kind == AttributeKind::ordinal) return value / static_cast<double>(spec.edges.size());
  if (spec.kind == AttributeKind::number)
    return (value - spec.range[0]) / (spec.range[1] - spec.range[0]);
  return value;
}

// In a drawn order within each kind, kinds one after the other.
std::vector<std::string> dealing_order(const std::vector<std::string>& classes,
                                       const std::set<std::string>& backgrounds,
                                       const Assets& assets, const Rng& rng) {
  std::vector<std::string> order;
  for (const std::string& name : classes)
    if (!backgrounds.contains(name)) order.push_back(name);
  const auto key = [&](const std::string& name) {
    return std::pair(assets.classes.at(name).parent, (rng / name).key());
  };
  std::sort(order.begin(), order.end(),
            [&](const std::string& a, const std::string& b) { return key(a) < key(b); });
  return order;
}

UnseenClass nearest_seen(const std::string& name, const Fold& fold, const AttributeRows& rows) {
  UnseenClass unseen{name, "", 2, false};
  for (const std::string& other : fold.seen) {
    const double distance = attribute_distance(rows.at(name), rows.at(other));
    if (distance < unseen.distance) unseen.nearest = other, unseen.distance = distance;
  }
  return unseen;
}

void mark_near(std::vector<Fold>& folds) {
  std::vector<double> distances;
  for (const Fold& fold : folds)
    for (const UnseenClass& c : fold.unseen_test) distances.push_back(c.distance);
  const auto middle = distances.begin() + std::ssize(distances) / 2;
  std::nth_element(distances.begin(), middle, distances.end());
  for (Fold& fold : folds)
    for (UnseenClass& c : fold.unseen_test) c.near = c.distance <= *middle;
}

}  // namespace

bool Fold::is_unseen_validation(const std::string& name) const {
  return std::binary_search(unseen_validation.begin(), unseen_validation.end(), name);
}

bool Fold::is_unseen_test(const std::string& name) const {
  return std::any_of(unseen_test.begin(), unseen_test.end(),
                     [&](const UnseenClass& c) { return c.name == name; });
}

AttributeRows scaled_attributes(const Assets& assets, const std::vector<std::string>& classes) {
  const std::vector<AttributeSpec> schema =
      read_attribute_schema(assets.folder / "classes" / "attributes.toml");
  AttributeRows rows;
  for (const std::string& name : classes) {
    const auto info = assets.classes.find(name);
    require(info != assets.classes.end() && info->second.attributes.size() == schema.size(),
            ErrorKind::usage,
            "class \"" + name + "\" has no card with attributes in " +
                (assets.folder / "classes").string());
    std::vector<double>& row = rows[name];
    for (std::size_t i = 0; i < schema.size(); ++i)
      row.push_back(scaled(info->second.attributes[i], schema[i]));
  }
  return rows;
}

double attribute_distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (a[i] == kUndeclared || b[i] == kUndeclared) continue;
    sum += std::abs(a[i] - b[i]);
    ++count;
  }
  return count > 0 ? sum / count : 1;
}

std::vector<Fold> deal_folds(const std::vector<std::string>& classes,
                             const std::set<std::string>& backgrounds, const Assets& assets,
                             const FoldSpec& spec) {
  const AttributeRows rows = scaled_attributes(assets, classes);
  const std::vector<std::string> order =
      dealing_order(classes, backgrounds, assets, Rng(spec.seed) / "folds");
  require(spec.count >= 3 && spec.count <= std::ssize(order), ErrorKind::usage,
          "folds.count: expected 3 to " + std::to_string(order.size()) +
              " (the classes that are no background of others), found " +
              std::to_string(spec.count));
  std::vector<Fold> folds(static_cast<std::size_t>(spec.count));
  std::map<std::string, std::size_t> group;
  for (std::size_t i = 0; i < order.size(); ++i) group[order[i]] = i % folds.size();
  for (std::size_t f = 0; f < folds.size(); ++f) {
    Fold& fold = folds[f];
    fold.number = static_cast<int>(f);
    for (const std::string& name : classes) {
      const auto mine = group.find(name);
      if (mine == group.end() || (mine->second != f && (mine->second + 1) % folds.size() != f))
        fold.seen.push_back(name);
      else if (mine->second != f)
        fold.unseen_validation.push_back(name);
    }
    for (const auto& [name, g] : group)
      if (g == f) fold.unseen_test.push_back(nearest_seen(name, fold, rows));
    std::sort(fold.seen.begin(), fold.seen.end());
    std::sort(fold.unseen_validation.begin(), fold.unseen_validation.end());
  }
  mark_near(folds);
  return folds;
}

}  // namespace wrist::evaluation
