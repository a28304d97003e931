// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/ppg_store.h"

#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

// Reads the sample after the last.
WRIST_SIMD_WIDE void write_part(const double* __restrict x, double share,
                                const double* __restrict led_current, Index count,
                                float* __restrict out) {
  for (Index i = 0; i < count; ++i) {
    const double here = x[i] + share * (x[i + 1] - x[i]);
    out[i] = static_cast<float>(led_current[i] * here);
  }
}

WRIST_SIMD_WIDE void write(const double* __restrict x, Index count, float* __restrict out) {
  for (Index i = 0; i < count; ++i) out[i] = static_cast<float>(x[i]);
}

WRIST_SIMD_WIDE void write_scaled(const double* __restrict x, double scale, Index count,
                                  float* __restrict out) {
  for (Index i = 0; i < count; ++i) out[i] = static_cast<float>(x[i] * scale);
}

WRIST_SIMD_WIDE void join(const std::uint8_t* __restrict x, Index count,
                          std::uint8_t* __restrict flags) {
  for (Index i = 0; i < count; ++i) flags[i] |= x[i];
}

template <typename T>
void fetch(const T* column, Index count) {
  constexpr Index kLine = 64 / sizeof(T);  // of a cache
  for (Index i = 0; i < count; i += kLine) __builtin_prefetch(column + i, 1);
}

}  // namespace

void fetch(Stretch at, Index channel, const PpgRecord& record) {
  for (const PartsC* part :
       {&record.led_current, &record.steady, &record.pulse, &record.venous, &record.pressure,
        &record.gap, &record.bulge, &record.slip, &record.ambient, &record.noise})
    fetch(part->col(channel).data() + at.first, at.count);
  fetch(record.counts.col(channel).data() + at.first, at.count);
}

void store(const ChannelBlock& block, Stretch at, Index channel, PpgRecord& record) {
  const auto column = [&](PartsC& part) { return part.col(channel).data() + at.first; };
  const double* led_current = block.converted.led_current.data();
  const auto keep = [&](const LightLanes& x, PartsC& part) {
    write_part(x.data(), block.share, led_current, at.count, column(part));
  };
  keep(block.light.pulse, record.pulse);
  keep(block.light.venous, record.venous);
  keep(block.light.pressure, record.pressure);
  keep(block.light.gap, record.gap);
  keep(block.light.bulge, record.bulge);
  keep(block.light.slip, record.slip);
  write(led_current, at.count, column(record.led_current));
  write_scaled(led_current, block.steady, at.count, column(record.steady));
  write(block.converted.ambient.data(), at.count, column(record.ambient));
  write(block.converted.noise.data(), at.count, column(record.noise));
  join(record.channel_flags.col(channel).data() + at.first, at.count,
       record.flags.data() + at.first);
}

}  // namespace wrist
