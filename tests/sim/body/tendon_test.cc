// SPDX-License-Identifier: Apache-2.0
#include "sim/body/tendon.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

TEST(Tendon, BulgeIsExcursionTimesGainAndSettles) {
  const ArmModel arm = build_arm(testing::average_man(), Side::left);
  JointMotion motion = rest_motion(arm, make_grid(2, 100));
  for (Index i = 0; i < motion.time.count;
       ++i) {  // a smooth half turn of the index finger's joints
    const double s = motion.time.time(i) / 2;
    motion.angles(i, hinge(Body::index_proximal)) += 0.4 * s * s * (3 - 2 * s);
    motion.angles(i, hinge(Body::index_middle)) += 0.5 * s * s * (3 - 2 * s);
  }
  const TendonSpec tendons;
  const TimeGrid grid{0, 500, 990};
  const Series bulge = tendon_bulge(tendons, fit_splines(motion), grid);
  EXPECT_EQ(bulge[0], 0);
  const double s = grid.end() / 2, share = s * s * (3 - 2 * s);
  const double raw = 0.04 * (0.011 * 0.4 + 0.006 * 0.5) * share;
  EXPECT_NEAR(bulge[grid.count - 1], 0.8e-3 * std::tanh(raw / 0.8e-3), 1e-9);
  EXPECT_NEAR(bulge[grid.count - 1], 0.3e-3, 0.05e-3) << "about 0.3 mm for a pinch";
}

TEST(Tendon, PeopleDiffer) {
  const TendonSpec a = draw_tendons(Rng(1)), b = draw_tendons(Rng(2));
  EXPECT_NE(a.bulge, b.bulge);
  for (const double gain : a.bulge) {
    EXPECT_GE(gain, 0.01);
    EXPECT_LE(gain, 0.08);
  }
}

}  // namespace
}  // namespace wrist
