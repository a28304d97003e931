// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_events.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace wrist::evaluation {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

using Place = std::pair<std::string, int>;  // recording, class

struct Open {
  AnswerEvent event;
  bool found = false;
};

struct Tally {
  EventMetrics counts;
  std::vector<double> latencies;  // s
};

// The event a detection belongs to, which is not found yet if there is such a one; else null.
Open* event_of(const Detection& d, std::vector<Open>& events, double tolerance_s) {
  Open* repeated = nullptr;
  for (Open& e : events) {
    if (d.time_s < e.event.start_s || d.time_s > e.event.end_s + tolerance_s) continue;
    if (!e.found) return &e;
    repeated = &e;
  }
  return repeated;
}

void add(const Detection& d, Open* event, Tally& tally) {
  if (event == nullptr) {
    ++tally.counts.detections;
    ++tally.counts.false_alarms;
    tally.counts.null_false_alarms += d.null;
  } else if (event->found) {
    ++tally.counts.repeats;
  } else {
    event->found = true;
    ++tally.counts.detections;
    ++tally.counts.found;
    tally.latencies.push_back(d.time_s - event->event.start_s);
  }
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

EventMetrics finished(const Tally& tally) {
  EventMetrics m = tally.counts;
  const auto ratio = [](std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
  };
  m.precision = ratio(m.found, m.detections);
  m.recall = ratio(m.found, m.events);
  m.f1 = ratio(2 * m.found, m.detections + m.events);
  m.mean_latency_s = m.median_latency_s = kNone;
  if (tally.latencies.empty()) return m;
  m.mean_latency_s = std::accumulate(tally.latencies.begin(), tally.latencies.end(), 0.) /
                     static_cast<double>(m.found);
  m.median_latency_s = median(tally.latencies);
  return m;
}

void add(const Tally& one, Tally& all) {
  EventMetrics& sum = all.counts;
  sum.events += one.counts.events;
  sum.detections += one.counts.detections;
  sum.found += one.counts.found;
  sum.repeats += one.counts.repeats;
  sum.false_alarms += one.counts.false_alarms;
  sum.null_false_alarms += one.counts.null_false_alarms;
  all.latencies.insert(all.latencies.end(), one.latencies.begin(), one.latencies.end());
}

// In order of their ends: the first that a detection may have is the one that closes first.
std::map<Place, std::vector<Open>> by_place(const std::vector<AnswerEvent>& events) {
  std::map<Place, std::vector<Open>> all;
  for (const AnswerEvent& e : events) all[{e.recording, e.label}].push_back({e});
  for (auto& [place, list] : all)
    std::stable_sort(list.begin(), list.end(),
                     [](const Open& a, const Open& b) { return a.event.end_s < b.event.end_s; });
  return all;
}

EventReport report_of(const std::vector<Tally>& tallies, double null_hours) {
  EventReport report;
  Tally all;
  double sum = 0, with_events = 0;
  for (const Tally& tally : tallies) {
    report.classes.push_back(finished(tally));
    add(tally, all);
    if (tally.counts.events == 0) continue;
    sum += report.classes.back().f1;
    ++with_events;
  }
  report.all = finished(all);
  report.macro_f1 = with_events > 0 ? sum / with_events : kNone;
  report.false_alarms_per_hour =
      null_hours > 0 ? static_cast<double>(report.all.null_false_alarms) / null_hours : kNone;
  return report;
}

}  // namespace

std::vector<Detection> detect(std::vector<Saying> sayings, const std::vector<bool>& raised,
                              const EventOptions& options) {
  std::sort(sayings.begin(), sayings.end(), [](const Saying& a, const Saying& b) {
    return std::tie(a.recording, a.time_s, a.label) < std::tie(b.recording, b.time_s, b.label);
  });
  std::map<Place, double> last;
  std::vector<Detection> all;
  for (const Saying& s : sayings) {
    if (!raised[static_cast<std::size_t>(s.label)] || s.probability < options.threshold) continue;
    const auto [at, first] = last.emplace(Place(s.recording, s.label), s.time_s);
    if (!first && s.time_s - at->second < options.refractory_s) continue;
    at->second = s.time_s;
    all.push_back({s.recording, s.time_s, s.label, s.null});
  }
  return all;
}

EventReport event_report(const std::vector<Detection>& detections,
                         const std::vector<AnswerEvent>& events, std::size_t classes,
                         double null_hours, const EventOptions& options) {
  std::vector<Tally> tallies(classes);
  for (const AnswerEvent& e : events) ++tallies[static_cast<std::size_t>(e.label)].counts.events;
  auto open = by_place(events);
  for (const Detection& d : detections)
    add(d, event_of(d, open[{d.recording, d.label}], options.tolerance_s),
        tallies[static_cast<std::size_t>(d.label)]);
  return report_of(tallies, null_hours);
}

}  // namespace wrist::evaluation
