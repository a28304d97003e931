// SPDX-License-Identifier: Apache-2.0
#include "generators/compare_values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "sensor_models/signal/spectrum.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

template <typename T>
T value_at(const Bytes& bytes, std::int64_t i) {
  T value;
  std::memcpy(&value, bytes.data() + static_cast<std::size_t>(i) * sizeof(T), sizeof(T));
  return value;
}

// Calls use(T{}) with the type of an element.
template <typename Use>
auto with_type(Element element, const Use& use) {
  switch (element) {
    case Element::i1:
      return use(std::int8_t{});
    case Element::i2:
      return use(std::int16_t{});
    case Element::i4:
      return use(std::int32_t{});
    case Element::i8:
      return use(std::int64_t{});
    case Element::u1:
      return use(std::uint8_t{});
    case Element::u8:
      return use(std::uint64_t{});
    case Element::f4:
      return use(float{});
    case Element::f8:
      break;
  }
  return use(double{});
}

bool is_integer(Element e) { return e != Element::f4 && e != Element::f8; }

double number_at(Element element, const Bytes& bytes, std::int64_t i) {
  return with_type(
      element, [&](auto type) { return static_cast<double>(value_at<decltype(type)>(bytes, i)); });
}

std::string text_at(Element element, const Bytes& bytes, std::int64_t i) {
  return with_type(element, [&](auto type) -> std::string {
    const auto value = value_at<decltype(type)>(bytes, i);
    if constexpr (std::is_integral_v<decltype(type)>) {
      return std::to_string(value);
    } else {
      char text[40];  // nine digits tell floats apart, seventeen doubles
      std::snprintf(text, sizeof text, "%.*g", sizeof value == 4 ? 9 : 17,
                    static_cast<double>(value));
      return text;
    }
  });
}

// Beyond every tolerance where one of them alone is no number. Differences of 64-bit integers are
// taken before they are rounded.
double distance_at(const ValuePair& p, std::int64_t i) {
  if (p.element == Element::i8) {
    const auto a = value_at<std::int64_t>(p.a, i), b = value_at<std::int64_t>(p.b, i);
    const auto ua = static_cast<std::uint64_t>(a), ub = static_cast<std::uint64_t>(b);
    return static_cast<double>(a > b ? ua - ub : ub - ua);
  }
  const double a = number_at(p.element, p.a, i), b = number_at(p.element, p.b, i);
  if (std::isfinite(a) && std::isfinite(b)) return std::abs(a - b);
  return HUGE_VAL;
}

bool same_at(const ValuePair& p, std::int64_t i) {
  const std::size_t size = size_of(p.element), at = static_cast<std::size_t>(i) * size;
  return std::memcmp(p.a.data() + at, p.b.data() + at, size) == 0;
}

Difference difference_at(const ValuePair& p, std::int64_t i, const std::string& what) {
  Difference d;
  d.what = what;
  d.sample = i / p.columns;
  d.column = p.columns > 1 ? i % p.columns : -1;
  d.a = text_at(p.element, p.a, i);
  d.b = text_at(p.element, p.b, i);
  return d;
}

// How many are further apart than `allowed`, and the first of them.
struct Outside {
  std::int64_t count = 0, first = -1;
};

Outside count_outside(const ValuePair& p, double allowed, DatasetSummary& summary) {
  Outside outside;
  const std::int64_t values = p.rows * p.columns;
  summary.values += values;
  if (p.a == p.b) return outside;
  for (std::int64_t i = 0; i < values; ++i) {
    if (same_at(p, i)) continue;
    const double distance = distance_at(p, i);
    ++summary.different;
    summary.largest = std::max(summary.largest, distance);
    if (allowed > 0 && distance <= allowed) continue;
    if (outside.count++ == 0) outside.first = i;
  }
  return outside;
}

// One column in stored units; what is missing holds the last value.
Series column_of(const ValuePair& p, const Bytes& bytes, std::int64_t column) {
  Series values(p.rows);
  double last = 0;
  for (std::int64_t i = 0; i < p.rows; ++i) {
    const double value = number_at(p.element, bytes, i * p.columns + column);
    if (std::isfinite(value) && !(p.fill && value == *p.fill)) last = value;
    values(i) = last;
  }
  return values;
}

