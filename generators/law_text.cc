// SPDX-License-Identifier: Apache-2.0
// Laws and mixes as JSON and TOML.
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "generators/law.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using nlohmann::json;

json to_value(const UniformLaw& u) { return {u.lowest, u.highest}; }
json to_value(const NormalLaw& n) {
  return {{"normal", {n.mean, n.sd}}, {"within", {n.lowest, n.highest}}};
}
json to_value(const LogNormalLaw& l) {
  return {{"lognormal", {l.median, l.factor}}, {"within", {l.lowest, l.highest}}};
}
json to_value(const ChoiceLaw& c) {
  json value{{"choice", c.values}};
  if (!c.weights.empty()) value["weights"] = c.weights;
  return value;
}

std::array<double, 2> two(const json& list) {
  require(list.size() == 2, ErrorKind::usage, "law: expected two numbers, found " + list.dump());
  return {list[0].get<double>(), list[1].get<double>()};
}

Law from_value(const json& value) {
  if (value.is_array()) return UniformLaw{two(value)[0], two(value)[1]};
  if (value.contains("choice"))
    return ChoiceLaw{value["choice"].get<std::vector<double>>(),
                     value.value("weights", std::vector<double>{})};
  const auto within = two(value.at("within"));
  if (value.contains("normal")) {
    const auto n = two(value["normal"]);
    return NormalLaw{n[0], n[1], within[0], within[1]};
  }
  const auto l = two(value.at("lognormal"));
  return LogNormalLaw{l[0], l[1], within[0], within[1]};
}

template <typename T, typename Text>
std::string list(const std::vector<T>& items, const Text& text) {
  std::string all;
  for (const T& item : items) all += (all.empty() ? "" : ", ") + text(item);
  return std::string("[") + all + "]";
}

// A number with its unit, quoted; ratios are plain.
struct InUnit {
  Dimension dimension;
  std::string operator()(double value) const {
    if (dimension == Dimension::ratio) return shortest(value);
    return std::string("\"").append(shortest(value)) + " " + si_unit(dimension) + "\"";
  }
};

std::string text(const UniformLaw& u, const InUnit& in) {
  return u.lowest == u.highest ? in(u.lowest) : list(std::vector{u.lowest, u.highest}, in);
}
std::string text(const NormalLaw& n, const InUnit& in) {
  return std::string("{ normal = ") + list(std::vector{n.mean, n.sd}, in) +
         ", within = " + list(std::vector{n.lowest, n.highest}, in) + " }";
}
std::string text(const LogNormalLaw& l, const InUnit& in) {
  return std::string("{ lognormal = [") + in(l.median) + ", " + shortest(l.factor) +
         "], within = " + list(std::vector{l.lowest, l.highest}, in) + " }";
}
std::string text(const ChoiceLaw& c, const InUnit& in) {
  return std::string("{ choice = ") + list(c.values, in) +
         (c.weights.empty() ? std::string()
                            : std::string(", weights = ") + list(c.weights, shortest)) +
         " }";
}

}  // namespace

std::string shortest(double value) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

std::string to_json(const Law& law) {
  return std::visit([](const auto& l) { return to_value(l); }, law).dump();
}

Law law_from_json(const std::string& text) {
  try {
    return from_value(json::parse(text));
  } catch (const json::exception& error) {
    throw Error(ErrorKind::usage, "law: expected one as JSON, found " + text + ": " + error.what());
  }
}

std::string to_json(const Mix& mix) {
  if (mix.weights.empty()) return json(mix.names).dump();
  return json{{"choice", mix.names}, {"weights", mix.weights}}.dump();
}

std::string to_toml(const Law& law, Dimension dimension) {
  return std::visit([dimension](const auto& l) { return text(l, InUnit{dimension}); }, law);
}

std::string to_toml(const Mix& mix) {
  const auto quoted = [](const std::string& name) { return json(name).dump(); };
  if (mix.weights.empty()) return list(mix.names, quoted);
  std::string all;
  for (std::size_t i = 0; i < mix.names.size(); ++i)
    all += (i == 0 ? "" : ", ") + quoted(mix.names[i]) + " = " + shortest(mix.weights[i]);
  return std::string("{ ") + all + " }";
}

}  // namespace wrist
