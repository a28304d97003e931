// SPDX-License-Identifier: Apache-2.0
// Runs the tests with floating-point traps on: an invalid operation, a division by zero or an
// overflow in our code is a crash, not a NaN that travels.
#include <fenv.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
  return RUN_ALL_TESTS();
}
