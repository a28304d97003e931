// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/imu_stream.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sensor_models/imu/convert.h"
#include "sensor_models/imu/sample_clock.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

// Cubic interpolation between samples of the truth loses 0.9 % at half the output rate when the
// truth is four times as fast, 0.35 % at five times, 0.06 % at eight times.
constexpr double kOversampling = 4;
constexpr double kInside = 1e-9;  // samples of the clock; rounding must not lose the last one
constexpr Index kStencil = 4;     // samples of the truth behind one of the record

ImuUnit checked(const ImuUnit& unit, double truth_rate_hz) {
  check(unit.spec);
  check(unit.warm_up);
  const auto expect = [](bool good, const std::string& what, double found) {
    require(good, ErrorKind::usage, "imu: expected " + what + ", found " + std::to_string(found));
  };
  expect(std::isfinite(unit.true_rate_hz) && unit.true_rate_hz > 0, "true_rate_hz above 0",
         unit.true_rate_hz);
  expect(std::isfinite(truth_rate_hz) && truth_rate_hz >= kOversampling * unit.spec.rate_hz,
         "truth at 4 times the output rate of " + std::to_string(unit.spec.rate_hz) + " Hz or more",
         truth_rate_hz);
  return unit;
}

void require_rows(const Series3& values, const char* name, Index count) {
  require(values.rows() == count, ErrorKind::internal,
          std::string("imu: the true ") + name + " has " + std::to_string(values.rows()) +
              " samples on a grid of " + std::to_string(count) + "; expected the same number");
}

}  // namespace

struct ImuStream::State {
  ImuUnit unit;
  double rate_hz, start_s;
  SampleClock clock;
  TriadStream accel, gyro;
  bool has_size;
  Index fed = 0;                    // samples of the truth so far
  Index next = 0;                   // sample of the record to come
  double before_s = 0, next_s = 0;  // since the start; of the last sample, and of the next
  double before[2][3] = {};         // rad/s; the last two angular rates

  void check_block(const ImuTruth& block) const;
  void check_finite(const double* x, Index count, const char* name) const;
  void differentiate(const double* const w[3], Index count, double (*alpha)[kBlock]);
  void feed_piece(const ImuTruth& block, Index from, Index count);
  void step_clock();
  void collect(Index total, std::vector<ImuSample>& samples);
};

void ImuStream::State::check_block(const ImuTruth& block) const {
  const Index count = block.time.count;
  require_rows(block.specific_force_I, "accel", count);
  require_rows(block.w_WI_I, "gyro", count);
  if (block.alpha_WI_I.rows() > 0) require_rows(block.alpha_WI_I, "angular acceleration", count);
  const double expected = start_s + static_cast<double>(fed) / rate_hz;
  require(block.time.rate_hz == rate_hz && std::abs(block.time.start_s - expected) < 0.5 / rate_hz,
          ErrorKind::internal,
          "imu: expected a block of truth from " + std::to_string(expected) + " s at " +
              std::to_string(rate_hz) + " Hz, found one from " +
              std::to_string(block.time.start_s) + " s at " + std::to_string(block.time.rate_hz) +
              " Hz");
}

void ImuStream::State::check_finite(const double* x, Index count, const char* name) const {
  require(all_finite(x, count), ErrorKind::internal,
          std::string("imu: the true ") + name + " is not finite between samples " +
              std::to_string(fed) + " and " + std::to_string(fed + count));
}

// Backward, of second order: 3 w - 4 w' + w'', which needs nothing that is still to come.
void ImuStream::State::differentiate(const double* const w[3], Index count,
                                     double (*alpha)[kBlock]) {
  for (int axis = 0; axis < 3; ++axis) {
    double one = before[0][axis], two = before[1][axis];
    for (Index i = 0; i < count; ++i) {
      const double now = w[axis][i];
      const Index n = fed + i;
      alpha[axis][i] = n == 0   ? 0
                       : n == 1 ? (now - one) * rate_hz
                                : (3 * now - 4 * one + two) * (rate_hz / 2);
      two = one;
      one = now;
    }
    before[0][axis] = one;
    before[1][axis] = two;
  }
}

