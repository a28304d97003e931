// SPDX-License-Identifier: Apache-2.0
#include "motions/movement_tracks.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "motions/stroke.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kTwoPi = 2 * kPi;

// Samples of [from, to) on the grid: [first, last). What lasts to the end of the grid has its last
// sample too, or that would jump back to where all began.
std::array<Index, 2> samples_in(const TimeGrid& time, double from, double to) {
  const auto at = [&time](double t) {
    return std::clamp<Index>(static_cast<Index>(std::ceil((t - time.start_s) * time.rate_hz)), 0,
                             time.count);
  };
  const double half = 0.5 / time.rate_hz;
  return {at(from), to > time.end() - half ? time.count : at(to)};
}

// Smoothly in at the start and out at the end of [from, to].
double envelope(double t, double from, double to) {
  const double ramp = std::min(0.25, (to - from) / 3);  // s [assumed]
  return minimum_jerk((t - from) / ramp) * minimum_jerk((to - t) / ramp);
}

void add_jolt(Tracks& tracks, const JoltSpec& jolt, double frequency, double accel, double decay,
              double at) {
  constexpr double kLongest = 8;  // decays, then it is over
  const auto [first, last] = samples_in(tracks.time, at, at + kLongest * decay);
  for (Index i = first; i < last; ++i)
    tracks.values(i, column(jolt.axis)) +=
        accel * jolt_ring(tracks.time.time(i) - at, frequency, decay);
}

void add_jolt(Performance& p, const Instance& instance, const JoltSpec& jolt, double at,
              const std::string& key) {
  const Drawer& draw = instance.draw;
  add_jolt(p.tracks, jolt, draw.habitual(jolt.frequency_hz, key + "/hz"),
           draw.value(jolt.accel, key + "/accel", 0.15) * instance.freshness(at),
           draw.habitual(jolt.decay_s, key + "/decay"), at);
}

PlannedTouch plan(const TouchSpec& touch, double at, const Drawer& draw, const std::string& key) {
  return {touch,
          at,
          at + touch.hold_s,
          at,
          at,
          draw.value(touch.speed, key + "/speed", 0.15),
          draw.habitual(touch.mass, key + "/mass")};
}

}  // namespace

double stroke_progress(StrokeShape shape, double s) {
  if (s <= 0) return 0;
  if (s >= 1) return 1;
  switch (shape) {
    case StrokeShape::minimum_jerk:
      return minimum_jerk(s);
    // Peak speed at 0.4 of the duration, as real reaches have it: minimum jerk on a warped clock.
    case StrokeShape::lognormal:
      return minimum_jerk(s * (1.5 + s * (-0.75 + 0.25 * s)));
    // Speeds up all the way and is stopped by what it hits: fastest at 0.8.
    case StrokeShape::strike:
      return minimum_jerk(s * s * (1.6 - 0.6 * s));
  }
  return s;
}

double jolt_ring(double since, double frequency_hz, double decay_s) {
  if (since <= 0) return 0;
  const double w = kTwoPi * frequency_hz;
  const double rise = minimum_jerk(since * frequency_hz);  // over one period
  return rise * portable::exp(-since / decay_s) * portable::sin(w * since) / (w * w);
}

std::vector<std::array<double, 2>> Instance::when(const std::vector<std::string>& during) const {
  if (during.empty()) return {{start_s, end_s}};
  std::vector<std::array<double, 2>> all;
  for (const Span& span : spans) {
    if (std::find(during.begin(), during.end(), span.phase->name) == during.end()) continue;
    if (!all.empty() && all.back()[1] >= span.start_s - 1e-9)
      all.back()[1] = span.end_s();  // one stretch
    else
      all.push_back({span.start_s, span.end_s()});
  }
  return all;
}

double Instance::freshness(double t) const {
  const double share = (t - whole_s[0]) / std::max(whole_s[1] - whole_s[0], 1e-9);
  return 1 - style.fatigue * std::clamp(share, 0.0, 1.0);
}

