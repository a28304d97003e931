// SPDX-License-Identifier: Apache-2.0
// What every mode promises on the average, to four standard errors.
#include <cmath>

#include "sensor_models/transport/loss.h"
#include "tests/sensor_models/transport/transport_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// sd of a standard normal cut at +-3: sqrt(1 - 6 phi(3) / (2 Phi(3) - 1)).
constexpr double kCutSd = 0.98658;

struct Mean {
  double sum = 0, squares = 0, count = 0;
  void add(double x) { sum += x, squares += x * x, ++count; }
  double mean() const { return sum / count; }
  double sd() const { return std::sqrt(std::max(0., squares / count - mean() * mean())); }
};

void expect_mean(const Mean& m, double expected, double sd) {
  EXPECT_NEAR(m.mean(), expected, 4 * sd / std::sqrt(m.count));
}
void expect_sd(const Mean& m, double expected) {
  EXPECT_NEAR(m.sd(), expected, 4 * expected / std::sqrt(2 * m.count));
}

TEST(TransportStats, Jitter) {
  const Stamps t = taken_at(100.4, 100000);
  const Stamps host =
      deliver(linked(stamped(JitteredStamps{{0.0005, 0.0005}})), {"imu", 100, t}, {}, Rng(11))
          .host_ns;
  Mean error;
  for (Index i = 0; i < t.size(); ++i) error.add(seconds_between(t[i], host[i]));
  expect_mean(error, 0, 0.0005);
  expect_sd(error, 0.0005 * kCutSd);
}

TEST(TransportStats, Bursts) {
  const double rate = 50.3, gap_share = 0.02;
  BurstStamps spec = bursts();
  spec.gap_share = gap_share;
  const Stamps t = taken_at(rate, 200000);
  const Stamps host = deliver(linked(stamped(spec)), {"imu", 50, t}, {}, Rng(12)).host_ns;
  Mean size, interval, spacing, gap, is_gap;
  Index first = -1;  // of the burst
  for (Index i = 1; i < t.size(); ++i) {
    const double step = seconds_between(host[i - 1], host[i]);
    if (step < 0.003) {
      spacing.add(step);
      continue;
    }
    if (first >= 0) {
      const double between = seconds_between(host[first], host[i]);
      size.add(static_cast<double>(i - first));
      is_gap.add(between > 0.15);  // a plain interval ends at 125 ms, a gap begins at 200
      (between > 0.15 ? gap : interval).add(between);
    }
    first = i;
  }
  expect_mean(interval, 0.095, 0.010 * kCutSd);
  expect_sd(interval, 0.010 * kCutSd);
  expect_mean(is_gap, gap_share, std::sqrt(gap_share * (1 - gap_share)));
  expect_mean(gap, 0.315, 0.23 / std::sqrt(12));
  expect_mean(spacing, 0.0015, 0.001 / std::sqrt(12));
  const double mean = (1 - gap_share) * 0.095 + gap_share * 0.315;
  expect_mean(size, rate * mean, size.sd());
}

// Packets as a chain of two states: a share pi = p / (p + q) is bad, and the error of its mean
// grows by (1 + lambda) / (1 - lambda), lambda = 1 - p - q.
TEST(TransportStats, LossIsGilbertElliott) {
  const double p = 0.004, spell = 4, q = 1 / spell, pi = p / (p + q), lambda = 1 - p - q;
  const Index packets = 200000;
  const Fates fates =
      draw_fates({p, spell, {1, 1}, {0.6, 0.3, 0.1}, {0.1, 1}}, 1, packets, Rng(13));
  Mean lost, length, dropped, duplicate, delay;
  Index run = 0;
  for (Index i = 1; i < packets; ++i) {
    const bool bad = fates.flags[i] != 0, was_bad = fates.flags[i - 1] != 0;
    lost.add(bad);
    if (bad && !was_bad) {
      dropped.add(fates.flags[i] == kSampleDropped);
      duplicate.add(fates.flags[i] == kSampleDuplicate);
      if (fates.flags[i] == kSampleLate) delay.add(fates.delay_ns[i] * kNanosecond);
    }
    if (bad) ++run;
    if (bad && was_bad) {
      EXPECT_EQ(fates.flags[i], fates.flags[i - 1]) << "one outcome a spell";
    }
    if (!bad && run > 0) length.add(static_cast<double>(std::exchange(run, 0)));
  }
  expect_mean(lost, pi, std::sqrt(pi * (1 - pi) * (1 + lambda) / (1 - lambda)));
  expect_mean(length, spell, std::sqrt(1 - q) / q);
  expect_mean(dropped, 0.6, std::sqrt(0.6 * 0.4));
  expect_mean(duplicate, 0.3, std::sqrt(0.3 * 0.7));
  expect_mean(delay, 0.55, 0.9 / std::sqrt(12));
}

TEST(TransportStats, LossGrowsWithItsMultiplier) {
  const LossSpec spec = losing(0.002, 3, {1, 0, 0});
  for (const double factor : {0., 1., 10.}) {
    const double p = 0.002 * factor, q = 1. / 3, pi = p / (p + q), lambda = 1 - p - q;
    const Fates fates = draw_fates(spec, factor, 500000, Rng(14));
    const double packets = 100000;
    EXPECT_NEAR((fates.flags != 0).cast<double>().mean(), pi,
                4 * std::sqrt(pi * (1 - pi) * (1 + lambda) / (1 - lambda) / packets));
  }
}

TEST(TransportStats, SessionsAndUnitsSpread) {
  LinkSpec link;
  link.latency = 0.05, link.latency_sd = 0.002;
  const TransportUnit late = linked(link);
  LinkSpec skewed;
  skewed.skew = {0, 0.02};
  const TransportUnit skew = linked(skewed);
  const Stamps t = taken_at(50, 1);
  Mean latency, offset, rate;
  for (std::uint64_t session = 0; session < 4000; ++session) {
    const Rng rng = Rng(15) / session;
    latency.add(seconds_between(t[0], deliver(late, {"imu", 50, t}, {}, rng).host_ns[0]));
    offset.add(seconds_between(t[0], deliver(skew, {"imu", 50, t}, {}, rng).host_ns[0]));
    TransportSpec spec;
    spec.clock.rate_error_sd = 20e-6;
    rate.add(build_transport(spec, rng).rate_error);
  }
  expect_mean(latency, 0.05, 0.002);
  expect_sd(latency, 0.002 * kCutSd);
  expect_mean(offset, 0.01, 0.02 / std::sqrt(12));
  expect_mean(rate, 0, 20e-6);
  expect_sd(rate, 20e-6 * kCutSd);
}

}  // namespace
}  // namespace wrist
