// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/score_json.h"

namespace wrist::evaluation {

using nlohmann::json;

namespace {

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

}  // namespace

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

}  // namespace wrist::evaluation
