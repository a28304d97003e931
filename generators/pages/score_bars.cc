// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "generators/pages/score_axes.h"
#include "generators/pages/score_plots.h"
#include "generators/report/text.h"

namespace wrist {
namespace {

using namespace evaluation;
using report::counted;
using report::in_digits;
using svg::Bar;

constexpr std::size_t kWorst = 30;  // attributes drawn

std::string drawn(const std::vector<Bar>& bars, const std::string& label) {
  double greatest = 1;
  for (const Bar& bar : bars) greatest = std::max(greatest, bar.share);
  return svg::bars(bars, label, greatest);
}

}  // namespace

std::string corruption_errors_svg(const CorruptionErrors& errors) {
  std::vector<Bar> bars;
  for (const CorruptionError& c : errors.corruptions)
    if (std::isfinite(c.error))
      bars.push_back({c.name, c.error, c.name + ": relative " + in_digits(c.relative)});
  return drawn(bars, "corruption error");
}

std::string contexts_svg(const std::vector<ContextMetrics>& contexts) {
  std::vector<Bar> bars;
  for (const ContextMetrics& c : contexts) {
    const ContextFigures& f = c.seen.windows > 0 ? c.seen : c.all;
    bars.push_back({c.name, f.macro_f1,
                    counted(f.windows, "window", "windows") + ", balanced accuracy " +
                        in_digits(f.balanced_accuracy)});
    if (std::isfinite(f.clean_macro_f1))
      bars.push_back({"clean", f.clean_macro_f1,
                      "balanced accuracy " + in_digits(f.clean_balanced_accuracy), 6});
  }
  return drawn(bars, "macro F1 by context");
}

std::string attributes_svg(const AttributeMetrics& metrics) {
  std::vector<Bar> bars;
  for (const AttributeArea& a : metrics.attributes)
    if (std::isfinite(a.area))
      bars.push_back({a.name, a.area,
                      std::to_string(a.with) + " windows with, " + std::to_string(a.without) +
                          " without; unseen classes " + in_digits(a.unseen_area)});
  std::stable_sort(bars.begin(), bars.end(),
                   [](const Bar& a, const Bar& b) { return a.share < b.share; });
  bars.resize(std::min(bars.size(), kWorst));
  return drawn(bars, "area by attribute");
}

}  // namespace wrist
