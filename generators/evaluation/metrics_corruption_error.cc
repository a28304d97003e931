// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_corruption_error.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "generators/report/csv_reader.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

using nlohmann::json;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// Sums of many recalls: what is less than this is rounding.
constexpr double kLeast = 1e-12;

[[noreturn]] void refuse(const Baseline& b, const std::string& text) {
  throw Error(ErrorKind::bad_data, "baseline " + b.name + ": " + text);
}

const SeverityMetrics& counterpart(const Baseline& b, const std::string& name,
                                   const SeverityMetrics& own) {
  for (const CorruptionMetrics& c : b.degradation.corruptions)
    for (const SeverityMetrics& s : c.severities)
      if (c.name == name && s.severity == own.severity) {
        if (s.windows != own.windows)
          refuse(b, name + " " + std::to_string(own.severity) + ": expected " +
                        std::to_string(own.windows) + " windows, found " +
                        std::to_string(s.windows));
        return s;
      }
  refuse(b, "has no " + name + " of severity " + std::to_string(own.severity));
}

struct Errors {
  double own = 0, added = 0;
  void add(const SeverityMetrics& s) {
    own += 1 - s.balanced_accuracy;
    added += s.clean_balanced_accuracy - s.balanced_accuracy;
  }
};

CorruptionError error_of(const CorruptionMetrics& c, const Baseline& b) {
  Errors own, base;
  for (const SeverityMetrics& s : c.severities) {
    own.add(s);
    base.add(counterpart(b, c.name, s));
  }
  return {c.name, base.own > kLeast ? own.own / base.own : kUnknown,
          base.added > kLeast ? own.added / base.added : kUnknown};
}

double mean(const std::vector<CorruptionError>& all, double CorruptionError::*value) {
  double sum = 0, count = 0;
  for (const CorruptionError& e : all) {
    if (std::isnan(e.*value)) continue;
    sum += e.*value;
    ++count;
  }
  return count > 0 ? sum / count : kUnknown;
}

CorruptionMetrics read_corruption(const json& c) {
  CorruptionMetrics m{c.at("name"), {}, kUnknown};
  for (const json& s : c.at("severities")) {
    SeverityMetrics one;
    one.severity = s.at("severity");
    one.windows = s.at("windows");
    one.balanced_accuracy = s.at("balanced_accuracy");
    one.clean_balanced_accuracy = s.at("clean_balanced_accuracy");
    m.severities.push_back(one);
  }
  return m;
}

}  // namespace

Baseline read_baseline(const std::filesystem::path& file, const std::string& set_id) {
  std::ifstream in(file);
  require(in.good(), ErrorKind::io, file.string() + ": cannot be read");
  const json all = json::parse(in, nullptr, false);
  if (!all.is_object()) report::bad_file(file, "expected what score --json prints");
  try {
    const std::string of = all.at("set_id");
    if (of != set_id)
      report::bad_file(file, "expected figures of set \"" + set_id + "\", found \"" + of + "\"");
    Baseline b{all.at("predictions"), {}};
    for (const json& c : all.at("degradation").at("corruptions"))
      b.degradation.corruptions.push_back(read_corruption(c));
    return b;
  } catch (const json::exception& error) {
    report::bad_file(file, std::string("expected what score --json prints: ") + error.what());
  }
}

CorruptionErrors corruption_errors(const Degradation& own, const Baseline& b) {
  CorruptionErrors all{b.name, {}, kUnknown, kUnknown};
  for (const CorruptionMetrics& c : own.corruptions) all.corruptions.push_back(error_of(c, b));
  all.mean = mean(all.corruptions, &CorruptionError::error);
  all.mean_relative = mean(all.corruptions, &CorruptionError::relative);
  return all;
}

}  // namespace wrist::evaluation
