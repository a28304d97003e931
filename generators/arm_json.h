// SPDX-License-Identifier: Apache-2.0
/// A person's arm as text, so that joint angles in a file can be turned into poses by anyone.
///
/// Per body, parents first: X_PB = (position_m, rotation * turn about `axis` by its joint angle).
/// The upper arm has no axis: its rotation is the shoulder's, from the file.
#pragma once

#include <string>

#include "generators/scenario.h"

namespace wrist {

/// One line of JSON: subject, side, bodies [name, parent, position_m (3), rotation (w x y z), axis
/// (3), length_m, radius_m] and the wrist's cross-section.
std::string arm_json(const Scenario& scenario);

}  // namespace wrist