void ImuStream::State::feed_piece(const ImuTruth& block, Index from, Index count) {
  double alpha[3][kBlock], moved[3][kBlock];
  TriadInput force, rate;
  LeverArm arm;
  for (int axis = 0; axis < 3; ++axis) {
    const double* f = &block.specific_force_I(from, axis);
    const double* w = &block.w_WI_I(from, axis);
    check_finite(f, count, "accel");
    check_finite(w, count, "gyro");
    force.value[axis] = force.clean[axis] = force.force[axis] = rate.force[axis] = f;
    rate.value[axis] = rate.clean[axis] = arm.w[axis] = w;
  }
  if (has_size) {
    const bool given = block.alpha_WI_I.rows() > 0;
    if (!given) differentiate(arm.w, count, alpha);
    for (int axis = 0; axis < 3; ++axis) {
      arm.alpha[axis] = given ? &block.alpha_WI_I(from, axis) : alpha[axis];
      check_finite(arm.alpha[axis], count, "angular acceleration");
    }
    for (int axis = 0; axis < 3; ++axis) {
      for (int i = 0; i < 3; ++i) arm.r[i] = unit.accel.axis_at(axis, i);
      add_lever(arm, axis, force.clean[axis], count, moved[axis]);
      force.value[axis] = moved[axis];
    }
  }
  if (fed == 0) {
    accel.settle(force);
    gyro.settle(rate);
  }
  accel.feed(force, count);
  gyro.feed(rate, count);
  fed += count;
}

// The next sample is about as far ahead as this one was behind.
void ImuStream::State::step_clock() {
  const double guess = next == 0 ? 1 / clock.rate_hz : 2 * next_s - before_s;
  before_s = next_s;
  next_s = elapsed(clock, ++next, guess);
}

// Samples whose stencil is there; `total` is the length of the truth, if it is known.
void ImuStream::State::collect(Index total, std::vector<ImuSample>& samples) {
  const double end = static_cast<double>(total - 1) + kInside * rate_hz / unit.true_rate_hz;
  for (; next_s * rate_hz <= end; step_clock()) {
    const CubicStencil stencil = cubic_stencil(next_s * rate_hz, total);
    if (stencil.first + kStencil > fed) return;
    samples.push_back({start_s + next_s, accel.read(stencil), gyro.read(stencil)});
  }
}

ImuStream::ImuStream(const ImuUnit& unit, double truth_rate_hz, double start_s, const Rng& rng) {
  const ImuUnit u = checked(unit, truth_rate_hz);
  state_ = std::make_unique<State>(
      State{u, truth_rate_hz, start_s, sample_clock(u, start_s),
            TriadStream(u.spec.accel, u.accel, u.warm_up, truth_rate_hz, rng / "accel"),
            TriadStream(u.spec.gyro, u.gyro, u.warm_up, truth_rate_hz, rng / "gyro"),
            !u.accel.axis_at.isZero(0)});
}

ImuStream::~ImuStream() = default;
ImuStream::ImuStream(ImuStream&&) noexcept = default;
ImuStream& ImuStream::operator=(ImuStream&&) noexcept = default;

ImuRecord ImuStream::feed(const ImuTruth& block) {
  constexpr Index kEndless = Index{1} << 60;
  State& s = *state_;
  s.check_block(block);
  std::vector<ImuSample> samples;
  for (Index from = 0; from < block.time.count;) {
    const Index count = std::min({s.accel.room(), s.gyro.room(), block.time.count - from});
    s.feed_piece(block, from, count);
    s.collect(kEndless, samples);
    from += count;
  }
  return to_record(s.unit.spec, samples);
}

ImuRecord ImuStream::finish() {
  State& s = *state_;
  require(s.fed >= kStencil, ErrorKind::internal,
          "imu: the truth has " + std::to_string(s.fed) + " samples; expected at least 4");
  std::vector<ImuSample> samples;
  s.collect(s.fed, samples);
  return to_record(s.unit.spec, samples);
}

}  // namespace wrist
