// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/transport/transport.h"

#include "sim/base/error.h"
#include "tests/sensor_models/transport/transport_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

void expect_untouched(const Delivery& d, const Stamps& t) {
  EXPECT_TRUE((d.host_ns == t).all());
  EXPECT_TRUE((d.flags == 0).all());
  for (std::size_t i = 0; i < d.shown.size(); ++i) ASSERT_EQ(d.shown[i], static_cast<Index>(i));
}

TEST(Transport, AZeroSpecWritesWhatWasTaken) {
  const Stamps t = taken_at(50.3, 500);
  expect_untouched(deliver({}, {"imu", 50, t}, {}, Rng(1)), t);
  expect_untouched(deliver(linked({}), {"imu", 50, t}, {}, Rng(1)), t);
}

TEST(Transport, MultipliersOfZeroSwitchItOff) {
  TransportUnit unit = watch_unit(1);
  unit.spec.links["imu"].stamps = JitteredStamps{{0.0005, 0.001}};
  const Stamps t = taken_at(50.3, 500);
  expect_untouched(deliver(unit, {"imu", 50, t}, {0, 0, 0, 0, 0}, Rng(1)), t);
}

TEST(Transport, NothingOfNothing) {
  for (const StampSpec& stamps :
       {StampSpec(IdealStamps{}), StampSpec(JitteredStamps{{0.001, 0.001}}), StampSpec(bursts()),
        StampSpec(RegularStamps{}), StampSpec(BatchStamps{1})}) {
    const Stamps none(0);
    EXPECT_EQ(deliver(linked(stamped(stamps)), {"imu", 50, none}, {}, Rng(1)).host_ns.size(), 0);
  }
}

TEST(Transport, SkewAndLatencyShiftEveryStamp) {
  LinkSpec link;
  link.latency = 0.01;
  link.skew = {0.005, 0.005};
  const Stamps t = taken_at(50, 100);
  const auto shift_ns = [&](const TransportParams& params) {
    const Stamps host = deliver(linked(link), {"imu", 50, t}, params, Rng(1)).host_ns;
    EXPECT_TRUE((host - t == host[0] - t[0]).all());
    return host[0] - t[0];
  };
  EXPECT_EQ(shift_ns({}), 15'000'000);
  EXPECT_EQ(shift_ns({.skew = 0}), 10'000'000);
  EXPECT_EQ(shift_ns({.latency = 3}), 35'000'000);
}

// -0.035 ppm/K2 at 9 K: 2.835 ppm slow, 2.835 ms in 1000 s.
TEST(Transport, TheCrystalRunsSlowWhereItIsWarm) {
  TransportUnit unit = linked({});
  unit.spec.clock.parabola = -0.035e-6;
  unit.spec.clock.temperature = {9, 9};
  EXPECT_NEAR(host_time(session_clock(unit, {}, Rng(1)), 1000), 1000 - 2.835e-3, 1e-9);
  unit.rate_error = 20e-6;
  EXPECT_NEAR(host_time(session_clock(unit, {}, Rng(1)), 1000), 1000 + 17.165e-3, 1e-9);
  Stamps t(2);
  t << 0, 1'000'000'000'000;
  EXPECT_EQ(deliver(unit, {"imu", 50, t}, {}, Rng(1)).host_ns[1], 1'000'017'165'000);
}

TEST(Transport, RegularStampsDriftByTheRateErrorExactly) {
  const double nominal = 50, real = 50.6;
  const Stamps t = taken_at(real, 3001);
  const Stamps host =
      deliver(linked(stamped(RegularStamps{})), {"imu", nominal, t}, {}, Rng(1)).host_ns;
  for (Index k = 0; k <= 3000; ++k) ASSERT_EQ(host[k], t[0] + k * 20'000'000);
  EXPECT_NEAR(seconds_between(t[3000], host[3000]), 3000 * (1 / nominal - 1 / real),
              2 * kNanosecond);
}

