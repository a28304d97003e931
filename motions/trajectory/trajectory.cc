// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/trajectory.h"

#include <algorithm>
#include <cmath>

#include "motions/trajectory/trajectory_window.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kLongestGap = 1;  // s; a longer one holds motion that nobody can guess [assumed]
// Samples of the poses by which an instant may lie outside a stretch: stamps are rounded.
constexpr double kRounding = 1e-3;
// Periods of the cutoff over which a spline feels that it ends: exp(-pi x) is 1e-4 there.
constexpr double kEndPeriods = 3;
constexpr double kLeastCutoff = 0.5, kFastest = 100000;  // Hz

void expect(bool good, const std::string& what, double found) {
  require(good, ErrorKind::usage,
          "trajectory: expected " + what + ", found " + std::to_string(found));
}

const TrajectorySpec& checked(const TrajectorySpec& spec) {
  for (const double cutoff : {spec.position_hz, spec.rotation_hz})
    expect(cutoff == 0 || (cutoff >= kLeastCutoff && cutoff <= kFastest),
           "a cutoff of 0.5 Hz or more, or 0", cutoff);
  expect(spec.max_gap_s > 0 && spec.max_gap_s <= kLongestGap, "a longest gap of at most 1 s",
         spec.max_gap_s);
  expect(spec.rate_hz >= 0 && spec.rate_hz <= kFastest, "a rate of at most 100 kHz", spec.rate_hz);
  expect(spec.g_W.allFinite(), "finite gravity", spec.g_W.norm());
  expect(spec.spacing_s >= 1 && spec.spacing_s <= 1000 && spec.margin_s > kLongestGap,
         "windows at least 1 s apart, with more than 1 s of margin", spec.spacing_s);
  return spec;
}

}  // namespace

struct TrajectoryStream::State {
  State(PoseReader& from, const TrajectorySpec& chosen)
      : spec(checked(chosen)), reader(from), poses(from, chosen.max_gap_s) {
    if (spec.rate_hz == 0) spec.rate_hz = poses.rate_hz();
  }

  bool begin_stretch();
  WindowFit fit(Index node);
  TimeGrid grid() const;
  double slack() const { return kRounding / poses.rate_hz(); }
  bool next(TrajectoryBlock& block);
  void flag(TrajectoryBlock& block) const;

  TrajectorySpec spec;
  PoseReader& reader;
  PoseBuffer poses;
  CutoffChooser chooser;
  WindowFit left;
  Index node = 0;           // the block's left
  std::int64_t sample = 0;  // the next of the file
  bool in_stretch = false, first = false;
  TrajectorySummary summary;
};

bool TrajectoryStream::State::begin_stretch() {
  if (!poses.begin_stretch()) return false;
  chooser.restart();
  node = 0;
  sample = static_cast<std::int64_t>(std::ceil((poses.start_s() - slack()) * spec.rate_hz));
  ++summary.stretches;
  in_stretch = first = true;
  left = fit(0);
  return true;
}

// Reads as far as the fit needs.
WindowFit TrajectoryStream::State::fit(Index at) {
  poses.read_to(std::max(node_time(poses, spec, at + 1) + spec.margin_s,
                         CutoffChooser::needs(poses, spec, at)));
  const Cutoffs c = chooser.at(poses, spec, at);
  const auto widen = [](double& low, double& high, double value) {
    low = low == 0 ? value : std::min(low, value);
    high = std::max(high, value);
  };
  widen(summary.position_low_hz, summary.position_high_hz, c.position_hz);
  widen(summary.rotation_low_hz, summary.rotation_high_hz, c.rotation_hz);
  return fit_window(poses, spec, at, c);
}

// Samples from the left node on, before the right one; in the last block to the end.
TimeGrid TrajectoryStream::State::grid() const {
  const double right = node_time(poses, spec, node + 1);
  const bool last = poses.ended() && poses.end_s() <= right;
  const double end = (last ? poses.end_s() + slack() : right) * spec.rate_hz;
  const auto stop = static_cast<std::int64_t>(last ? std::floor(end) + 1 : std::ceil(end));
  return {static_cast<double>(sample) / spec.rate_hz, spec.rate_hz,
          std::max<Index>(stop - sample, 0)};
}

bool TrajectoryStream::State::next(TrajectoryBlock& block) {
  while (true) {
    if (!in_stretch && !begin_stretch()) return false;
    WindowFit right = fit(node + 1);
    const double left_s = node_time(poses, spec, node);
    const TimeGrid at = grid();
    if (at.count > 0) {
      block.motion = fade_over(left, right, at, left_s, spec);
      block.first = first;
      flag(block);
      first = false;
    }
    sample += at.count;
    left = std::move(right);
    ++node;
    in_stretch = !(poses.ended() && node_time(poses, spec, node) >= poses.end_s());
    if (in_stretch)
      poses.forget_before(node_time(poses, spec, node) - spec.spacing_s - spec.margin_s);
    if (at.count > 0) return true;
  }
}

void TrajectoryStream::State::flag(TrajectoryBlock& block) const {
  const TimeGrid& time = block.motion.time;
  block.flags.setZero(time.count);
  const double reach = kEndPeriods / std::min(left.cutoffs.position_hz, left.cutoffs.rotation_hz);
  for (Index i = 0; i < time.count; ++i) {
    const double t = time.time(i);
    if (poses.bridged(t)) block.flags[i] |= kFlagBridged;
    const bool at_end = poses.ended() && t > poses.end_s() - reach;
    if (at_end || t < poses.start_s() + reach) block.flags[i] |= kFlagEnd;
  }
  if (block.first && summary.stretches > 1) block.flags[0] |= kFlagRestart;
}

TrajectoryStream::TrajectoryStream(PoseReader& reader, const TrajectorySpec& spec)
    : state_(std::make_unique<State>(reader, spec)) {}
TrajectoryStream::~TrajectoryStream() = default;

bool TrajectoryStream::next(TrajectoryBlock& block) {
  const bool more = state_->next(block);
  require(more || state_->summary.stretches > 0, ErrorKind::bad_data,
          state_->reader.name() + ": expected " + std::to_string(PoseBuffer::kFewestPoses) +
              " poses without a gap longer than " + std::to_string(state_->spec.max_gap_s) +
              " s somewhere, found none such among " + std::to_string(state_->reader.poses()));
  return more;
}

double TrajectoryStream::pose_rate_hz() const { return state_->poses.rate_hz(); }
double TrajectoryStream::rate_hz() const { return state_->spec.rate_hz; }
double TrajectoryStream::origin_s() const { return state_->poses.origin_s(); }

TrajectorySummary TrajectoryStream::summary() const {
  TrajectorySummary summary = state_->summary;
  summary.poses = state_->reader.poses();
  summary.gaps_bridged = state_->poses.gaps_bridged;
  summary.poses_dropped = state_->poses.poses_dropped;
  return summary;
}

}  // namespace wrist
