// SPDX-License-Identifier: Apache-2.0
/// One finished recording: signals, truth, labels and events, and the scenario they came from.
#pragma once

#include <vector>

#include "generators/channel.h"
#include "generators/scenario.h"
#include "sim/base/event.h"

namespace wrist {

struct Recording {
  Scenario scenario;
  std::vector<Channel> channels;
  std::vector<Label> labels;
  std::vector<Event> events;
};

}  // namespace wrist
