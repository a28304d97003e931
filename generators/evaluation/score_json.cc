// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/evaluation/score.h"

namespace wrist::evaluation {
namespace {

using nlohmann::json;

// What is not known is null.
json number(double value) { return std::isfinite(value) ? json(value) : json(); }

json to_json(const CorruptionMetrics& c) {
  json severities = json::array();
  for (const SeverityMetrics& s : c.severities)
    severities.push_back({{"severity", s.severity},
                          {"windows", s.windows},
                          {"macro_f1", s.macro_f1},
                          {"clean_macro_f1", s.clean_macro_f1},
                          {"balanced_accuracy", s.balanced_accuracy},
                          {"clean_balanced_accuracy", s.clean_balanced_accuracy},
                          {"relative", number(s.relative)}});
  return {{"name", c.name}, {"severities", severities}, {"mean_relative", number(c.mean_relative)}};
}

json to_json(const ContextFigures& f) {
  return {{"windows", f.windows},
          {"balanced_accuracy", f.balanced_accuracy},
          {"macro_f1", f.macro_f1},
          {"clean_balanced_accuracy", number(f.clean_balanced_accuracy)},
          {"clean_macro_f1", number(f.clean_macro_f1)},
          {"relative", number(f.relative)}};
}

json to_json(const Degradation& d) {
  json corruptions = json::array();
  for (const CorruptionMetrics& c : d.corruptions) corruptions.push_back(to_json(c));
  const bool any = d.worst >= 0;
  return {{"corruptions", corruptions},
          {"mean_relative", number(d.mean_relative)},
          {"worst", any ? json(d.corruptions[static_cast<std::size_t>(d.worst)].name) : json()}};
}

json to_json(const CorruptionErrors& e) {
  json corruptions = json::array();
  for (const CorruptionError& c : e.corruptions)
    corruptions.push_back(
        {{"name", c.name}, {"error", number(c.error)}, {"relative", number(c.relative)}});
  return {{"baseline", e.baseline},
          {"corruptions", corruptions},
          {"mean", number(e.mean)},
          {"mean_relative", number(e.mean_relative)}};
}

json to_json(const std::vector<ContextMetrics>& all) {
  json list = json::array();
  for (const ContextMetrics& c : all)
    list.push_back({{"name", c.name},
                    {"all", to_json(c.all)},
                    {"seen", c.seen.windows > 0 ? to_json(c.seen) : json()}});
  return list;
}

json to_json(const std::vector<Slices>& all) {
  json by = json::object();
  for (const Slices& s : all) {
    json list = json::array();
    for (const Slice& slice : s.slices)
      list.push_back({{"name", slice.name},
                      {"windows", slice.windows},
                      {"balanced_accuracy", slice.balanced_accuracy}});
    by[s.by] = {{"worst_first", list}, {"too_few", s.too_few}};
  }
  return by;
}

json to_json(const AttributeMetrics& m) {
  json list = json::array();
  for (const AttributeArea& a : m.attributes)
    list.push_back({{"name", a.name},
                    {"with", a.with},
                    {"without", a.without},
                    {"auc", number(a.area)},
                    {"unseen_auc", number(a.unseen_area)}});
  return {{"attributes", list},
          {"mean_auc", number(m.mean)},
          {"unseen_mean_auc", number(m.unseen_mean)}};
}

json to_json(const WindowMetrics& m, const std::vector<std::string>& names) {
  json classes = json::array(), counts = json::array();
  for (std::size_t i = 0; i < m.classes.size(); ++i) {
    const ClassMetrics& c = m.classes[i];
    classes.push_back({{"name", names[i]},
                       {"support", c.support},
                       {"predicted", c.predicted},
                       {"precision", c.precision},
                       {"recall", c.recall},
                       {"f1", c.f1}});
    json row = json::array();
    for (Index k = 0; k < m.confusion.cols(); ++k)
      row.push_back(m.confusion(static_cast<Index>(i), k));
    counts.push_back(row);
  }
  const bool any = m.worst_class >= 0;
  return {{"windows", m.windows},
          {"accuracy", m.accuracy},
          {"balanced_accuracy", m.balanced_accuracy},
          {"macro_precision", m.macro_precision},
          {"macro_f1", m.macro_f1},
          {"worst_f1", m.worst_f1},
          {"worst_class", any ? json(names[static_cast<std::size_t>(m.worst_class)]) : json()},
          {"classes", classes},
          {"confusion", counts}};
}

json to_json(const UnseenMetrics& m) {
  return {{"windows", m.windows},
          {"unseen_among_unseen", number(m.among_unseen)},
          {"unseen_among_all", number(m.among_all)}};
}

json to_json(const SeenMetrics& m) {
  json curve = json::array();
  for (const SeenPoint& p : m.curve) curve.push_back({p.unseen, p.seen});
  return {{"unseen_among_unseen", m.unseen_among_unseen},
          {"seen_among_seen", m.seen_among_seen},
          {"unseen_among_all", m.unseen_among_all},
          {"seen_among_all", m.seen_among_all},
          {"near", to_json(m.near)},
          {"far", to_json(m.far)},
          {"harmonic_mean", m.harmonic_mean},
          {"area_under_curve", m.area},
          {"curve", curve}};
}

json to_json(const std::vector<CalibrationBin>& bins) {
  json all = json::array();
  for (const CalibrationBin& b : bins)
    all.push_back({{"windows", b.windows}, {"confidence", b.confidence}, {"accuracy", b.accuracy}});
  return all;
}

json to_json(const Calibration& c) {
  return {{"error_equal_width", c.width_error},
          {"error_equal_mass", c.mass_error},
          {"equal_width", to_json(c.width)},
          {"equal_mass", to_json(c.mass)}};
}

json to_json(const EventMetrics& m) {
  return {{"events", m.events},
          {"detections", m.detections},
          {"found", m.found},
          {"repeats", m.repeats},
          {"false_alarms", m.false_alarms},
          {"null_false_alarms", m.null_false_alarms},
          {"precision", m.precision},
          {"recall", m.recall},
          {"f1", m.f1},
          {"mean_latency_s", number(m.mean_latency_s)},
          {"median_latency_s", number(m.median_latency_s)}};
}

json to_json(const EventReport& r, const std::vector<std::string>& names) {
  json classes = json::array();
  for (std::size_t i = 0; i < r.classes.size(); ++i) {
    json one = to_json(r.classes[i]);
    one["name"] = names[i];
    classes.push_back(one);
  }
  return {{"all", to_json(r.all)},
          {"classes", classes},
          {"macro_f1", number(r.macro_f1)},
          {"false_alarms_per_hour", number(r.false_alarms_per_hour)}};
}

json to_json(const std::vector<FewShot>& all) {
  json list = json::array();
  for (const FewShot& f : all)
    list.push_back({{"shots", f.shots},
                    {"episodes", f.accuracy.episodes},
                    {"mean", f.accuracy.mean},
                    {"half_width_95", number(f.accuracy.half_width)}});
  return list;
}

json to_json(const ScoreOptions& o) {
  return {{"threshold", o.threshold},
          {"refractory_s", o.refractory_s},
          {"tolerance_s", o.tolerance_s.value_or(0)},
          {"bins", o.bins},
          {"least_count", o.least_count}};
}

}  // namespace

std::string score_json(const ScoreReport& r) {
  json all{{"schema_version", 1},
           {"set_id", r.set_id},
           {"title", r.title},
           {"predictions", r.predictions},
           {"scores", r.kind == ScoreKind::logits ? "logits" : "probabilities"},
           {"options", to_json(r.options)},
           {"classes", r.classes},
           {"windows", r.windows},
           {"null_hours", r.null_hours},
           {"clean", to_json(r.clean, r.classes)},
           {"calibration", to_json(r.calibration)},
           {"few_shot", to_json(r.few_shot)},
           {"degradation", to_json(r.degradation)},
           {"contexts", to_json(r.contexts)},
           {"slices", to_json(r.slices)}};
  all["seen_unseen"] = r.seen ? to_json(*r.seen) : json();
  all["open_set"] =
      r.open_set ? json{{"auroc", r.open_set->auroc}, {"fpr95", r.open_set->fpr95}} : json();
  all["events"] = r.events ? to_json(*r.events, r.classes) : json();
  all["corruption_error"] = r.beside ? to_json(*r.beside) : json();
  all["attributes"] = r.attributes ? to_json(*r.attributes) : json();
  return all.dump(1);
}

}  // namespace wrist::evaluation
