// SPDX-License-Identifier: Apache-2.0
/// Truth in blocks: the same bits as truth at once, and no trust in blocks that do not follow.
#include "sensor_models/imu/imu_stream.h"

#include <gtest/gtest.h>

#include <limits>

#include "sim/base/error.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

ImuTruth block_of(const ImuTruth& truth, Index start, Index count) {
  ImuTruth block{{truth.time.time(start), truth.time.rate_hz, count},
                 truth.specific_force_I.middleRows(start, count),
                 truth.w_WI_I.middleRows(start, count)};
  if (truth.alpha_WI_I.rows() > 0) block.alpha_WI_I = truth.alpha_WI_I.middleRows(start, count);
  return block;
}

struct Collected {
  std::vector<std::int64_t> stamps;
  std::vector<double> values;  // counts, flags and clean signals, sample by sample
};

void collect(const ImuRecord& record, Collected& all) {
  for (Index k = 0; k < record.time_ns.size(); ++k) {
    all.stamps.push_back(record.time_ns[k]);
    for (int axis = 0; axis < 3; ++axis)
      for (const double value :
           {static_cast<double>(record.accel(k, axis)), static_cast<double>(record.gyro(k, axis)),
            record.clean_accel(k, axis), record.clean_gyro(k, axis)})
        all.values.push_back(value);
    all.values.push_back(record.flags[k]);
  }
}

Collected in_blocks(const ImuUnit& unit, const ImuTruth& truth, const std::vector<Index>& lengths) {
  ImuStream stream(unit, truth.time.rate_hz, truth.time.start_s, Rng(6));
  Collected all;
  std::size_t turn = 0;
  for (Index start = 0; start < truth.time.count;) {
    const Index count = std::min(lengths[turn++ % lengths.size()], truth.time.count - start);
    collect(stream.feed(block_of(truth, start, count)), all);
    start += count;
  }
  collect(stream.finish(), all);
  return all;
}

TEST(ImuStream, BlocksOfAnyLengthGiveTheSameBits) {
  for (const bool with_alpha : {false, true}) {
    ImuTruth truth = swing(3);
    truth.time.start_s = 7;
    if (with_alpha) truth.alpha_WI_I = 30 * truth.w_WI_I;
    const ImuUnit unit = full_unit(5);
    Collected whole;
    collect(measure(unit, truth, Rng(6)), whole);
    EXPECT_GT(whole.stamps.size(), 290u);
    for (const std::vector<Index>& lengths :
         {std::vector<Index>{1}, {512}, {400}, {3, 0, 1000, 77}, {11999, 1}}) {
      const Collected parts = in_blocks(unit, truth, lengths);
      EXPECT_EQ(parts.stamps, whole.stamps) << lengths[0];
      EXPECT_EQ(parts.values, whole.values) << lengths[0];
    }
  }
}

TEST(ImuStream, ASampleIsKnownTwoSamplesOfTruthLater) {
  ImuStream stream(build_imu(ideal_spec(), Rng(1)), 4000, 0, Rng(2));
  const ImuTruth truth = swing(1);
  EXPECT_EQ(stream.feed(block_of(truth, 0, 3)).time_ns.size(), 0);
  EXPECT_EQ(stream.feed(block_of(truth, 3, 1)).time_ns.size(), 1);  // the first: 0 to 3
  EXPECT_EQ(stream.feed(block_of(truth, 4, 38)).time_ns.size(), 0);
  EXPECT_EQ(stream.feed(block_of(truth, 42, 1)).time_ns.size(), 1);  // at 40: 39 to 42
}

std::string refusal(const ImuTruth& second) {
  ImuStream stream(build_imu(ideal_spec(), Rng(1)), 4000, 0, Rng(2));
  stream.feed(block_of(swing(1), 0, 1000));
  try {
    stream.feed(second);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
    return error.what();
  }
  return "accepted";
}

TEST(ImuStream, ABlockMustFollowTheOneBefore) {
  const ImuTruth truth = swing(1);
  EXPECT_EQ(refusal(block_of(truth, 1000, 100)), "accepted");
  // The edge of a block given twice, as when both ends of a range are taken.
  EXPECT_NE(refusal(block_of(truth, 999, 100)).find("expected a block of truth from 0.25"),
            std::string::npos);
  EXPECT_NE(refusal(block_of(truth, 1001, 100)).find("found one from 0.25025"), std::string::npos);
  ImuTruth slow = block_of(truth, 1000, 100);
  slow.time.rate_hz = 3200;
  EXPECT_NE(refusal(slow).find("at 3200"), std::string::npos);
  ImuTruth bad = block_of(truth, 1000, 100);
  bad.specific_force_I(60, 2) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(refusal(bad).find("true accel is not finite"), std::string::npos);
  ImuTruth torn = block_of(truth, 1000, 100);
  torn.alpha_WI_I = Series3::Zero(99, 3);
  EXPECT_NE(refusal(torn).find("angular acceleration has 99 samples on a grid of 100"),
            std::string::npos);
}

TEST(ImuStream, RefusesRatesAndUnitsThatCannotBe) {
  const auto text = [](const ImuUnit& unit, double rate) -> std::string {
    try {
      ImuStream stream(unit, rate, 0, Rng(1));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      return error.what();
    }
    return "accepted";
  };
  const ImuUnit good = build_imu(ideal_spec(), Rng(1));
  EXPECT_EQ(text(good, 400), "accepted");
  EXPECT_NE(text(good, 399).find("truth at 4 times the output rate"), std::string::npos);
  EXPECT_NE(text(good, std::numeric_limits<double>::infinity()).find("found inf"),
            std::string::npos);
  ImuUnit bad = good;
  bad.true_rate_hz = 0;
  EXPECT_NE(text(bad, 4000).find("true_rate_hz above 0"), std::string::npos);
  bad = good;
  bad.warm_up.time_s = 0;
  EXPECT_NE(text(bad, 4000).find("time_s of 1 to below 1200 s"), std::string::npos);
}

}  // namespace
}  // namespace wrist
