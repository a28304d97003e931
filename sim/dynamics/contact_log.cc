// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_log.h"

#include <algorithm>

namespace wrist {
namespace {

constexpr double kPause_s = 0.010;  // [assumed]

}  // namespace

ContactLog::ContactLog(const TimeGrid& steps) : steps_(steps), force_(Series::Zero(steps.count)) {}

std::size_t ContactLog::add_pair(const std::string& name) {
  pairs_.push_back({name});
  return pairs_.size() - 1;
}

void ContactLog::record(Index step, const std::vector<Touching>& touching) {
  for (const Touching& now : touching) {
    force_[step] += now.force;
    Pair& pair = pairs_[now.pair];
    if (pair.open && static_cast<double>(step - pair.last) > kPause_s * steps_.rate_hz) close(pair);
    if (!pair.open) pair = {pair.name, true, step, step, now.speed, 0, 0};
    pair.last = step;
    pair.peak = std::max(pair.peak, now.force);
    pair.sum += now.force;
  }
}

void ContactLog::close(Pair& pair) {
  const Event event{
      steps_.time(pair.first), steps_.time(pair.last), pair.name, "contact", 1, pair.speed};
  touches_.push_back({event, pair.peak, pair.sum / steps_.rate_hz});
  pair.open = false;
}

std::vector<Touch> ContactLog::finish() {
  for (Pair& pair : pairs_)
    if (pair.open) close(pair);
  std::sort(touches_.begin(), touches_.end(),
            [](const Touch& a, const Touch& b) { return a.event.start_s < b.event.start_s; });
  return touches_;
}

Series largest_since(const Series& force, const TimeGrid& steps, const TimeGrid& clock) {
  Series out = Series::Zero(clock.count);
  Index step = 0;
  for (Index i = 0; i < clock.count; ++i)
    for (; step < steps.count && steps.time(step) <= clock.time(i) + 0.5 / steps.rate_hz; ++step)
      out[i] = std::max(out[i], force[step]);
  return out;
}

}  // namespace wrist
