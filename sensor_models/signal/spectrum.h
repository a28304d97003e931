// SPDX-License-Identifier: Apache-2.0
/// Power spectral density of sampled values, by Welch's method.
///
///   values -> segments, half overlapping -> minus their mean -> Hann -> |FFT|^2 -> mean
///
/// One-sided, as noise densities are everywhere here: summed over the bins and times their width it
/// is the variance. Source: Welch 1967, IEEE Trans. Audio Electroacoust. 15(2), 70-73.
#pragma once

#include "sim/base/series.h"

namespace wrist {

struct Spectrum {
  Series frequency_hz;      // B; 0 .. rate / 2 in steps of rate / segment
  Eigen::ArrayXXd density;  // B x C, Q^2/Hz; one column per column of the values
};

/// Of each column of `values` (N x C, Q) in segments of `segment` samples; what is left over at the
/// end is not used. Throws Error(usage) for a segment below 2 or above N samples, or for a rate
/// that is not above 0.
Spectrum welch(const Eigen::Ref<const Eigen::ArrayXXd>& values, double rate_hz, Index segment);

}  // namespace wrist
