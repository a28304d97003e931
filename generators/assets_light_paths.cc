// SPDX-License-Identifier: Apache-2.0
// The light paths of a watch: each written out, or every emitter seen by every detector.
#include <algorithm>
#include <cmath>

#include "generators/assets_internal.h"

namespace wrist {
namespace {

// Something that sits on the back crystal.
struct Seat {
  std::string name;
  double x, y;  // m
};

struct Emitter {
  Seat seat;
  double wavelength_nm, exposure_offset;  // nm, s
};

Seat read_seat(const TomlTable& t) {
  const std::vector<double> at = t.quantities("at", Dimension::length, 2);
  return {t.string("name"), at[0], at[1]};
}

Emitter read_emitter(const TomlTable& t) {
  return {read_seat(t), t.number("wavelength_nm"), t.quantity("exposure_at", Dimension::time, 0)};
}

void set_geometry(PpgChannelSpec& channel, double ex, double ey, double dx, double dy) {
  channel.distance = std::hypot(ex - dx, ey - dy);
  channel.midpoint << (ex + dx) / 2, (ey + dy) / 2;
}

PpgChannelSpec read_channel(const TomlTable& t) {
  PpgChannelSpec channel;
  channel.name = t.string("name");
  channel.wavelength_nm = t.number("wavelength_nm");
  channel.emitter = static_cast<int>(t.integer("emitter", 0, 255));
  channel.detector = static_cast<int>(t.integer("detector", 0, 255));
  const std::vector<double> e = t.quantities("emitter_at", Dimension::length, 2);
  const std::vector<double> d = t.quantities("detector_at", Dimension::length, 2);
  set_geometry(channel, e[0], e[1], d[0], d[1]);
  channel.exposure_offset = t.quantity("exposure_at", Dimension::time, 0);
  return channel;
}

// Emitter by emitter, as they are lit: all detectors look at once.
std::vector<PpgChannelSpec> every_pair(const std::vector<Emitter>& emitters,
                                       const std::vector<Seat>& detectors) {
  std::vector<PpgChannelSpec> channels;
  for (std::size_t e = 0; e < emitters.size(); ++e)
    for (std::size_t d = 0; d < detectors.size(); ++d) {
      const Emitter& from = emitters[e];
      const Seat& to = detectors[d];
      PpgChannelSpec channel;
      channel.name = from.seat.name + "-" + to.name;
      channel.wavelength_nm = from.wavelength_nm;
      channel.emitter = static_cast<int>(e);
      channel.detector = static_cast<int>(d);
      set_geometry(channel, from.seat.x, from.seat.y, to.x, to.y);
      channel.exposure_offset = from.exposure_offset;
      channels.push_back(channel);
    }
  return channels;
}

}  // namespace

std::vector<PpgChannelSpec> read_light_paths(const TomlTable& optical) {
  std::vector<PpgChannelSpec> channels;
  if (optical.has("channels") && optical.has("emitters"))
    optical.fail("channels", "either channels, or emitters and detectors");
  if (!optical.has("emitters")) {
    for (const TomlTable& t : optical.tables("channels")) channels.push_back(read_channel(t));
    return channels;
  }
  std::vector<Emitter> emitters;
  for (const TomlTable& t : optical.tables("emitters")) emitters.push_back(read_emitter(t));
  std::vector<Seat> detectors;
  for (const TomlTable& t : optical.tables("detectors")) detectors.push_back(read_seat(t));
  return every_pair(emitters, detectors);
}

}  // namespace wrist
