// SPDX-License-Identifier: Apache-2.0
#include "generators/law_toml.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace wrist {
namespace {

constexpr double kMostFactor = 1000;  // of a lognormal law
constexpr const char* kForms =
    "a quantity, [lowest, highest], or a table with one of normal, lognormal, choice";

// Weights of a list of `count`: not negative, not all 0; none if the key is absent.
std::vector<double> read_weights(const TomlTable& t, std::size_t count) {
  if (!t.has("weights")) return {};
  const std::vector<double> weights = t.numbers("weights");
  const bool sound = weights.size() == count &&
                     std::all_of(weights.begin(), weights.end(), [](double w) { return w >= 0; }) &&
                     std::accumulate(weights.begin(), weights.end(), 0.0) > 0;
  if (!sound)
    t.fail("weights", std::to_string(count) + " numbers, none below 0, not all of them 0");
  return weights;
}

std::array<double, 2> read_within(const TomlTable& t, const Limits& limits) {
  const std::array<double, 2> within =
      t.range("within", limits.dimension, {limits.lowest, limits.highest});
  if (within[0] >= within[1]) t.fail("within", "[lowest, highest], one below the other");
  if (within[0] < limits.lowest || within[1] > limits.highest) t.fail("within", limits.expected);
  return within;
}

Law read_normal(const TomlTable& t, const Limits& limits) {
  if (t.length("normal") != 2) t.fail("normal", "[mean, standard deviation]");
  const auto within = read_within(t, limits);
  const NormalLaw law{t.quantity_at("normal", 0, limits.dimension),
                      t.quantity_at("normal", 1, limits.dimension), within[0], within[1]};
  if (law.sd <= 0 || law.sd > limits.highest - limits.lowest)
    t.fail("normal", "a standard deviation above 0, and no wider than the limits");
  return law;
}

Law read_lognormal(const TomlTable& t, const Limits& limits) {
  if (t.length("lognormal") != 2) t.fail("lognormal", "[median, factor of a standard deviation]");
  const auto within = read_within(t, limits);
  const LogNormalLaw law{t.quantity_at("lognormal", 0, limits.dimension),
                         t.quantity_at("lognormal", 1, Dimension::ratio), within[0], within[1]};
  if (law.median <= 0 || law.factor <= 1 || law.factor > kMostFactor)
    t.fail("lognormal", "a median above 0 and a factor above 1, at most 1000");
  return law;
}

Law read_choice(const TomlTable& t, const Limits& limits) {
  const std::size_t count = t.length("choice");
  return ChoiceLaw{t.quantities("choice", limits.dimension, count), read_weights(t, count)};
}

Law read_table_law(const TomlTable& table, const std::string& key, const Limits& limits) {
  const TomlTable t = table.table(key);
  const bool normal = t.has("normal"), lognormal = t.has("lognormal"), choice = t.has("choice");
  t.has("within");
  t.has("weights");
  t.finish();
  if (normal + lognormal + choice != 1) table.fail(key, kForms);
  if (choice && t.has("within")) t.fail("within", "no such key beside choice");
  if (!choice && t.has("weights")) t.fail("weights", "no such key without choice");
  const Law law = choice   ? read_choice(t, limits)
                  : normal ? read_normal(t, limits)
                           : read_lognormal(t, limits);
  if (share_inside(law) < kLeastInside)
    t.fail(normal ? "normal" : "lognormal",
           "a law that falls between " + shortest(lowest(law)) + " and " + shortest(highest(law)) +
               " " + si_unit(limits.dimension) + " at least 1 % of the time");
  return law;
}

Mix read_weighted(const TomlTable& table, const std::string& key) {
  const TomlTable t = table.table(key);
  Mix mix;
  if (t.has("choice")) {
    mix.names = t.strings("choice");
    mix.weights = read_weights(t, mix.names.size());
    return mix;
  }
  for (const std::string& name : t.keys()) {
    mix.names.push_back(name);
    mix.weights.push_back(t.quantity(name, Dimension::ratio));
    if (mix.weights.back() < 0) t.fail(name, "a weight, not below 0");
  }
  if (std::accumulate(mix.weights.begin(), mix.weights.end(), 0.0) <= 0)
    table.fail(key, "names with weights, not all of them 0");
  return mix;
}

// The order a list of weights was written in is no part of what it says.
Mix sorted(const Mix& mix) {
  std::vector<std::size_t> order(mix.names.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&mix](std::size_t a, std::size_t b) { return mix.names[a] < mix.names[b]; });
  Mix out;
  for (const std::size_t i : order) {
    out.names.push_back(mix.names[i]);
    out.weights.push_back(mix.weights[i]);
  }
  return out;
}

}  // namespace

Law read_law(const TomlTable& t, const std::string& key, const Limits& limits,
             const Law& fallback) {
  if (!t.has(key)) return fallback;
  Law law;
  if (t.node(key).is_table()) {
    law = read_table_law(t, key, limits);
  } else {
    const std::array<double, 2> ends = t.range(key, limits.dimension, {0, 0});
    law = UniformLaw{ends[0], ends[1]};
  }
  if (lowest(law) < limits.lowest || highest(law) > limits.highest) t.fail(key, limits.expected);
  return law;
}

Mix read_mix(const TomlTable& t, const std::string& key) {
  if (!t.has(key) || !t.node(key).is_table()) return {t.strings(key), {}};
  const Mix mix = read_weighted(t, key);
  if (mix.weights.empty()) return mix;
  const Mix unique = sorted(mix);
  if (std::adjacent_find(unique.names.begin(), unique.names.end()) != unique.names.end())
    t.fail(key, "every name once");
  return unique;
}

}  // namespace wrist
