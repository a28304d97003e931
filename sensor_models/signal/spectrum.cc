// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/spectrum.h"

#include <string>
#include <unsupported/Eigen/FFT>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

void check(Index count, double rate_hz, Index segment) {
  require(rate_hz > 0, ErrorKind::usage,
          "spectrum: expected a rate above 0 Hz, found " + std::to_string(rate_hz));
  require(segment >= 2 && segment <= count, ErrorKind::usage,
          "spectrum: expected segments of 2 to " + std::to_string(count) +
              " samples, the length of the record, found " + std::to_string(segment));
}

// Periodic, so that segments of half overlap weigh every sample alike.
Series hann(Index count) {
  const Series phase = Series::LinSpaced(count, 0, static_cast<double>(count - 1)) *
                       (2 * kPi / static_cast<double>(count));
  return 0.5 - 0.5 * phase.cos();
}

// Power of negative frequencies is counted with that of positive ones; 0 and rate / 2 have no twin.
Series one_sided(Index bins, Index segment) {
  Series twins = Series::Constant(bins, 2);
  twins[0] = 1;
  if (segment % 2 == 0) twins[bins - 1] = 1;
  return twins;
}

}  // namespace

Spectrum welch(const Eigen::Ref<const Eigen::ArrayXXd>& values, double rate_hz, Index segment) {
  check(values.rows(), rate_hz, segment);
  const Index bins = segment / 2 + 1, hop = segment / 2;
  const Series window = hann(segment);
  Eigen::FFT<double> fft;
  fft.SetFlag(Eigen::FFT<double>::HalfSpectrum);
  Eigen::VectorXd windowed(segment);
  Eigen::VectorXcd transform(bins);
  Spectrum spectrum;
  spectrum.frequency_hz = Series::LinSpaced(bins, 0, static_cast<double>(bins - 1)) * rate_hz /
                          static_cast<double>(segment);
  spectrum.density = Eigen::ArrayXXd::Zero(bins, values.cols());
  Index segments = 0;
  for (Index first = 0; first + segment <= values.rows(); first += hop, ++segments)
    for (Index column = 0; column < values.cols(); ++column) {
      const auto piece = values.col(column).segment(first, segment);
      windowed = ((piece - piece.mean()) * window).matrix();
      fft.fwd(transform, windowed);
      spectrum.density.col(column) += transform.array().abs2();
    }
  const double scale = 1 / (rate_hz * window.square().sum() * static_cast<double>(segments));
  spectrum.density.colwise() *= one_sided(bins, segment) * scale;
  return spectrum;
}

}  // namespace wrist
