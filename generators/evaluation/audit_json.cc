// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/evaluation/audit.h"

namespace wrist::evaluation {
namespace {

using nlohmann::json;

json number_or_null(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

json quantiles_json(const std::array<double, 3>& values) {
  json all = json::array();
  for (const double value : values) all.push_back(number_or_null(value));
  return all;
}

json side_json(const AuditSide& s) {
  return {{"name", s.name},
          {"recordings", s.recordings},
          {"windows", s.windows},
          {"people", s.people},
          {"units", s.units},
          {"straps", s.straps},
          {"watches", s.watches},
          {"class_recordings", s.class_recordings},
          {"class_windows", s.class_windows}};
}

json near_json(const NearFigures& n) {
  return {{"test_windows", n.test_windows},
          {"train_windows", n.train_windows},
          {"people_windows", n.people_windows},
          {"quantiles", kNearQuantiles},
          {"test", quantiles_json(n.test_quantiles)},
          {"between_people", quantiles_json(n.people_quantiles)},
          {"limit", number_or_null(n.limit)}};
}

}  // namespace

std::string audit_json(const AuditReport& report) {
  json findings = json::array(), sides = json::array();
  for (const AuditFinding& f : report.findings)
    findings.push_back({{"kind", f.kind}, {"text", f.text}, {"count", f.count}});
  for (const AuditSide& s : report.sides) sides.push_back(side_json(s));
  const json all{{"schema_version", 1},
                 {"passed", report.passed()},
                 {"findings", findings},
                 {"sides", sides},
                 {"common_straps", report.common_straps},
                 {"common_watches", report.common_watches},
                 {"near", near_json(report.near)}};
  return all.dump(1) + "\n";
}

}  // namespace wrist::evaluation
