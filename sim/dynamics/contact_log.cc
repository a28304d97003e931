// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_log.h"

#include <algorithm>

namespace wrist {
namespace {

constexpr double kPause_s = 0.010;  // [assumed]

int digit_of(Body tip) {
  return (static_cast<int>(tip) - static_cast<int>(Body::thumb_abduction)) / 4;
}

}  // namespace

ContactLog::ContactLog(const TimeGrid& steps) : steps_(steps), force_(Series::Zero(steps.count)) {}

void ContactLog::record(Index step, const std::vector<TipContact>& contacts) {
  for (const TipContact& contact : contacts) {
    force_[step] += contact.force;
    const int digit = digit_of(contact.finger);
    Touch& touch = touches_[static_cast<std::size_t>(digit)];
    if (touch.open && static_cast<double>(step - touch.last) > kPause_s * steps_.rate_hz)
      close(digit);
    if (!touch.open) touch = {true, step, step};
    touch.last = step;
  }
}

void ContactLog::close(int digit) {
  Touch& touch = touches_[static_cast<std::size_t>(digit)];
  const std::string name =
      "contact:" + to_string(digit_body(digit, 3)) + "-" + to_string(Body::thumb_distal);
  events_.push_back({steps_.time(touch.first), steps_.time(touch.last), name, "contact", 1});
  touch.open = false;
}

std::vector<Event> ContactLog::finish() {
  for (int digit = 0; digit < kDigits; ++digit)
    if (touches_[static_cast<std::size_t>(digit)].open) close(digit);
  std::sort(events_.begin(), events_.end(),
            [](const Event& a, const Event& b) { return a.start_s < b.start_s; });
  return events_;
}

Series ContactLog::force(const TimeGrid& clock) const {
  Series out = Series::Zero(clock.count);
  Index step = 0;
  for (Index i = 0; i < clock.count; ++i)
    for (; step < steps_.count && steps_.time(step) <= clock.time(i) + 0.5 / steps_.rate_hz; ++step)
      out[i] = std::max(out[i], force_[step]);
  return out;
}

}  // namespace wrist
