// SPDX-License-Identifier: Apache-2.0
/// What the worn watch's world means to blood and skin: the inputs of heart and optical sensor.
#pragma once

#include "generators/scenario.h"
#include "generators/world.h"
#include "sensor_models/optical/ppg.h"

namespace wrist {

/// Oxygen demand, ml/kg/min, second by second, from the acceleration of the wrist (ENMO).
Series demand(const RigidSeries& watch_W);

/// Contact pressure, Pa, second by second.
Series squeeze(const WornWatch& worn);

/// Motion, posture, contact and bulge under the sensor, on the contact clock.
PpgTruth optical_truth(const Scenario& scenario, const ArmModel& arm, const CaseSpec& watch_case,
                       const World& world);

}  // namespace wrist
