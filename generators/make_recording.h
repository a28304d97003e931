// SPDX-License-Identifier: Apache-2.0
/// The whole data flow in one function: from a drawn scenario to a finished recording.
#pragma once

#include "generators/assets.h"
#include "generators/perform.h"
#include "generators/recording.h"

namespace wrist {

/// A pure function of its arguments. Throws Error, as any stage of it may.
Recording make_recording(const Scenario& scenario, const Assets& assets, const ClipLibrary& clips);

}  // namespace wrist