// FIFO of one second, sensor 4 % fast: 20 ms apart within, and back where the next batch begins, by
// 50 / 52 s from sample to sample less 49 / 50 s of stamps.
TEST(Transport, BatchesCountBackFromTheirLastSample) {
  const Index size = 50;
  const Stamps t = taken_at(52, 500);
  const Stamps host = deliver(linked(stamped(BatchStamps{1})), {"imu", 50, t}, {}, Rng(3)).host_ns;
  std::vector<Index> ends;  // last samples of batches
  for (Index i = 0; i + 1 < 500; ++i)
    if (host[i + 1] - host[i] != 20'000'000) ends.push_back(i);
  ASSERT_EQ(ends.size(), 10u) << "the first and the last batch are cut";
  for (const Index end : ends) {
    EXPECT_EQ((end - ends[0]) % size, 0);
    EXPECT_EQ(host[end], t[end]) << "stamped when it was full";
    if (end + size < 500) {
      EXPECT_NEAR(seconds_between(host[end], host[end + 1]), 50. / 52 - 49. / 50, 2 * kNanosecond);
    }
  }
}

TEST(Transport, JitterKeepsStampsNearAndInOrder) {
  const Stamps t = taken_at(99.5, 20000);
  const Stamps host =
      deliver(linked(stamped(JitteredStamps{{0.001, 0.001}})), {"imu", 100, t}, {}, Rng(2)).host_ns;
  EXPECT_LE((host - t).abs().maxCoeff(), 3'000'001);
  EXPECT_TRUE((host.tail(19999) > host.head(19999)).all());
  const Stamps wild = deliver(linked(stamped(JitteredStamps{{0.001, 0.001}})), {"imu", 100, t},
                              {.jitter = 100}, Rng(2))
                          .host_ns;
  EXPECT_TRUE((wild.tail(19999) >= wild.head(19999)).all()) << "jitter ends where order would";
}

TEST(Transport, BurstsAreStampedInOrderAfterTheyWereTaken) {
  BurstStamps spec = bursts();
  spec.gap_share = 0.05;
  const Stamps t = taken_at(50.4, 20000);
  for (const double jitter : {0., 1., 30.}) {
    const Stamps host =
        deliver(linked(stamped(spec)), {"imu", 50, t}, {.jitter = jitter}, Rng(5)).host_ns;
    EXPECT_TRUE((host.tail(19999) > host.head(19999)).all()) << jitter;
    EXPECT_TRUE((host >= t).all()) << jitter;
  }
}

TEST(Transport, WhatIsLostIsFlaggedAndNothingElse) {
  const Stamps t = taken_at(50, 50000);
  const Delivery d =
      deliver(linked(lossy(losing(0.02, 3, {0.4, 0.3, 0.3}))), {"imu", 50, t}, {}, Rng(8));
  Index last = -1, counted[8] = {};
  for (Index i = 0; i < 50000; ++i) {
    const Index shown = d.shown[static_cast<std::size_t>(i)];
    const double late = seconds_between(t[i], d.host_ns[i]);
    ++counted[d.flags[i]];
    if (d.flags[i] == 0 || d.flags[i] == kSampleLate) last = i;
    ASSERT_EQ(shown, d.flags[i] == kSampleDropped ? -1 : last) << i;
    const bool in_range = d.flags[i] == kSampleLate ? late >= 0.1 && late <= 1 : late == 0;
    ASSERT_TRUE(in_range) << i << ": " << late;
  }
  EXPECT_GT(counted[0], 40000);
  for (const int flag : {kSampleDropped, kSampleDuplicate, kSampleLate})
    EXPECT_GT(counted[flag], 100);
  EXPECT_EQ(counted[0] + counted[1] + counted[2] + counted[4], 50000) << "one outcome per sample";
}

