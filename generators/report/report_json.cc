// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/report/figures.h"

namespace wrist::report {
namespace {

using nlohmann::json;

// Short numbers make small pages: 0.0123456789 -> 0.012346. Not finite becomes null.
json brief(double value) {
  constexpr double kDigits = 5;
  if (!std::isfinite(value)) return nullptr;
  if (value == 0) return 0;
  const double power = std::pow(10, kDigits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * power) / power;
}

json brief(const Numbers& values) {
  json all = json::array();
  for (const double value : values) all.push_back(brief(value));
  return all;
}

json brief(const std::vector<std::array<double, 3>>& rows) {
  json all = json::array();
  for (const auto& row : rows) all.push_back({brief(row[0]), brief(row[1]), brief(row[2])});
  return all;
}

template <typename T>
json list(const std::vector<T>& items, json (*convert)(const T&)) {
  json all = json::array();
  for (const T& item : items) all.push_back(convert(item));
  return all;
}

json to_value(const ShardFigure& s) {
  return {{"file", s.file},
          {"recordings", s.recordings},
          {"duration_s", brief(s.duration_s)},
          {"bytes", s.bytes},
          {"content_sha256", s.content_sha256}};
}

json to_value(const Totals& t) {
  return {{"recordings", t.recordings},
          {"subjects", t.subjects},
          {"devices", t.devices},
          {"straps", t.straps},
          {"clips", t.clips},
          {"duration_s", brief(t.duration_s)},
          {"windows", t.windows},
          {"events", t.events},
          {"imu_rate_hz", brief(t.imu_rate_hz)},
          {"optical_rate_hz", brief(t.optical_rate_hz)},
          {"imu_part", t.imu_part},
          {"optical_part", t.optical_part},
          {"window_s", brief(t.window_s)},
          {"hop_s", brief(t.hop_s)}};
}

json to_value(const CardSection& s) { return {{"heading", s.heading}, {"text", s.text}}; }

json to_value(const ClassFigure& c) {
  return {
      {"name", c.name},       {"definition", c.definition}, {"parent", c.parent},
      {"rare", c.rare},       {"held_out", c.held_out},     {"recordings", c.recordings},
      {"windows", c.windows}, {"events", c.events},         {"labelled_s", brief(c.labelled_s)}};
}

json to_value(const SpectrumFigure& s) {
  return {{"class", s.class_name},
          {"windows", s.windows},
          {"frequency_hz", brief(s.frequency_hz)},
          {"accel", brief(s.accel)},
          {"gyro", brief(s.gyro)}};
}

json to_value(const QuantileFigure& q) {
  return {{"class", q.class_name},
          {"windows", q.windows},
          {"probability", q.probability},
          {"quantile", brief(q.quantile)}};
}

json to_value(const FeatureFigure& f) {
  return {{"name", f.name},
          {"label", f.label},
          {"unit", f.unit},
          {"log", f.log},
          {"classes", list(f.classes, to_value)}};
}

json to_value(const AllanFigure::Curve& c) {
  return {{"device", c.device}, {"sensor", c.sensor},      {"unit", c.unit},
          {"axis", c.axis},     {"tau_s", brief(c.tau_s)}, {"deviation", brief(c.deviation)}};
}

json to_value(const HistogramFigure::Group& g) { return {{"name", g.name}, {"counts", g.counts}}; }

json to_value(const HistogramFigure& h) {
  return {{"name", h.name},     {"label", h.label},        {"unit", h.unit},
          {"groups", h.groups}, {"edges", brief(h.edges)}, {"series", list(h.series, to_value)},
          {"note", h.note}};
}

json to_value(const SplitFigure& s) {
  return {{"name", s.name},
          {"recordings", s.recordings},
          {"windows", s.windows},
          {"subjects", s.subjects},
          {"by_class", s.by_class}};
}

json to_value(const DisjointFigure::Overlap& o) {
  return {{"by", o.by}, {"name", o.name}, {"splits", o.splits}};
}

json to_value(const Thumbnail& t) {
  return {{"shard", t.shard},
          {"sequence", t.sequence},
          {"start_s", brief(t.start_s)},
          {"rate_hz", brief(t.rate_hz)},
          {"subject", t.subject},
          {"strap", t.strap},
          {"accel", brief(t.accel)},
          {"gyro", brief(t.gyro)},
          {"optical", brief(t.optical)},
          {"optical_rate_hz", brief(t.optical_rate_hz)}};
}

json to_value(const ThumbnailRow& r) {
  return {{"class", r.class_name}, {"windows", list(r.windows, to_value)}};
}

json to_value(const AgainstFigure::File& f) {
  return {{"file", f.file},
          {"class", f.class_name},
          {"rate_hz", brief(f.rate_hz)},
          {"seconds", brief(f.seconds)},
          {"windows", f.windows},
          {"notes", f.notes}};
}

json to_value(const AgainstFigure::Class& c) {
  return {{"name", c.name},
          {"synthetic", c.synthetic.empty() ? json(nullptr) : json(c.synthetic)},
          {"windows", c.windows}};
}

json to_value(const AgainstFigure::Gap& g) {
  return {{"class", g.class_name},
          {"feature", g.feature},
          {"real_median", brief(g.real_median)},
          {"synthetic_median", brief(g.synthetic_median)},
          {"outside", brief(g.outside)},
          {"distance", brief(g.distance)}};
}

json to_value(const AgainstFigure& a) {
  return {{"files", list(a.files, to_value)},
          {"classes", list(a.classes, to_value)},
          {"spectra", list(a.spectra, to_value)},
          {"features", list(a.features, to_value)},
          {"gap", list(a.gap, to_value)}};
}

json to_value(const std::vector<CountTable>& tables) {
  json all = json::object();
  for (const CountTable& t : tables)
    all[t.by] = {{"names", t.names}, {"recordings", t.recordings}, {"seconds", brief(t.seconds)}};
  return all;
}

}  // namespace

std::string to_json(const Report& r) {
  const json recipe = json::parse(r.recipe_json, nullptr, false);
  const json all = {{"kind", "report"},
                    {"title", r.title},
                    {"license", r.license},
                    {"dataset_id", r.dataset_id},
                    {"generator", r.generator},
                    {"seed", r.seed},
                    {"recipe", recipe.is_discarded() ? json() : recipe},
                    {"shards", list(r.shards, to_value)},
                    {"totals", to_value(r.totals)},
                    {"card", list(r.card, to_value)},
                    {"classes", list(r.classes, to_value)},
                    {"counts", to_value(r.counts)},
                    {"durations",
                     {{"edges", brief(r.durations.edges)},
                      {"counts", r.durations.counts},
                      {"min", brief(r.durations.least)},
                      {"median", brief(r.durations.median)},
                      {"max", brief(r.durations.most)}}},
                    {"spectra", list(r.spectra, to_value)},
                    {"features", list(r.features, to_value)},
                    {"allan",
                     {{"rule", r.allan.rule},
                      {"seconds", brief(r.allan.seconds)},
                      {"curves", list(r.allan.curves, to_value)}}},
                    {"histograms", list(r.histograms, to_value)},
                    {"splits", list(r.splits, to_value)},
                    {"disjoint",
                     {{"by", r.disjoint.by},
                      {"rule", r.disjoint.rule},
                      {"overlaps", list(r.disjoint.overlaps, to_value)}}},
                    {"thumbnails", list(r.thumbnails, to_value)},
                    {"against", r.against ? to_value(*r.against) : json(nullptr)}};
  // A name from someone's file may not be UTF-8: its bad bytes must not cost the whole report.
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace wrist::report
