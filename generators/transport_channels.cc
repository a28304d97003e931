// SPDX-License-Identifier: Apache-2.0
#include "generators/transport_channels.h"

#include <algorithm>
#include <limits>

#include "generators/flag_masks.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

template <typename T>
void show(Rows<T>& rows, const std::vector<Index>& shown) {
  for (Index i = 0; i < rows.rows(); ++i) {
    const Index from = shown[static_cast<std::size_t>(i)];
    if (from < 0)
      rows.row(i).setConstant(std::numeric_limits<T>::min());
    else if (from != i)
      rows.row(i) = rows.row(from);  // `from` came, so its row is as it was
  }
}

// Counts are what a converter gives; class ids come later, and floats are no counts.
template <typename T>
void deliver_counts(Channel& channel, const std::vector<Index>& shown) {
  auto* rows = std::get_if<Rows<T>>(&channel.values);
  if (rows == nullptr) return;
  channel.attributes["_FillValue"] = static_cast<std::int64_t>(std::numeric_limits<T>::min());
  show(*rows, shown);
}

void deliver_flags(Channel& channel, const Flags& fates) {
  auto& rows = std::get<Rows<std::uint8_t>>(channel.values);
  for (const auto& [bit, name] :
       {std::pair(kSampleDropped, "dropped"), std::pair(kSampleDuplicate, "duplicate"),
        std::pair(kSampleLate, "late")}) {
    const auto mask = static_cast<std::uint8_t>(add_flag(channel.attributes, name));
    for (Index i = 0; i < rows.rows(); ++i)
      if ((fates[i] & bit) != 0) rows(i, 0) = static_cast<std::uint8_t>(rows(i, 0) | mask);
  }
}

Channel host_times(const std::string& group, const Stamps& host_ns) {
  return {group,
          "t_host",
          Rows<std::int64_t>(host_ns),
          "",
          {{"units", "ns"},
           {"long_name",
            "what the platform wrote: time since the start of the recording on the "
            "host's clock; of a dropped sample, what it would have written"}}};
}

void transport_stream(Recording& recording, const TransportUnit& unit, const std::string& stream,
                      double rate_hz, const Rng& rng) {
  const auto clock =
      std::find_if(recording.channels.begin(), recording.channels.end(),
                   [&](const Channel& c) { return c.group == stream && c.name == "t"; });
  if (clock == recording.channels.end()) return;
  const Stamps time_ns = std::get<Rows<std::int64_t>>(clock->values).col(0);
  const Delivery delivery =
      deliver(unit, {stream, rate_hz, time_ns}, recording.scenario.transport, rng);
  recording.channels.insert(clock + 1, host_times(stream, delivery.host_ns));
  for (Channel& channel : recording.channels) {
    if (channel.group != stream) continue;
    deliver_counts<std::int16_t>(channel, delivery.shown);
    deliver_counts<std::int32_t>(channel, delivery.shown);
    if (channel.name == "flags") deliver_flags(channel, delivery.flags);
  }
}

}  // namespace

void transport_channels(Recording& recording, const WatchSpec& watch, const TransportUnit& unit,
                        const Rng& rng) {
  transport_stream(recording, unit, "imu", watch.imu.rate_hz, rng);
  transport_stream(recording, unit, "optical", watch.optical.rate_hz, rng);
  if (watch.magnetometer)
    transport_stream(recording, unit, "magnetometer", watch.magnetometer->rate_hz, rng);
}

}  // namespace wrist
