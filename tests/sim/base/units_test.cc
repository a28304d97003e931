// SPDX-License-Identifier: Apache-2.0
#include "sim/base/units.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

TEST(Units, ConvertToSi) {
  EXPECT_DOUBLE_EQ(parse_quantity("160 ug/rtHz", Dimension::acceleration_density),
                   160e-6 * 9.80665);
  EXPECT_DOUBLE_EQ(parse_quantity("7 mdps/rtHz", Dimension::rate_density), 7e-3 * kPi / 180);
  EXPECT_DOUBLE_EQ(parse_quantity("2000 dps", Dimension::angular_rate), 2000 * kPi / 180);
  EXPECT_DOUBLE_EQ(parse_quantity("6 deg/h", Dimension::angular_rate), 6 * kPi / 180 / 3600);
  EXPECT_DOUBLE_EQ(parse_quantity("54 mmHg", Dimension::pressure), 54 * 133.322);
  EXPECT_DOUBLE_EQ(parse_quantity("48 uT", Dimension::magnetic_field), 48e-6);
  EXPECT_DOUBLE_EQ(parse_quantity("70 nT/rtHz", Dimension::magnetic_density), 70e-9);
  EXPECT_DOUBLE_EQ(parse_quantity("-3.5e1 gram", Dimension::mass), -0.035);
  EXPECT_DOUBLE_EQ(parse_quantity("0.5 %", Dimension::ratio), 0.005);
  EXPECT_DOUBLE_EQ(parse_quantity("0.5%", Dimension::ratio), 0.005);
  EXPECT_DOUBLE_EQ(parse_quantity("0.5", Dimension::ratio), 0.5);
  EXPECT_DOUBLE_EQ(parse_quantity("25 degC", Dimension::temperature), 298.15);
  EXPECT_DOUBLE_EQ(parse_quantity("0.25 mg/K", Dimension::acceleration_tempco), 2.4516625e-3);
  EXPECT_DOUBLE_EQ(parse_quantity("15 mdps/K", Dimension::rate_tempco), 0.015 * kPi / 180);
  EXPECT_DOUBLE_EQ(parse_quantity("0.02 %/K", Dimension::ratio_tempco), 2e-4);
  // 100 ug of offset at 1 g of vibration.
  EXPECT_DOUBLE_EQ(parse_quantity("100 ug/g2", Dimension::rectification) * 9.80665 * 9.80665,
                   100e-6 * 9.80665);
  EXPECT_DOUBLE_EQ(parse_quantity("0.1 dps/g", Dimension::g_sensitivity) * 9.80665,
                   0.1 * kPi / 180);
}

TEST(Units, RefuseTheWrongDimensionMissingUnitsAndNonsense) {
  for (const char* text : {"160 ug", "160", "ug/rtHz", "", "1,5 ug/rtHz", "nan ug/rtHz",
                           "1e999 ug/rtHz", "160ug/rtHz", "160 ug/rtHz "}) {
    try {
      parse_quantity(text, Dimension::acceleration_density);
      FAIL() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string(error.what()).find("ug/rtHz"), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find("\"" + std::string(text) + "\""), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace wrist
