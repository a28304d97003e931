// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/transport/stamps.h"

#include <algorithm>
#include <cmath>

#include "sensor_models/signal/draw.h"

namespace wrist {
namespace {

constexpr double kSecond = 1e9;  // ns

Series jittered(const JitteredStamps& spec, const HostSamples& in, const Rng& rng) {
  const double most = 1 / (2 * kFactoryLimit * in.rate_hz);  // stamps never fall
  const double sd = std::min(in.jitter * between(spec.sd, rng / "sd"), most) * kSecond;
  Series stamps = in.taken_ns;
  if (sd == 0) return stamps;
  const Series z = (rng / "jitter").normals(stamps.size());
  for (Index i = 0; i < z.size(); ++i) {
    const bool far = std::abs(z[i]) > kFactoryLimit;
    const Rng again = rng / "again" / static_cast<std::uint64_t>(i);
    stamps[i] += sd * (far ? truncated_normal(kFactoryLimit, again) : z[i]);
  }
  return stamps;
}

// ns; from the `number`-th reading of the host to the next.
double draw_interval(const BurstStamps& spec, double jitter, std::uint64_t number, const Rng& rng) {
  if ((rng / "gap" / number).uniform() < jitter * spec.gap_share)
    return between(spec.gap, rng / "length" / number) * kSecond;
  const double sd = std::min(jitter * spec.interval_sd, spec.interval / kFactoryLimit);
  return (spec.interval + bounded_normal(sd, 0, rng / "interval" / number)) * kSecond;
}

Series in_bursts(const BurstStamps& spec, const HostSamples& in, const Rng& rng) {
  const Index count = in.taken_ns.size();
  Series stamps(count);
  const Series spacing = (rng / "spacing").uniforms(count);
  const double least = spec.spacing[0] * kSecond;
  const double spread = spec.spacing[1] * kSecond - least;
  double reading = count == 0 ? 0 : in.taken_ns[0] + spec.interval * kSecond * rng.uniform();
  double last = -HUGE_VAL;
  std::uint64_t number = 0;
  for (Index i = 0; i < count;) {
    double at = std::max(reading, last + least);
    for (; i < count && in.taken_ns[i] <= reading; ++i) {
      stamps[i] = last = at;
      at += least + spread * spacing[i];
    }
    reading += draw_interval(spec, in.jitter, number++, rng);
  }
  return stamps;
}

Series regular(const HostSamples& in) {
  const Index count = in.taken_ns.size();
  Series stamps(count);
  for (Index i = 0; i < count; ++i)
    stamps[i] = in.taken_ns[0] + static_cast<double>(i) * (kSecond / in.rate_hz);
  return stamps;
}

Series in_batches(const BatchStamps& spec, const HostSamples& in, const Rng& rng) {
  const Index count = in.taken_ns.size();
  const Index size = std::max<Index>(1, std::lround(spec.period * in.rate_hz));
  Series stamps(count);
  // The recording begins anywhere within a batch.
  Index end = 1 + static_cast<Index>(rng.below(static_cast<std::uint64_t>(size)));
  for (Index i = 0; i < count; end += size) {
    const Index last = std::min(end, count) - 1;
    for (; i <= last; ++i)
      stamps[i] = in.taken_ns[last] - static_cast<double>(last - i) * (kSecond / in.rate_hz);
  }
  return stamps;
}

struct Stamper {
  const HostSamples& in;
  const Rng& rng;
  Series operator()(const IdealStamps&) const { return in.taken_ns; }
  Series operator()(const JitteredStamps& spec) const { return jittered(spec, in, rng); }
  Series operator()(const BurstStamps& spec) const { return in_bursts(spec, in, rng); }
  Series operator()(const RegularStamps&) const { return regular(in); }
  Series operator()(const BatchStamps& spec) const { return in_batches(spec, in, rng); }
};

}  // namespace

Series stamp(const StampSpec& spec, const HostSamples& samples, const Rng& rng) {
  return std::visit(Stamper{samples, rng}, spec);
}

}  // namespace wrist
