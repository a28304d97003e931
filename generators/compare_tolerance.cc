// SPDX-License-Identifier: Apache-2.0
#include "generators/compare_tolerance.h"

#include "generators/toml_internal.h"

namespace wrist {
namespace {

ChannelTolerance read_channel(const TomlTable& t) {
  ChannelTolerance c;
  c.ignore = t.boolean("ignore", false);
  c.counts = t.number("counts", 0);
  if (c.counts < 0) t.fail("counts", "0 or more");
  c.share = t.number("share", 1);
  if (c.share <= 0 || c.share > 1) t.fail("share", "above 0, at most 1");
  if (t.has("rms")) c.rms = t.number("rms");
  if (c.rms && *c.rms < 0) t.fail("rms", "0 or more");
  if (!t.has("bands")) return c;
  for (const std::vector<double>& row : t.quantity_rows("bands", Dimension::ratio, 3)) {
    if (row[0] < 0 || row[1] <= row[0] || row[2] < 0)
      t.fail("bands", "rows of [from Hz, to Hz, relative], rising");
    c.bands.push_back({row[0], row[1], row[2]});
  }
  return c;
}

bool fits(const std::string& name, const std::string& path) {
  if (!name.ends_with('*')) return name == path;
  return path.starts_with(std::string_view(name).substr(0, name.size() - 1));
}

}  // namespace

const ChannelTolerance* CompareTolerance::find(const std::string& path) const {
  const ChannelTolerance* best = nullptr;
  std::size_t length = 0;
  for (const auto& [name, channel] : channels)
    if (fits(name, path) && name.size() >= length) {
      best = &channel;
      length = name.size();
    }
  return best;
}

CompareTolerance read_tolerance(const std::filesystem::path& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  CompareTolerance tolerance;
  tolerance.event_s = t.number("event_ms", 0) * 1e-3;
  if (tolerance.event_s < 0) t.fail("event_ms", "0 or more");
  const TomlTable channels = t.table("channels");
  for (const std::string& name : channels.keys()) {
    if (!name.starts_with('/'))
      channels.fail(name, "the path of a dataset, such as \"/imu/accel\"");
    tolerance.channels[name] = read_channel(channels.table(name));
  }
  t.finish();
  return tolerance;
}

}  // namespace wrist