void add_strokes(Performance& p, const Instance& instance, bool and_return) {
  Tracks& tracks = p.tracks;
  const auto [at, none] = samples_in(tracks.time, instance.start_s, instance.start_s);
  const Index begin = std::min<Index>(at, tracks.time.count - 1);
  const Eigen::Array<double, 1, kAxes> base = tracks.values.row(begin);
  Eigen::Array<double, 1, kAxes> offset = Eigen::Array<double, 1, kAxes>::Zero();
  const auto stroke = [&](Index axis, double by, double start, double duration, StrokeShape shape) {
    const auto [first, last] = samples_in(tracks.time, start, start + duration);
    for (Index i = first; i < last; ++i)
      tracks.values(i, axis) +=
          by * stroke_progress(shape, (tracks.time.time(i) - start) / duration);
    tracks.values.col(axis).tail(tracks.time.count - last) += by;
  };
  for (const Span& span : instance.spans)
    for (const AxisValue& entry : span.phase->to) {
      const double drawn =
          instance.draw.repeated(entry.value, span.phase->name + "/" + entry.key, span.key);
      for (const Axis axis : entry.axes) {
        const Index a = column(axis);
        const double wanted =
            entry.relative ? drawn * instance.style.amplitude * instance.freshness(span.start_s)
                           : drawn - base[a];
        stroke(a, wanted - offset[a], span.start_s, span.stroke_s(), span.phase->shape);
        offset[a] = wanted;
      }
    }
  if (!and_return) return;
  const double last = instance.spans.back().end_s();
  for (Index a = 0; a < kAxes; ++a)
    if (offset[a] != 0)
      stroke(a, -offset[a], last, instance.end_s - last, StrokeShape::minimum_jerk);
}

namespace {

// The clock of a rhythm over one stretch: cycles at every sample.
Series cycles_of(const RhythmSpec& rhythm, const Instance& instance, const TimeGrid& time,
                 const std::array<double, 2>& stretch, Index first, Index last, const Rng& rng) {
  const Drawer& draw = instance.draw;
  const double hz = draw.duration(rhythm.hz, rhythm.name + "/hz") * instance.style.tempo;
  const double end =
      rhythm.hz_end ? draw.duration(*rhythm.hz_end, rhythm.name + "/hz_end") * instance.style.tempo
                    : hz;
  const Series drift = rhythm.drift * smooth_noise(time, 0.3, rng / "drift");
  Series cycles(last - first);
  double now = rhythm.during.empty() ? (rng / "start").uniform() : 0;
  for (Index i = first; i < last; ++i) {
    cycles[i - first] = now;
    const double t = time.time(i);
    const double share = (t - stretch[0]) / (stretch[1] - stretch[0]);
    // A pace that falls does so by a constant ratio per time, as a slowing chirp sounds.
    const double pace = hz * portable::exp(share * portable::log(end / hz));
    now += pace * (1 + drift[i]) * instance.freshness(t) / time.rate_hz;
  }
  return cycles;
}

// Calls use(time) whenever the clock passes n + at.
template <typename Use>
void for_each_cycle(const Series& cycles, const TimeGrid& time, Index first, double at,
                    const Use& use) {
  for (Index i = 1; i < cycles.size(); ++i) {
    const double before = cycles[i - 1] - at, after = cycles[i] - at;
    if (std::floor(after) == std::floor(before)) continue;
    const double share = (std::floor(after) - before) / (after - before);
    use(time.time(first + i - 1) + share / time.rate_hz);
  }
}

void add_rhythm(Performance& p, const Instance& instance, const RhythmSpec& rhythm,
                const std::array<double, 2>& stretch, const Rng& rng) {
  Tracks& tracks = p.tracks;
  const auto [first, last] = samples_in(tracks.time, stretch[0], stretch[1]);
  if (last - first < 2) return;
  const Series cycles = cycles_of(rhythm, instance, tracks.time, stretch, first, last, rng);
  const Series size = 1 + rhythm.size_cv * smooth_noise(tracks.time, 0.4, rng / "size");
  const bool always = rhythm.during.empty();
  for (const SwingSpec& swing : rhythm.swings) {
    const double amplitude = instance.style.amplitude *
                             instance.draw.size(swing.amplitude, rhythm.name + "/" + swing.key);
    for (Index i = first; i < last; ++i) {
      const double t = tracks.time.time(i);
      const double part =
          amplitude * size[i] * instance.freshness(t) *
          (always ? 1 : envelope(t, stretch[0], stretch[1])) *
          portable::sin(kTwoPi * (swing.harmonic * cycles[i - first] + swing.phase));
      for (const Axis axis : swing.axes) tracks.values(i, column(axis)) += part;
    }
  }
  std::uint64_t number = 0;
  for (const JoltSpec& jolt : rhythm.jolts)
    for_each_cycle(cycles, tracks.time, first, jolt.at, [&](double at) {
      add_jolt(p, instance, jolt, at, rhythm.name + "/jolt" + std::to_string(number++));
    });
  for (const TouchSpec& touch : rhythm.touches)
    for_each_cycle(cycles, tracks.time, first, touch.at, [&](double at) {
      if (!always && envelope(at, stretch[0], stretch[1]) < 0.5) return;
      p.touches.push_back(plan(touch, at, instance.draw, rhythm.name + "/touch"));
    });
}

}  // namespace

