// SPDX-License-Identifier: Apache-2.0
/// Which classes nobody may train on, fold by fold.
///
///   classes, parents, attributes, seed -> Fold: seen, unseen for choosing, unseen for the test
///
/// Every class but the backgrounds is unseen for the test in exactly one fold and unseen for
/// choosing settings in exactly one other. Kin (the same parent) are dealt over the folds in turn,
/// so that each fold has some of every kind. Generalised zero-shot splits: Xian et al. 2017, Chao
/// et al. 2016.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "generators/assets.h"

namespace wrist::evaluation {

struct UnseenClass {
  std::string name, nearest;  // nearest: the seen class with the most alike attributes
  double distance = 0;        // to it; mean difference of attributes on scales from 0 to 1
  bool near = false;          // not further than the median over the unseen classes of all folds
};

struct Fold {
  int number = 0;
  std::vector<std::string> seen, unseen_validation;  // sorted
  std::vector<UnseenClass> unseen_test;              // sorted by name

  /// Groups by class.
  bool is_unseen_validation(const std::string& name) const;
  bool is_unseen_test(const std::string& name) const;
};

struct FoldSpec {
  int count = 5;
  std::uint64_t seed = 1;
};

/// Attributes of a class on scales from 0 to 1, kUndeclared where nothing is said.
using AttributeRows = std::map<std::string, std::vector<double>>;

/// Of the cards of the assets. Throws Error(usage) for a class without card.
AttributeRows scaled_attributes(const Assets& assets, const std::vector<std::string>& classes);

/// Mean absolute difference over what both declare; 1 if there is nothing.
double attribute_distance(const std::vector<double>& a, const std::vector<double>& b);

/// Throws Error(usage) unless there are at least three folds and as many classes to deal.
std::vector<Fold> deal_folds(const std::vector<std::string>& classes,
                             const std::set<std::string>& backgrounds, const Assets& assets,
                             const FoldSpec& spec);

}  // namespace wrist::evaluation
