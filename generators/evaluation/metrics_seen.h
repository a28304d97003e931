// SPDX-License-Identifier: Apache-2.0
/// Generalised zero-shot: how well classes that nobody trained on are told from each other, and
/// from those that somebody did.
///
///   P(class) -> best seen, best unseen class and the margin between them -> handicap on the seen
///   -> accuracy of seen and of unseen windows -> harmonic mean, curve, area
///
/// Accuracies are means of the recall of each class that occurs. Source: Chao et al. 2016, "An
/// empirical study and analysis of generalized zero-shot learning" (A_UU, A_SS, A_UT, A_ST, AUSUC,
/// calibrated stacking).
#pragma once

#include <cstdint>
#include <vector>

namespace wrist::evaluation {

/// What the curve needs of one window.
struct SeenWindow {
  int label = 0;
  bool unseen = false;                 // nobody may have trained on its class
  int best_seen = 0, best_unseen = 0;  // the most likely class of each kind
  double margin = 0;                   // likelihood of best_seen less that of best_unseen
  int best = 0;                        // of all
  bool far = false;                    // of an unseen class: no seen class is like it
};

/// Unseen classes that are near to, or far from, what was trained on.
struct UnseenMetrics {
  std::int64_t windows = 0;
  double among_unseen = 0, among_all = 0;  // mean recall, candidates as named; NaN without windows
};

struct SeenPoint {
  double unseen = 0, seen = 0;  // A_UT, A_ST at one handicap
};

struct SeenMetrics {
  double unseen_among_unseen = 0, seen_among_seen = 0;  // A_UU, A_SS
  double unseen_among_all = 0, seen_among_all = 0;      // A_UT, A_ST, without a handicap
  double harmonic_mean = 0;                             // H of the last two
  UnseenMetrics near, far;                              // parts of the unseen
  double area = 0;                                      // under the curve; 1 at best
  std::vector<SeenPoint> curve;                         // from the handicap -inf to inf
};

/// Zero if either is.
double harmonic_mean(double a, double b);

/// The handicap is taken from the likelihood of every seen class. Windows of equal margin change
/// sides together; between the points the curve is straight. Needs windows of both kinds.
SeenMetrics seen_metrics(const std::vector<SeenWindow>& windows);

}  // namespace wrist::evaluation
