// SPDX-License-Identifier: Apache-2.0
/// How the watch sat and what the light saw: truth of the strap and parts of the light, by window.
#pragma once

#include "generators/report/block_reader.h"
#include "generators/report/distribution.h"
#include "generators/report/signal_figures.h"

namespace wrist::report {

/// Pulse over everything else that moves, dB: 20 log10 of their rms, each about its mean. NaN if
/// either is still. pulse, others: N.
double optical_quality(const Series& pulse, const Series& others);

class WearSurvey {
 public:
  /// Adds one window, as far as its shard knows the truth. `strap` may be empty, "not known".
  void add(ShardSignals& signals, const ShardTables::Window& window, const std::string& strap,
           const std::string& class_name);
  /// Of what there is values for: slip, pressure and gap by strap, optical quality by class in the
  /// order of `classes`.
  std::vector<HistogramFigure> figures(const Texts& classes) const;

 private:
  using Groups = std::map<std::string, Sample>;
  void add_strap(ShardSignals& signals, std::int64_t first, std::int64_t count,
                 const std::string& strap);
  void add_light(ShardSignals& signals, std::int64_t first, std::int64_t count,
                 const std::string& class_name);
  std::string slip_note() const;
  std::string gap_note() const;

  Groups slip_, pressure_, gap_, quality_;
  double farthest_slip_mm_ = 0;
};

}  // namespace wrist::report
