// SPDX-License-Identifier: Apache-2.0
#include "motions/movement_draw.h"

#include <algorithm>
#include <cmath>

namespace wrist {
namespace {

double between(const Rng& rng, const Range& range) {
  return range.low + (range.high - range.low) * rng.uniform();
}

int repetitions(const MovementSpec& spec, const Rng& once, const std::string& loop) {
  for (const LoopSpec& l : spec.loops)
    if (l.name == loop) {
      // Whole numbers with equal chances.
      const double u = (once / "loop" / loop).uniform();
      return static_cast<int>(l.count.low + std::floor(u * (l.count.high - l.count.low + 1)));
    }
  return 1;
}

}  // namespace

Drawer::Drawer(const MovementSpec& spec, const Rng& habit, const Rng& once)
    : spec_(spec), habit_(habit / spec.name), once_(once) {}

double Drawer::habitual(const Range& range, const std::string& key) const {
  return between(habit_ / key, range);
}

double Drawer::value(const Range& range, const std::string& key, double cv) const {
  const double own = habitual(range, key);
  const double varied = own * (1 + cv * (once_ / key).normal());
  return std::clamp(varied, range.low, range.high);
}

double Drawer::size(const Range& range, const std::string& key) const {
  return value(range, key, spec_.size_cv);
}

double Drawer::repeated(const Range& range, const std::string& key,
                        const std::string& repetition) const {
  const double varied =
      habitual(range, key) * (1 + spec_.size_cv * (once_ / repetition / key).normal());
  return std::clamp(varied, range.low, range.high);
}

double Drawer::duration(const Range& range, const std::string& key) const {
  return value(range, key, spec_.duration_cv);
}

std::vector<Span> timetable(const MovementSpec& spec, const Drawer& draw, int instance,
                            double start_s, double tempo) {
  std::vector<Span> spans;
  const Rng once = draw.once() / static_cast<std::uint64_t>(instance);
  double t = start_s;
  const auto add = [&](const PhaseSpec& phase, int repetition) {
    const std::string key =
        std::to_string(instance) + "/" + phase.name + "#" + std::to_string(repetition);
    // A person's own pace is in the phase, the single repetition varies about it.
    const double own = draw.habitual(phase.duration_s, phase.name);
    const double varied = own * (1 + spec.duration_cv * (draw.once() / key / "duration").normal());
    const double d = std::clamp(varied, phase.duration_s.low, phase.duration_s.high) / tempo;
    spans.push_back({&phase, t, d, repetition, instance, key});
    t += d;
  };
  for (std::size_t i = 0; i < spec.phases.size();) {
    std::size_t end = i + 1;
    const std::string& loop = spec.phases[i].loop;
    while (!loop.empty() && end < spec.phases.size() && spec.phases[end].loop == loop) ++end;
    const int count = loop.empty() ? 1 : repetitions(spec, once, loop);
    for (int repetition = 0; repetition < count; ++repetition)
      for (std::size_t k = i; k < end; ++k) add(spec.phases[k], repetition);
    i = end;
  }
  return spans;
}

}  // namespace wrist
