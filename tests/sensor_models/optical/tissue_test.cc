// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/tissue.h"

#include "sim/base/error.h"
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using testing::load_table;

// The arterial sensitivity of both depths together.
double arterial(int wavelength_nm, double distance, const Physiology& person) {
  PpgChannelSpec channel;
  channel.wavelength_nm = wavelength_nm;
  channel.distance = distance;
  const ChannelOptics optics =
      channel_optics(load_table(wavelength_nm), PpgSpec{}, channel, person);
  return optics.arterial[0] + optics.arterial[1];
}

double transfer(int wavelength_nm, double distance, double melanosome_fraction) {
  Physiology person;
  person.melanosome_fraction = melanosome_fraction;
  PpgChannelSpec channel;
  channel.wavelength_nm = wavelength_nm;
  channel.distance = distance;
  return channel_optics(load_table(wavelength_nm), PpgSpec{}, channel, person).transfer;
}

TEST(Tissue, BloodAbsorbsAsItsHaemoglobin) {
  // 2.303 x extinction [1/cm/M] x 150/66500 mol/l, in 1/m; worked out by hand.
  EXPECT_NEAR(blood_absorption(525, 0.75), 17084.7, 0.1);
  EXPECT_NEAR(blood_absorption(525, 0.97), 16715.1, 0.1);
  EXPECT_NEAR(blood_absorption(940, 0.75), 571.4, 0.1);
  EXPECT_NEAR(blood_absorption(660, 1), 2.303 * 320 * 150 / 66500 * 100, 1e-9);
  try {
    blood_absorption(600, 0.9);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("expected 525, 660, 850, 880 or 940, found 600"),
              std::string::npos);
  }
}

TEST(Tissue, TablesAreReadAtTheirKnotsAndLinearlyBetween) {
  const PathTable table = load_table(525);
  ASSERT_EQ(table.rho.size(), 19u);
  const Paths knot = look_up(table, 0.00275, 0.02);
  EXPECT_NEAR(std::exp(knot.log_detected), 5.85e-5 * 1e6, 1e-3);
  EXPECT_NEAR(knot.path[2], 6.975e-3, 1e-12);
  const Paths next = look_up(table, 0.00325, 0.02), middle = look_up(table, 0.0030, 0.02);
  EXPECT_NEAR(middle.log_detected, (knot.log_detected + next.log_detected) / 2, 1e-9);
  EXPECT_NEAR(middle.path[4], (knot.path[4] + next.path[4]) / 2, 1e-12);
  const Paths dark = look_up(table, 0.00275, 0.12), level = look_up(table, 0.00275, 0.16);
  const Paths lighter = look_up(table, 0.00275, 0.08);
  EXPECT_NEAR(dark.log_detected, (lighter.log_detected + level.log_detected) / 2, 1e-9);
  EXPECT_EQ(look_up(table, 0.00275, 0.01).log_detected, knot.log_detected);  // held
  EXPECT_NO_THROW(look_up(table, table.rho.back(), 0.32));
  EXPECT_THROW(look_up(table, 0.0002, 0.02), Error);
  EXPECT_THROW(look_up(table, 0.02, 0.02), Error);
}

TEST(Tissue, GreenTransferIsWhatFrontEndsAreSpecifiedWith) {
  // 5.85e-5 /mm2 x 7 mm2 x 0.9 W/A x 0.32 A/W.
  EXPECT_NEAR(transfer(525, 0.00275, 0.02), 118e-6, 1e-6);
}

TEST(Tissue, MelaninTakesGreenFirst) {
  EXPECT_NEAR(transfer(525, 0.00275, 0.32) / transfer(525, 0.00275, 0.02), 0.055, 0.003);
  EXPECT_NEAR(transfer(660, 0.00475, 0.32) / transfer(660, 0.00475, 0.02), 0.25, 0.01);
  EXPECT_NEAR(transfer(850, 0.00475, 0.32) / transfer(850, 0.00475, 0.02), 0.56, 0.02);
  EXPECT_NEAR(transfer(940, 0.00475, 0.32) / transfer(940, 0.00475, 0.02), 0.67, 0.02);
}

TEST(Tissue, PulseIsLargestInGreenAndSmallestInRed) {
  Physiology person;
  person.pulsatile_fraction = 0.022;
  person.melanosome_fraction = 0.02;
  constexpr double kPeakToPeak = 0.72;  // of a kernel of peak 1, at 65 to 75 beats per minute
  const double green = kPeakToPeak * arterial(525, 0.00275, person);
  const double red = kPeakToPeak * arterial(660, 0.00475, person);
  const double infrared = kPeakToPeak * arterial(940, 0.00475, person);
  EXPECT_NEAR(green, 0.028, 0.002);
  EXPECT_NEAR(red, 0.0016, 0.0002);
  EXPECT_NEAR(infrared, 0.0030, 0.0003);
  EXPECT_GT(green / infrared, 4);
  EXPECT_LT(green / infrared, 15);
}

TEST(Tissue, GreenPulseGrowsWithDistance) {
  const Physiology person;
  EXPECT_NEAR(arterial(525, 0.00375, person) / arterial(525, 0.00175, person), 2.3, 0.25);
}

// Ratio of the relative pulses in red and infrared.
double ratio_of_ratios(double saturation, double distance) {
  Physiology person;
  person.arterial_saturation = saturation;
  person.melanosome_fraction = 0.02;
  return arterial(660, distance, person) / arterial(940, distance, person);
}

TEST(Tissue, OxygenSaturationFollowsFromTheTwoPulses) {
  double last = 1e9;
  for (int percent = 70; percent <= 100; percent += 2) {
    const double ratio = ratio_of_ratios(percent / 100., 0.00475);
    EXPECT_LT(ratio, last) << percent;
    last = ratio;
    EXPECT_NEAR(110 - 25 * ratio, percent, percent < 80 ? 5 : 3) << percent;
  }
  EXPECT_NEAR(ratio_of_ratios(0.97, 0.00375), 0.53, 0.02);
  EXPECT_NEAR(ratio_of_ratios(0.85, 0.00375), 1.02, 0.03);
}

TEST(Tissue, EveryTableIsWholeAndFalls) {
  for (const int wavelength : {525, 660, 850, 940}) {
    const PathTable table = load_table(wavelength);
    ASSERT_EQ(table.melanosome_fraction.size(), 4u);
    for (std::size_t m = 0; m < 4; ++m)
      for (std::size_t i = 1; i < table.rho.size(); ++i) {
        EXPECT_LT(table.log_detected[m][i], table.log_detected[m][i - 1]);
        double total = 0;
        for (const double layer : table.path[m][i]) total += layer;
        EXPECT_GT(total, table.rho[i]);  // no path is shorter than the way
      }
  }
}

}  // namespace
}  // namespace wrist
