// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/score_events.h"

#include <algorithm>
#include <set>

namespace wrist::evaluation {
namespace {

std::vector<bool> raised_classes(const Answers& a) {
  std::vector<bool> raised;
  for (const AnswerClass& c : a.classes) raised.push_back(c.event && !c.null);
  return raised;
}

// Hours of null are those of daily motion; in a set without any, those of the null class.
bool has_daily(const Answers& a) {
  return std::any_of(a.windows.begin(), a.windows.end(),
                     [](const AnswerWindow& w) { return w.context == kDaily; });
}

// Those that somebody was asked about: recordings that are only stressed have events, too.
std::vector<AnswerEvent> events_of(const Answers& a, const std::vector<Saying>& sayings,
                                   const std::vector<bool>& raised) {
  std::set<std::string> recordings;
  for (const Saying& s : sayings) recordings.insert(s.recording);
  std::vector<AnswerEvent> events;
  for (const AnswerEvent& e : a.events)
    if (raised[static_cast<std::size_t>(e.label)] && recordings.contains(e.recording))
      events.push_back(e);
  return events;
}

}  // namespace

std::optional<EventReport> score_events(const Answers& a, const Scores& scores,
                                        const std::vector<int>& said, const ScoreOptions& o) {
  if (a.events.empty() && a.null_hours <= 0) return std::nullopt;
  const int null = null_class(a);
  const bool daily = has_daily(a);
  std::vector<Saying> sayings;
  for (const std::size_t row : rows_of(a, [](const AnswerWindow& w) {
         return w.corruption < 0 && w.shots == 0 && (w.context.empty() || w.context == kDaily);
       })) {
    const AnswerWindow& w = a.windows[row];
    sayings.push_back({w.recording, w.start_s + a.window_s, said[row],
                       scores(static_cast<Index>(row), said[row]),
                       daily ? w.context == kDaily : w.label == null});
  }
  const EventOptions options{o.threshold, o.refractory_s, o.tolerance_s.value_or(a.window_s)};
  const std::vector<bool> raised = raised_classes(a);
  return event_report(detect(sayings, raised, options), events_of(a, sayings, raised),
                      a.classes.size(), a.null_hours, options);
}

}  // namespace wrist::evaluation