TEST(Transport, APacketIsLostWhole) {
  const Stamps t = taken_at(50, 10000);
  const Delivery d = deliver(linked(lossy(losing(0.1, 1, {1, 0, 0}))), {"imu", 50, t}, {}, Rng(9));
  Index run = 0, runs = 0;
  for (Index i = 0; i < 9990; ++i) {
    if (d.flags[i] != 0) {
      ++run;
    } else if (run > 0) {
      if (i > 5) {
        ASSERT_EQ(run, 5) << i;
      }
      run = 0, ++runs;
    }
  }
  EXPECT_GT(runs, 100);
}

TEST(Transport, NothingCanBeRepeatedBeforeAnythingCame) {
  const Stamps t = taken_at(50, 100);
  const Delivery d = deliver(linked(lossy(losing(1, 1e9, {0, 1, 0}))), {"imu", 50, t}, {}, Rng(1));
  EXPECT_TRUE((d.flags == kSampleDropped).all());
}

TEST(Transport, ALongerRecordingBeginsWithTheShorterOne) {
  const TransportUnit unit = watch_unit(3);
  const Stamps t = taken_at(50.2, 4000), head = t.head(1000);
  const Delivery longer = deliver(unit, {"imu", 50, t}, {.loss = 5}, Rng(4));
  const Delivery shorter = deliver(unit, {"imu", 50, head}, {.loss = 5}, Rng(4));
  EXPECT_TRUE((longer.host_ns.head(1000) == shorter.host_ns).all());
  EXPECT_TRUE((longer.flags.head(1000) == shorter.flags).all());
}

TEST(Transport, StreamsHaveTheirOwnChanceAndOneClock) {
  const TransportUnit unit = watch_unit(3);
  const Stamps t = taken_at(50.2, 20000);
  const TransportParams only_loss{0, 0, 0, 0, 1};
  const Delivery a = deliver(unit, {"imu", 50, t}, only_loss, Rng(4));
  const Delivery b = deliver(unit, {"optical", 50, t}, only_loss, Rng(4));
  EXPECT_FALSE((a.flags == b.flags).all());
  const Delivery c = deliver(unit, {"steps", 50, t}, {.jitter = 0}, Rng(4));
  EXPECT_NEAR(static_cast<double>(c.host_ns[19999] - t[19999]),
              static_cast<double>(t[19999]) * session_clock(unit, {}, Rng(4)).rate_error, 1)
      << "a stream without a link is on the host's clock all the same";
}

std::string error_of(const LinkSpec& link) {
  try {
    check(link, "imu", 100);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(Transport, AMistakeIsNamed) {
  const auto expect = [](const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  EXPECT_EQ(error_of(watch_link()), "");
  expect(error_of(stamped(JitteredStamps{{0, 0.002}})), "imu.sd of at most a sixth of a period");
  expect(error_of(stamped(BurstStamps{0, 0, {0, 0}, 0, {0, 0}})), "imu.interval above 0");
  expect(error_of(stamped(BurstStamps{0.1, 0.04, {0, 0}, 0, {0, 0}})), "imu.interval_sd");
  expect(error_of(stamped(BurstStamps{0.1, 0, {0, 0.01}, 0, {0, 0}})), "imu.spacing");
  expect(error_of(stamped(BurstStamps{0.1, 0, {0, 0}, 0.1, {0, 0}})), "imu.gap above 0");
  expect(error_of(stamped(BatchStamps{0.001})), "imu.period of one sample or more");
  expect(error_of(lossy(losing(1.5, 2, {1, 0, 0}))), "imu.loss.onset of 0 to 1");
  expect(error_of(lossy(losing(0.1, 0.5, {1, 0, 0}))), "imu.loss.spell");
  expect(error_of(lossy(losing(0.1, 2, {0.5, 0, 0}))), "imu.loss.shares that add up to 1");
  TransportSpec spec;
  spec.clock.rate_error_sd = 0.02;
  EXPECT_THROW(check(spec), Error);
}

}  // namespace
}  // namespace wrist
