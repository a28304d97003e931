// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/transport/loss.h"

#include <algorithm>

#include "sensor_models/signal/draw.h"

namespace wrist {
namespace {

struct Outcome {
  std::uint8_t flag = 0;
  double delay_ns = 0;
};

Outcome draw_outcome(const LossSpec& spec, std::uint64_t packet, const Rng& rng) {
  constexpr double kSecond = 1e9;  // ns
  const double u = (rng / "outcome" / packet).uniform();
  if (u < spec.shares[0]) return {kSampleDropped, 0};
  if (u < spec.shares[0] + spec.shares[1]) return {kSampleDuplicate, 0};
  return {kSampleLate, between(spec.delay, rng / "delay" / packet) * kSecond};
}

// One outcome per packet; flag 0 for those that come as they should.
std::vector<Outcome> draw_packets(const LossSpec& spec, double onset, Index count, const Rng& rng) {
  const double end = 1 / spec.spell;
  const Series u = (rng / "state").uniforms(count);
  std::vector<Outcome> packets(static_cast<std::size_t>(count));
  bool bad = false;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    const double chance = i == 0 ? onset / (onset + end) : bad ? 1 - end : onset;
    const bool was_bad = bad;
    bad = u[static_cast<Index>(i)] < chance;
    if (bad) packets[i] = was_bad ? packets[i - 1] : draw_outcome(spec, i, rng);
  }
  return packets;
}

}  // namespace

Fates draw_fates(const LossSpec& spec, double loss, Index count, const Rng& rng) {
  Fates fates{Flags::Zero(count), std::vector<Index>(static_cast<std::size_t>(count)),
              Series::Zero(count)};
  const auto sizes = static_cast<std::uint64_t>(spec.packet[1] - spec.packet[0] + 1);
  const Index size = spec.packet[0] + static_cast<Index>((rng / "packet").below(sizes));
  const auto phase = static_cast<Index>((rng / "phase").below(static_cast<std::uint64_t>(size)));
  const double onset = std::min(1., loss * spec.onset);
  const auto packets = draw_packets(spec, onset, (count + phase) / size + 1, rng);
  Index came = -1;
  for (Index i = 0; i < count; ++i) {
    Outcome outcome = packets[static_cast<std::size_t>((i + phase) / size)];
    if (outcome.flag == kSampleDuplicate && came < 0) outcome.flag = kSampleDropped;
    if (outcome.flag == 0 || outcome.flag == kSampleLate) came = i;
    fates.flags[i] = outcome.flag;
    fates.delay_ns[i] = outcome.delay_ns;
    fates.shown[static_cast<std::size_t>(i)] = outcome.flag == kSampleDropped ? -1 : came;
  }
  return fates;
}

}  // namespace wrist
