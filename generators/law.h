// SPDX-License-Identifier: Apache-2.0
/// What a parameter of a recipe is drawn from: numbers from a law, names from a mix.
///
///   "3 kPa"                                                    a constant
///   ["2 kPa", "8 kPa"]                                         uniform
///   { normal = ["4 kPa", "1 kPa"], within = [...] }            mean, standard deviation
///   { lognormal = ["4 kPa", 1.5], within = [...] }             median, factor of one sd
///   { choice = ["2 kPa", "5 kPa"], weights = [3, 1] }          one of these
///
/// Normal laws are truncated: drawn again until they fall within, so that the law is exact.
#pragma once

#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/rng.h"
#include "sim/base/units.h"

namespace wrist {

struct UniformLaw {
  double lowest = 0, highest = 0;  // equal: a constant
};
struct NormalLaw {
  double mean = 0, sd = 1, lowest = 0, highest = 0;  // none below lowest, above highest
};
struct LogNormalLaw {
  double median = 1, factor = 2, lowest = 0, highest = 0;  // factor: of one standard deviation
};
struct ChoiceLaw {
  std::vector<double> values, weights;  // no weights: equally likely
};
using Law = std::variant<UniformLaw, NormalLaw, LogNormalLaw, ChoiceLaw>;

inline Law constant(double value) { return UniformLaw{value, value}; }

/// A uniform law takes one number of the stream, as it always has.
double draw(const Law& law, const Rng& rng);
/// No draw is outside these.
double lowest(const Law& law);
double highest(const Law& law);
double mean(const Law& law);  // of a truncated law: by quadrature, to 1e-6 of its width

/// Truncated laws must fall within at least this often, which bounds the draws they take.
inline constexpr double kLeastInside = 0.01;
/// How often the law falls within its ends before it is truncated; 1 for laws that are not.
double share_inside(const Law& law);

/// Names with weights.
struct Mix {
  std::vector<std::string> names;
  std::vector<double> weights;  // as many, or none: equally likely

  bool has(const std::string& name) const;
};
const std::string& pick(const Mix& mix, const Rng& rng);
/// The position of one of `count` things of these weights; none: equally likely.
std::size_t pick(const std::vector<double>& weights, std::size_t count, const Rng& rng);

/// As JSON in SI units: [lowest, highest], {"normal": [mean, sd], "within": [...]}, ...; a mix
/// without weights is a list. What to_json writes, the other reads, to the last bit.
std::string to_json(const Law& law);
Law law_from_json(const std::string& text);
std::string to_json(const Mix& mix);

/// As a recipe writes it, in SI units of that dimension.
std::string to_toml(const Law& law, Dimension dimension);
std::string to_toml(const Mix& mix);
/// The shortest decimal that reads back as the same number.
std::string shortest(double value);

}  // namespace wrist
