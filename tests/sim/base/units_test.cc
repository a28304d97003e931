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
  EXPECT_DOUBLE_EQ(parse_quantity("-3.5e1 gram", Dimension::mass), -0.035);
  EXPECT_DOUBLE_EQ(parse_quantity("0.5 %", Dimension::ratio), 0.005);
  EXPECT_DOUBLE_EQ(parse_quantity("0.5%", Dimension::ratio), 0.005);
  EXPECT_DOUBLE_EQ(parse_quantity("0.5", Dimension::ratio), 0.5);
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
