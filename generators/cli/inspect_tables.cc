// SPDX-License-Identifier: Apache-2.0
#include "generators/cli/inspect_tables.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "sim/base/constants.h"

namespace wrist::cli {
namespace {

constexpr int kWidth = 32;      // columns of a sparkline in a row of others
constexpr int kWideWidth = 60;  // of one that has a row of its own
constexpr const char* kIndent = "  ";

std::string digits(double value, int significant = 4) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*g", significant, value);
  return text;
}

std::string fixed(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string name_of(const std::vector<std::string>& names, int id) {
  return id < 0 ? "-" : names.at(static_cast<std::size_t>(id));
}

std::string more(std::size_t all, std::size_t shown, const std::string& what) {
  if (all <= shown) return "";
  return std::string(kIndent) + "and " + std::to_string(all - shown) + " more " + what +
         " (--most)\n";
}

constexpr double kStill = 0.1;  // m/s2; below this a recording's sparkline lies flat

// Without the samples that were lost.
Series present(const Series& values) {
  Series kept(values.size());
  const auto end = std::copy_if(values.begin(), values.end(), kept.begin(),
                                [](double value) { return std::isfinite(value); });
  kept.conservativeResize(end - kept.begin());
  return kept;
}

// How far the specific force is from gravity, at its greatest in each stretch of the recording;
// log10 of m/s2, for a tap is small beside a stride.
Series stir(const Shard& shard, const ShardTables::Sequence& s) {
  if (s.imu_count == 0 || !shard.has("/imu/accel")) return Series::Constant(kWidth, std::nan(""));
  const Eigen::ArrayXXd a = shard.read("/imu/accel", s.imu_start, s.imu_count);
  const Series force = a.square().rowwise().sum().sqrt();
  return bucket_peaks((force - kGravity).abs().max(kStill), kWidth).log10();
}

using RowField = std::int64_t ShardTables::Sequence::*;

struct Source {
  std::string path, name, unit;
  double scale = 1;
  RowField start = &ShardTables::Sequence::imu_start, count = &ShardTables::Sequence::imu_count;
};

std::vector<Source> sources() {
  constexpr double kDegrees = 180 / kPi;
  using Row = ShardTables::Sequence;
  return {{"/imu/accel", "accel", "m/s2", 1},
          {"/imu/gyro", "gyro", "deg/s", kDegrees},
          {"/magnetometer/field", "field", "uT", 1e6, &Row::magnetometer_start,
           &Row::magnetometer_count},
          {"/optical/counts", "light", "counts", 1, &Row::optical_start, &Row::optical_count},
          {"/truth/strap_slip", "slip", "mm", 1e3},
          {"/truth/contact_pressure", "pressure", "kPa", 1e-3},
          {"/truth/gap", "gap", "mm", 1e3}};
}

std::vector<std::string> column_names(const Shard& shard, const Source& source, Index columns) {
  if (columns == 1) return {source.name};
  std::vector<std::string> names;
  const bool is_light = source.path.starts_with("/optical/");
  const Attributes optical = is_light ? shard.attributes("/optical") : Attributes{};
  if (optical.contains("channel_names"))
    names = attribute<std::vector<std::string>>(optical, "channel_names");
  else if (columns == 2)
    names = {source.name + " along", source.name + " round"};
  else
    for (Index k = 0; k < columns; ++k)
      names.push_back(source.name + " " + static_cast<char>('x' + k));
  names.resize(static_cast<std::size_t>(columns));
  return names;
}

Trace make_trace(const std::string& name, const std::string& unit, const Series& values) {
  const Series there = present(values);
  if (there.size() == 0) {
    const double none = std::nan("");
    return {name, unit, values, none, none, none, none};
  }
  const double mean = there.mean();
  return {name,
          unit,
          values,
          there.minCoeff(),
          there.maxCoeff(),
          mean,
          std::sqrt((there - mean).square().mean())};
}

}  // namespace

std::string summary_text(const ShardSummary& s) {
  std::string text = s.file + "\n  " + s.title + ", shard " + std::to_string(s.shard_index + 1) +
                     " of " + std::to_string(s.shard_count) + ", seed " + std::to_string(s.seed) +
                     "\n  " + std::to_string(s.sequences) + " recordings of " +
                     std::to_string(s.subjects) + " people, " + format_duration(s.duration_s) +
                     ", " + std::to_string(s.events) + " events\n  content " +
                     s.content_sha256.substr(0, 12) + ", recipe " + s.recipe_sha256.substr(0, 12) +
                     ", wristsim " + s.generator_version + "\n\n";
  TextTable streams({"stream", "rows", "Hz", "channels"}, {false, true, true, false});
  for (const auto& stream : s.streams) {
    std::string group = stream.group, rows = std::to_string(stream.rows);
    std::string rate = digits(stream.rate_hz);
    for (const std::string& channel : stream.channels) {
      streams.add({group, rows, rate, channel});
      group = rows = rate = "";
    }
  }
  text += streams.text(kIndent) + '\n';
  std::int64_t samples = 0;
  for (const auto& c : s.classes) samples += c.samples;
  TextTable classes({"class", "recordings", "samples", "share of labelled samples"},
                    {false, true, true, false});
  for (const auto& c : s.classes) {
    const double share =
        samples == 0 ? 0 : static_cast<double>(c.samples) / static_cast<double>(samples);
    classes.add({c.name, std::to_string(c.sequences), std::to_string(c.samples),
                 bar(share, kWidth) + " " + fixed(100 * share, 0) + " %"});
  }
  return text + classes.text(kIndent);
}

std::string sequence_table(const Shard& shard, std::size_t most) {
  const ShardTables& t = shard.tables();
  const std::size_t shown = std::min(most, t.sequences.size());
  std::vector<Series> stirs;
  double highest = std::log10(kStill);
  for (std::size_t i = 0; i < shown; ++i) {
    stirs.push_back(stir(shard, t.sequences[i]));
    for (const double peak : stirs.back())
      if (peak > highest) highest = peak;
  }
  TextTable table({"#", "class", "person", "watch", "strap", "worn", "s",
                   "| |a| - g |, log, 0.1 to " + digits(std::pow(10, highest), 2) + " m/s2"},
                  {true, false, false, false, false, false, true, false});
  for (std::size_t i = 0; i < shown; ++i) {
    const ShardTables::Sequence& s = t.sequences[i];
    table.add({std::to_string(i),
               s.class_id < 0 ? "-" : t.classes[static_cast<std::size_t>(s.class_id)].name,
               name_of(t.subjects, s.subject), name_of(t.devices, s.device),
               name_of(t.straps, s.strap), name_of(t.placements, s.placement),
               fixed(s.duration_s, 1), sparkline(stirs[i], kWidth, std::log10(kStill), highest)});
  }
  return table.text(kIndent) + more(t.sequences.size(), shown, "recordings");
}

std::vector<Trace> read_traces(const Shard& shard, std::int64_t sequence) {
  const ShardTables::Sequence& s = shard.tables().sequences.at(static_cast<std::size_t>(sequence));
  std::vector<Trace> traces;
  for (const Source& source : sources()) {
    if (s.*source.count == 0 || !shard.has(source.path)) continue;
    const Eigen::ArrayXXd values = shard.read(source.path, s.*source.start, s.*source.count);
    const auto names = column_names(shard, source, values.cols());
    for (Index k = 0; k < values.cols(); ++k)
      traces.push_back(make_trace(names[static_cast<std::size_t>(k)], source.unit,
                                  values.col(k) * source.scale));
  }
  return traces;
}

std::string sequence_head(const Shard& shard, std::int64_t sequence) {
  const ShardTables& t = shard.tables();
  const ShardTables::Sequence& s = t.sequences.at(static_cast<std::size_t>(sequence));
  const std::string class_name =
      s.class_id < 0 ? "no class" : t.classes[static_cast<std::size_t>(s.class_id)].name;
  return shard.file().string() + ", sequence " + std::to_string(sequence) + "\n  " + class_name +
         " by " + name_of(t.subjects, s.subject) + " (" + name_of(t.clips, s.clip) + "), " +
         name_of(t.devices, s.device) + " on " + name_of(t.straps, s.strap) + ", " +
         name_of(t.placements, s.placement) + ", " + format_duration(s.duration_s) + ", split " +
         name_of(t.split_names, s.split) + "\n";
}

std::string trace_table(const std::vector<Trace>& traces) {
  TextTable table({"trace", "unit", "least", "mean", "most", "rms", "over the recording"},
                  {false, false, true, true, true, true, false});
  for (const Trace& t : traces)
    table.add({t.name, t.unit, digits(t.lowest), digits(t.mean), digits(t.highest), digits(t.rms),
               sparkline(t.values, kWideWidth, t.lowest, t.highest)});
  return table.text(kIndent);
}

std::string event_table(const Shard& shard, std::int64_t sequence, std::size_t most) {
  const ShardTables& t = shard.tables();
  TextTable table({"from s", "to s", "event", "m/s", "source"}, {true, true, false, true, false});
  std::size_t all = 0, shown = 0;
  for (const ShardTables::EventRow& e : t.events) {
    const std::string name = name_of(t.event_names, e.class_id);
    if (e.sequence != sequence || name.starts_with("beat") || ++all > most) continue;
    ++shown;
    table.add({fixed(e.start_s, 3), fixed(e.end_s, 3), name,
               std::isnan(e.speed) ? "" : fixed(e.speed, 2), name_of(t.event_sources, e.source)});
  }
  if (all == 0) return std::string(kIndent) + "no events but heart beats\n";
  return table.text(kIndent) + more(all, shown, "events");
}

}  // namespace wrist::cli
