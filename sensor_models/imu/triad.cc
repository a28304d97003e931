// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/triad.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wrist {
namespace {

constexpr double kDriftRate = 10;     // Hz; nodes between which the drift of the bias is linear
constexpr double kSettlingTimes = 6;  // time constants; e^-6 of the start is left
constexpr Index kHistory = 4;         // rows a stencil may reach back behind the last feed

}  // namespace

TriadStream::TriadStream(const TriadSpec& spec, const TriadUnit& unit, const WarmUp& warm_up,
                         double rate_hz, const Rng& rng)
    : spec_(spec),
      unit_(unit),
      warm_up_(warm_up),
      rate_hz_(rate_hz),
      rng_(rng),
      low_pass_(design_low_pass(spec.filter_order, spec.bandwidth_hz, rate_hz)),
      element_(spec, unit.rectification, rate_hz),
      step_(std::max<Index>(1, std::lround(rate_hz / kDriftRate))),
      rows_(static_cast<std::size_t>((kHistory + kBlock) * kLanes)) {
  for (std::uint64_t axis = 0; axis < 3; ++axis) {
    drift_.emplace_back(spec.flicker, spec.random_walk, rate_hz / static_cast<double>(step_),
                        rng / "drift" / axis);
    unit_.bias[static_cast<Index>(axis)] +=
        spec.repeatability_sd * (rng / "session" / axis).normal();
  }
  here_ = next_node();
  there_ = next_node();
}

TriadStream::Node TriadStream::next_node() {
  const double t = static_cast<double>(nodes_++ * step_) / rate_hz_;
  const double warm = warmth(warm_up_, t), late = late_warmth(warm_up_, t);
  const double felt = warm - spec_.temperature_lag * (warm - late);
  Node node;
  for (int axis = 0; axis < 3; ++axis) {
    node.offset[axis] = unit_.bias[axis] + drift_[static_cast<std::size_t>(axis)].next() +
                        unit_.bias_tempco[axis] * felt;
    node.scale[axis] = unit_.scale_tempco[axis] * warm;
  }
  return node;
}

// Between the nodes at hand, from where the next sample stands.
AxisErrors TriadStream::axis_errors(int axis) const {
  const auto ramp = [this](double from, double to) {
    const double slope = (to - from) / static_cast<double>(step_);
    return Ramp{from + slope * static_cast<double>(fed_ % step_), slope};
  };
  AxisErrors errors;
  for (int column = 0; column < 3; ++column) {
    errors.gain[column] = unit_.gain(axis, column);
    errors.force_gain[column] = unit_.g_sensitivity(axis, column);
  }
  errors.quadratic = unit_.quadratic[axis];
  errors.cubic = unit_.cubic[axis];
  errors.scale = ramp(here_.scale[axis], there_.scale[axis]);
  errors.offset = ramp(here_.offset[axis], there_.offset[axis]);
  errors.white_sd = white_sd(unit_.noise_density[axis], rate_hz_);
  errors.limit = spec_.clip > 0 ? spec_.clip * spec_.range : std::numeric_limits<double>::max();
  return errors;
}

// Unit normals of one block, a stream of its own; none without noise.
Series TriadStream::white_noise(std::string_view purpose, int axis, Index block) const {
  if (unit_.noise_density[axis] == 0) return {};
  const Rng stream = rng_ / purpose / static_cast<std::uint64_t>(axis);
  return (stream / static_cast<std::uint64_t>(block)).normals(kBlock);
}

void TriadStream::fill(const TriadInput& in, const double* const white[3], Index count,
                       double* rows) {
  double moved[3][kBlock];
  double* const out[3] = {moved[0], moved[1], moved[2]};
  if (element_.present()) element_.run(in.value, count, out);
  const double* const* value = element_.present() ? out : in.value;
  for (int axis = 0; axis < 3; ++axis) {
    const AxisInput input{
        {value[0], value[1], value[2]}, {in.force[0], in.force[1], in.force[2]}, white[axis]};
    distort(axis_errors(axis), input, count, rows + axis);
    copy_to_lane(in.clean[axis], count, rows + 3 + axis);
  }
}

void TriadStream::settle(const TriadInput& in) {
  double still[9][kBlock];
  TriadInput rest;
  for (int axis = 0; axis < 3; ++axis) {
    std::fill_n(still[axis], kBlock, in.value[axis][0]);
    std::fill_n(still[3 + axis], kBlock, in.clean[axis][0]);
    std::fill_n(still[6 + axis], kBlock, in.force[axis][0]);
    rest.value[axis] = still[axis];
    rest.clean[axis] = still[3 + axis];
    rest.force[axis] = still[6 + axis];
  }
  element_.settle(rest.value);
  const Node there = there_;
  there_ = here_;  // no drift yet
  std::vector<double> rows(static_cast<std::size_t>(kBlock * kLanes));
  const double* const silence[3] = {};
  fill(rest, silence, 1, rows.data());
  filter_ = settled(low_pass_, rows.data());
  const auto samples = static_cast<Index>(kSettlingTimes * delay_s(low_pass_) * rate_hz_);
  for (Index block = 0; block <= samples / kBlock; ++block) {
    Series white[3];
    const double* noise[3] = {};
    for (int axis = 0; axis < 3; ++axis) {
      white[axis] = white_noise("settle", axis, block);
      if (white[axis].size() > 0) noise[axis] = white[axis].data();
    }
    fill(rest, noise, kBlock, rows.data());
    filter(low_pass_, filter_, rows.data(), kBlock);
  }
  there_ = there;
}

Index TriadStream::room() const { return std::min(kBlock - fed_ % kBlock, step_ - fed_ % step_); }

void TriadStream::feed(const TriadInput& in, Index count) {
  const double* white[3] = {};
  for (int axis = 0; axis < 3; ++axis) {
    if (fed_ % kBlock == 0) white_[axis] = white_noise("white", axis, fed_ / kBlock);
    if (white_[axis].size() > 0) white[axis] = white_[axis].data() + fed_ % kBlock;
  }
  double* const history = rows_.data();
  std::copy_n(history + last_count_ * kLanes, kHistory * kLanes, history);
  double* const rows = history + kHistory * kLanes;
  fill(in, white, count, rows);
  filter(low_pass_, filter_, rows, count);
  fed_ += count;
  last_count_ = count;
  if (fed_ % step_ == 0) {
    here_ = there_;
    there_ = next_node();
  }
}

TriadSample TriadStream::read(const CubicStencil& s) const {
  const double* x = rows_.data() + (s.first - (fed_ - last_count_ - kHistory)) * kLanes;
  TriadSample sample;
  for (std::size_t lane = 0; lane < sample.size(); ++lane)
    sample[lane] = s.weight[0] * x[lane] + s.weight[1] * x[lane + kLanes] +
                   s.weight[2] * x[lane + 2 * kLanes] + s.weight[3] * x[lane + 3 * kLanes];
  return sample;
}

}  // namespace wrist
