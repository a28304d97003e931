// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/pose_buffer.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr std::size_t kPrimed = 2000;  // poses that tell a file's rate
// Two poses farther apart than this many times the usual have a gap between them.
constexpr double kGap = 1.5;
constexpr double kWhole = 1e-5;  // relative; a rate this close to a whole number is that number

// Mean rate of neighbours without a gap: stamps rounded to ms make every single distance wrong.
double usual_rate(const std::deque<PoseSample>& poses) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < poses.size(); ++i)
    steps.push_back(poses[i].time_s - poses[i - 1].time_s);
  std::vector<double> sorted = steps;
  std::nth_element(sorted.begin(), sorted.begin() + std::ssize(sorted) / 2, sorted.end());
  const double median = sorted[sorted.size() / 2];
  double sum = 0, count = 0;
  for (const double step : steps)
    if (step < kGap * median) sum += step, count += 1;
  const double rate = count / sum, whole = std::round(rate);
  return std::abs(rate - whole) < kWhole * rate ? whole : rate;
}

bool earlier(const PoseSample& pose, double time_s) { return pose.time_s < time_s; }

bool later(double time_s, const PoseSample& pose) { return time_s < pose.time_s; }

}  // namespace

PoseBuffer::PoseBuffer(PoseReader& reader, double max_gap_s)
    : reader_(&reader), max_gap_s_(max_gap_s) {
  PoseSample pose;
  while (primed_.size() < kPrimed && reader.next(pose)) {
    if (primed_.empty()) origin_s_ = pose.time_s;
    pose.time_s -= origin_s_;
    primed_.push_back(pose);
  }
  require(std::ssize(primed_) >= kFewestPoses, ErrorKind::bad_data,
          reader.name() + ": expected at least " + std::to_string(kFewestPoses) + " poses, found " +
              std::to_string(primed_.size()));
  rate_hz_ = usual_rate(primed_);
  require(max_gap_s >= kGap / rate_hz_, ErrorKind::usage,
          reader.name() + ": the poses are " + std::to_string(1 / rate_hz_) +
              " s apart; expected a longest gap of at least 1.5 times that, found " +
              std::to_string(max_gap_s) + " s");
}

bool PoseBuffer::take(PoseSample& pose) {
  if (!primed_.empty()) {
    pose = primed_.front();
    primed_.pop_front();
    return true;
  }
  if (!reader_->next(pose)) return false;
  pose.time_s -= origin_s_;
  return true;
}

// Reads one pose of the stretch, or its end.
bool PoseBuffer::read_one() {
  PoseSample pose;
  ended_ = !take(pose);
  if (ended_) return false;
  const double step = poses_.empty() ? 0 : pose.time_s - poses_.back().time_s;
  if (step > max_gap_s_) {
    primed_.push_front(pose);
    ended_ = true;
    return false;
  }
  if (step > kGap / rate_hz_) {
    gaps_.emplace_back(poses_.back().time_s, pose.time_s);
    ++gaps_bridged;
  }
  poses_.push_back(pose);
  return true;
}

bool PoseBuffer::begin_stretch() {
  while (true) {
    poses_.clear();
    gaps_.clear();
    const std::int64_t bridged_before = gaps_bridged;
    while (std::ssize(poses_) < kFewestPoses && read_one()) continue;
    if (poses_.empty()) return false;
    if (std::ssize(poses_) == kFewestPoses) break;
    poses_dropped += std::ssize(poses_);
    gaps_bridged = bridged_before;
  }
  start_s_ = poses_.front().time_s;
  return true;
}

void PoseBuffer::read_to(double time_s) {
  while (!ended_ && end_s() < time_s) read_one();
}

void PoseBuffer::forget_before(double time_s) {
  while (poses_.size() > 1 && poses_.front().time_s < time_s) poses_.pop_front();
  while (!gaps_.empty() && gaps_.front().second < time_s) gaps_.pop_front();
}

PoseWindow PoseBuffer::window(double from_s, double to_s) const {
  const auto first = std::lower_bound(poses_.begin(), poses_.end(), from_s, earlier);
  const auto last = std::upper_bound(first, poses_.end(), to_s, later);
  const Index count = last - first;
  PoseWindow w{Series(count), Eigen::ArrayXXd(count, 3), Eigen::ArrayXXd(count, 4)};
  for (Index i = 0; i < count; ++i) {
    const PoseSample& pose = first[i];
    w.times_s[i] = pose.time_s;
    w.p_WB.row(i) = pose.p_WB.array();
    w.R_WB.row(i) << pose.R_WB.w(), pose.R_WB.x(), pose.R_WB.y(), pose.R_WB.z();
  }
  return w;
}

bool PoseBuffer::bridged(double time_s) const {
  return std::any_of(gaps_.begin(), gaps_.end(), [time_s](const auto& gap) {
    return gap.first < time_s && time_s < gap.second;
  });
}

}  // namespace wrist
