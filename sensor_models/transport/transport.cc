// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/transport/transport.h"

#include <algorithm>
#include <cmath>

#include "sensor_models/signal/draw.h"
#include "sensor_models/transport/loss.h"
#include "sensor_models/transport/stamps.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kSecond = 1e9;       // ns
constexpr int kLongestPacket = 4096;  // samples

void expect(bool good, const std::string& what, double found) {
  require(good, ErrorKind::usage,
          "transport: expected " + what + ", found " + std::to_string(found));
}

void expect_range(const std::array<double, 2>& range, const std::string& name) {
  expect(range[0] >= 0, name + " of 0 or more", range[0]);
  expect(range[1] >= range[0], name + " as [lowest, highest]", range[1]);
}

struct StampChecker {
  const std::string& stream;
  double rate_hz;

  void operator()(const IdealStamps&) const {}
  void operator()(const RegularStamps&) const {}
  void operator()(const JitteredStamps& spec) const {
    expect_range(spec.sd, stream + ".sd");
    expect(2 * kFactoryLimit * spec.sd[1] * rate_hz <= 1,
           stream + ".sd of at most a sixth of a period", spec.sd[1]);
  }
  void operator()(const BurstStamps& spec) const {
    expect(spec.interval > 0, stream + ".interval above 0", spec.interval);
    expect(spec.interval_sd >= 0 && kFactoryLimit * spec.interval_sd < spec.interval,
           stream + ".interval_sd below a third of the interval", spec.interval_sd);
    expect_range(spec.spacing, stream + ".spacing");
    expect(spec.spacing[1] * rate_hz < 1, stream + ".spacing below a period", spec.spacing[1]);
    expect(spec.gap_share >= 0 && spec.gap_share <= 1, stream + ".gap_share of 0 to 1",
           spec.gap_share);
    expect_range(spec.gap, stream + ".gap");
    expect(spec.gap_share == 0 || spec.gap[0] > 0, stream + ".gap above 0", spec.gap[0]);
  }
  void operator()(const BatchStamps& spec) const {
    expect(spec.period * rate_hz >= 1, stream + ".period of one sample or more", spec.period);
  }
};

void check_loss(const LossSpec& spec, const std::string& stream) {
  const std::string name = stream + ".loss.";
  expect(spec.onset >= 0 && spec.onset <= 1, name + "onset of 0 to 1", spec.onset);
  expect(spec.spell >= 1, name + "spell of 1 packet or more", spec.spell);
  expect(spec.packet[0] >= 1 && spec.packet[0] <= spec.packet[1], name + "packet of 1 or more",
         spec.packet[0]);
  expect(spec.packet[1] <= kLongestPacket, name + "packet of at most 4096", spec.packet[1]);
  for (const double share : spec.shares) expect(share >= 0, name + "shares of 0 or more", share);
  const double all = spec.shares[0] + spec.shares[1] + spec.shares[2];
  expect(std::abs(all - 1) < 1e-9, name + "shares that add up to 1", all);
  expect_range(spec.delay, name + "delay");
}

}  // namespace

void check(const TransportSpec& spec) {
  const HostClockSpec& clock = spec.clock;
  expect(clock.rate_error_sd >= 0, "clock.rate_error_sd of 0 or more", clock.rate_error_sd);
  expect(clock.rate_error_max == 0 || clock.rate_error_max >= clock.rate_error_sd,
         "clock.rate_error_max of at least rate_error_sd", clock.rate_error_max);
  const double most = std::max(3 * clock.rate_error_sd, clock.rate_error_max);
  expect(most < 0.01, "a clock.rate_error below 1 %", most);
  expect(clock.temperature[0] <= clock.temperature[1], "clock.temperature as [lowest, highest]",
         clock.temperature[1]);
  const double far = std::max(std::abs(clock.temperature[0]), std::abs(clock.temperature[1]));
  expect(std::abs(clock.parabola) * far * far < 0.01, "a clock.parabola that stays below 1 %",
         clock.parabola);
}

void check(const LinkSpec& link, const std::string& stream, double rate_hz) {
  std::visit(StampChecker{stream, rate_hz}, link.stamps);
  expect(link.latency >= 0, stream + ".latency of 0 or more", link.latency);
  expect(link.latency_sd >= 0, stream + ".latency_sd of 0 or more", link.latency_sd);
  expect(link.skew[0] <= link.skew[1], stream + ".skew as [lowest, highest]", link.skew[1]);
  check_loss(link.loss, stream);
}

TransportUnit build_transport(const TransportSpec& spec, const Rng& rng) {
  check(spec);
  return {spec, bounded_normal(spec.clock.rate_error_sd, spec.clock.rate_error_max, rng / "clock")};
}

HostClock session_clock(const TransportUnit& unit, const TransportParams& params, const Rng& rng) {
  const double warmth = between(unit.spec.clock.temperature, rng / "clock" / "temperature");
  return {params.clock * (unit.rate_error + unit.spec.clock.parabola * warmth * warmth)};
}

Delivery deliver(const TransportUnit& unit, const TakenSamples& taken,
                 const TransportParams& params, const Rng& rng) {
  const auto found = unit.spec.links.find(taken.stream);
  const LinkSpec link = found == unit.spec.links.end() ? LinkSpec{} : found->second;
  check(link, taken.stream, taken.rate_hz);
  const Rng own = rng / taken.stream;
  const HostClock clock = session_clock(unit, params, rng);
  const double latency =
      std::max(0., link.latency + bounded_normal(link.latency_sd, 0, own / "latency"));
  const double offset = params.latency * latency + params.skew * between(link.skew, own / "skew");

  HostSamples samples{taken.time_ns.cast<double>(), taken.rate_hz, params.jitter};
  for (double& t : samples.taken_ns) t = host_time(clock, t) + offset * kSecond;
  Fates fates = draw_fates(link.loss, params.loss, taken.time_ns.size(), own / "loss");
  const Series stamps = stamp(link.stamps, samples, own / "stamps") + fates.delay_ns;
  return {(stamps + 0.5).floor().cast<std::int64_t>(), std::move(fates.flags),
          std::move(fates.shown)};
}

}  // namespace wrist
