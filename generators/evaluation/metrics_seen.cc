// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_seen.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

// What one window of each class is worth, so that the sum is the mean of the recalls.
std::map<int, double> weights(const std::vector<SeenWindow>& windows, bool unseen) {
  std::map<int, double> count;
  for (const SeenWindow& w : windows)
    if (w.unseen == unseen) ++count[w.label];
  for (auto& [label, n] : count) n = 1 / (n * static_cast<double>(count.size()));
  return count;
}

struct Weights {
  std::map<int, double> seen, unseen;
  double of(const SeenWindow& w) const { return (w.unseen ? unseen : seen).at(w.label); }
};

template <typename Said>
SeenPoint accuracies(const std::vector<SeenWindow>& windows, const Weights& weights, Said said) {
  SeenPoint point;
  for (const SeenWindow& w : windows)
    if (said(w) == w.label) (w.unseen ? point.unseen : point.seen) += weights.of(w);
  return point;
}

template <typename Said>
double unseen_recall(const std::vector<SeenWindow>& windows, bool far, Said said) {
  std::map<int, double> count, right;
  for (const SeenWindow& w : windows) {
    if (!w.unseen || w.far != far) continue;
    ++count[w.label];
    right[w.label] += said(w) == w.label;
  }
  double sum = 0;
  for (const auto& [label, n] : count) sum += right[label] / n;
  return count.empty() ? std::numeric_limits<double>::quiet_NaN()
                       : sum / static_cast<double>(count.size());
}

UnseenMetrics unseen_metrics(const std::vector<SeenWindow>& windows, bool far) {
  const auto members = std::count_if(windows.begin(), windows.end(),
                                     [&](const SeenWindow& w) { return w.unseen && w.far == far; });
  return {members, unseen_recall(windows, far, [](const SeenWindow& w) { return w.best_unseen; }),
          unseen_recall(windows, far, [](const SeenWindow& w) { return w.best; })};
}

// A window whose margin the handicap has passed is said to be of an unseen class.
void pass(const SeenWindow& w, double weight, SeenPoint& point) {
  if (w.unseen && w.best_unseen == w.label) point.unseen += weight;
  if (!w.unseen && w.best_seen == w.label) point.seen -= weight;
}

std::vector<SeenPoint> curve(const std::vector<SeenWindow>& windows, const Weights& weights) {
  std::vector<std::size_t> order(windows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return windows[a].margin < windows[b].margin; });
  std::vector<SeenPoint> points{
      accuracies(windows, weights, [](const SeenWindow& w) { return w.best_seen; })};
  points[0].unseen = 0;
  for (std::size_t i = 0; i < order.size();) {
    SeenPoint next = points.back();
    const double margin = windows[order[i]].margin;
    for (; i < order.size() && windows[order[i]].margin == margin; ++i)
      pass(windows[order[i]], weights.of(windows[order[i]]), next);
    points.push_back(next);
  }
  return points;
}

double area_under(const std::vector<SeenPoint>& points) {
  double area = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    area += (points[i].unseen - points[i - 1].unseen) * (points[i].seen + points[i - 1].seen) / 2;
  return area;
}

}  // namespace

double harmonic_mean(double a, double b) { return a > 0 && b > 0 ? 2 * a * b / (a + b) : 0; }

SeenMetrics seen_metrics(const std::vector<SeenWindow>& windows) {
  const Weights weight{weights(windows, false), weights(windows, true)};
  require(!weight.seen.empty() && !weight.unseen.empty(), ErrorKind::internal,
          "seen_metrics: windows of seen and of unseen classes");
  const auto among = [&](auto said) { return accuracies(windows, weight, said); };
  SeenMetrics m;
  m.unseen_among_unseen = among([](const SeenWindow& w) { return w.best_unseen; }).unseen;
  m.seen_among_seen = among([](const SeenWindow& w) { return w.best_seen; }).seen;
  const SeenPoint all = among([](const SeenWindow& w) { return w.best; });
  m.unseen_among_all = all.unseen;
  m.seen_among_all = all.seen;
  m.harmonic_mean = harmonic_mean(all.unseen, all.seen);
  m.near = unseen_metrics(windows, false);
  m.far = unseen_metrics(windows, true);
  m.curve = curve(windows, weight);
  m.area = area_under(m.curve);
  return m;
}

}  // namespace wrist::evaluation