void add_rhythms(Performance& p, const Instance& instance) {
  for (const RhythmSpec& rhythm : instance.spec.rhythms) {
    std::uint64_t number = 0;
    for (const auto& stretch : instance.when(rhythm.during))
      add_rhythm(p, instance, rhythm, stretch,
                 instance.draw.once() / "rhythm" / rhythm.name / number++);
  }
}

void add_noises(Performance& p, const Instance& instance) {
  Tracks& tracks = p.tracks;
  for (const NoiseSpec& noise : instance.spec.noises) {
    const double hz = instance.draw.value(noise.hz, noise.name + "/hz", 0.05);
    const double width = instance.draw.habitual(noise.bandwidth_hz, noise.name + "/bandwidth");
    for (const AxisValue& entry : noise.rms) {
      const double rms =
          instance.draw.size(entry.value, noise.name + "/" + entry.key) * instance.style.amplitude;
      const Rng rng = instance.draw.once() / "noise" / noise.name / entry.key;
      const Series in = smooth_noise(tracks.time, width, rng / "in");
      const Series out = smooth_noise(tracks.time, width, rng / "out");
      for (const auto& stretch : instance.when(noise.during)) {
        const auto [first, last] = samples_in(tracks.time, stretch[0], stretch[1]);
        for (Index i = first; i < last; ++i) {
          const double t = tracks.time.time(i);
          const portable::SinCos sc = portable::sincos(kTwoPi * hz * t);
          const double value = hz > 0 ? in[i] * sc.cos + out[i] * sc.sin : in[i];
          const double ramp = noise.during.empty() ? 1 : envelope(t, stretch[0], stretch[1]);
          for (const Axis axis : entry.axes) tracks.values(i, column(axis)) += rms * ramp * value;
        }
      }
    }
  }
}

void add_phase_jolts(Performance& p, const Instance& instance) {
  for (const Span& span : instance.spans) {
    std::uint64_t number = 0;
    for (const JoltSpec& jolt : span.phase->jolts)
      add_jolt(p, instance, jolt, span.start_s + jolt.at * span.duration_s,
               span.key + "/jolt" + std::to_string(number++));
  }
}

// No living arm is still. Tremor: 8-12 Hz, 1-5 mg at the wrist (physiological tremor, PMC6806079);
// the bandwidth of its amplitude is 0.5 Hz [prior].
void add_restlessness(Performance& p, const ArmModel& arm, double drift, double restless,
                      const Rng& rng) {
  Tracks& tracks = p.tracks;
  const TimeGrid& time = tracks.time;
  for (Index a = column(Axis::shoulder_flexion); a <= column(Axis::wrist_deviation); ++a)
    tracks.values.col(a) +=
        drift * restless * smooth_noise(time, 0.4, rng / "drift" / static_cast<std::uint64_t>(a));
  constexpr double kLever = 0.25;         // m; elbow to watch
  constexpr double kBreathHeight = 1e-3;  // m; by which breathing lifts the shoulders [assumed]
  const double frequency = 8 + 4 * (rng / "tremor_frequency").uniform();
  const double level =
      restless * (0.001 + 0.004 * (rng / "tremor_level").uniform()) * kGravity;
  const double amplitude = level / (kLever * (kTwoPi * frequency) * (kTwoPi * frequency));
  const Series in = smooth_noise(time, 0.5, rng / "tremor_in");
  const Series out = smooth_noise(time, 0.5, rng / "tremor_out");
  const double breath = kTwoPi * arm.subject.physiology.respiration_hz;  // rad/s
  const double phase = kTwoPi * (rng / "breath").uniform();
  for (Index i = 0; i < time.count; ++i) {
    const portable::SinCos sc = portable::sincos(kTwoPi * frequency * time.time(i));
    tracks.values(i, column(Axis::elbow)) += amplitude * (in[i] * sc.cos + out[i] * sc.sin);
    tracks.values(i, column(Axis::shoulder_internal)) +=
        amplitude * (out[i] * sc.cos - in[i] * sc.sin);
    tracks.values(i, column(Axis::trunk_up)) +=
        kBreathHeight * portable::sin(breath * time.time(i) + phase);
  }
}

}  // namespace wrist