double band_rms(const Spectrum& s, const BandTolerance& band) {
  double power = 0;
  for (Index k = 0; k < s.frequency_hz.size(); ++k)
    if (s.frequency_hz(k) >= band.from_hz && s.frequency_hz(k) < band.to_hz)
      power += s.density(k, 0);
  return std::sqrt(power * s.frequency_hz(1));
}

std::string as_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

// What both amounts to beyond the steps of the counts, whose rms is 1 / sqrt 12 of one.
bool apart(const ValuePair& p, double a, double b, double relative) {
  const double floor = is_integer(p.element) ? 1 / std::sqrt(12.0) : 0;
  return std::abs(a - b) > std::max(floor, relative * a);
}

Difference column_difference(std::int64_t column, const std::string& what, double a, double b) {
  Difference d;
  d.what = what;
  d.column = column;
  d.a = as_text(a);
  d.b = as_text(b);
  return d;
}

std::optional<Difference> compare_rms(const ValuePair& p, double relative) {
  for (std::int64_t k = 0; k < p.columns; ++k) {
    const double a = std::sqrt(column_of(p, p.a, k).square().mean());
    const double b = std::sqrt(column_of(p, p.b, k).square().mean());
    if (apart(p, a, b, relative)) return column_difference(k, "rms differs", a, b);
  }
  return std::nullopt;
}

// Powers are compared by their roots: (1 + r)^2 is about 1 + 2 r.
std::optional<Difference> compare_bands(const ValuePair& p,
                                        const std::vector<BandTolerance>& bands) {
  constexpr Index kSegment = 256, kFewest = 16;  // samples; of one spectrum
  if (p.rows < kFewest) return std::nullopt;
  for (std::int64_t k = 0; k < p.columns; ++k) {
    const Index segment = std::min<Index>(kSegment, p.rows);
    const Spectrum a = welch(column_of(p, p.a, k), p.rate_hz, segment);
    const Spectrum b = welch(column_of(p, p.b, k), p.rate_hz, segment);
    for (const BandTolerance& band : bands) {
      require(band.from_hz < p.rate_hz / 2, ErrorKind::usage,
              "bands: expected a signal that reaches " + as_text(band.from_hz) +
                  " Hz, found a rate of " + as_text(p.rate_hz) + " Hz");
      const double in_a = band_rms(a, band), in_b = band_rms(b, band);
      if (apart(p, in_a, in_b, std::sqrt(1 + band.relative) - 1))
        return column_difference(
            k, "rms from " + as_text(band.from_hz) + " to " + as_text(band.to_hz) + " Hz differs",
            in_a, in_b);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Difference> compare_values(const ValuePair& pair, DatasetSummary& summary) {
  const Outside outside = count_outside(pair, 0, summary);
  if (outside.count == 0) return std::nullopt;
  return difference_at(pair, outside.first, "values differ");
}

std::optional<Difference> compare_values(const ValuePair& pair, const ChannelTolerance& tolerance,
                                         DatasetSummary& summary) {
  const Outside outside = count_outside(pair, tolerance.counts, summary);
  const double values = static_cast<double>(pair.rows * pair.columns);
  if (static_cast<double>(outside.count) > (1 - tolerance.share) * values)
    return difference_at(pair, outside.first,
                         std::to_string(outside.count) + " of " +
                             std::to_string(pair.rows * pair.columns) +
                             " values differ by more than " + as_text(tolerance.counts));
  if (pair.rows == 0) return std::nullopt;
  if (tolerance.rms)
    if (auto difference = compare_rms(pair, *tolerance.rms)) return difference;
  if (tolerance.bands.empty()) return std::nullopt;
  require(pair.rate_hz > 0, ErrorKind::usage,
          summary.dataset + ": bands: expected a signal with a rate, found none");
  return compare_bands(pair, tolerance.bands);
}

}  // namespace wrist
