// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/imu.h"

namespace wrist {

ImuTruth imu_truth(const RigidSeries& motion, const Pose& X_CI) {
  const RigidSeries chip = shift(motion, X_CI);
  return {chip.time, chip.specific_force_B, chip.w_WB_B, chip.alpha_WB_B};
}

}  // namespace wrist
