// SPDX-License-Identifier: Apache-2.0
// Laws against closed forms: means and shares within four standard errors of the draws.
#include "generators/law.h"

#include <gtest/gtest.h>

#include <cmath>

#include "generators/law_toml.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr std::uint64_t kDraws = 20000;
constexpr Limits kPressure{Dimension::pressure, 100, 30000, "0.1 to 30 kPa"};

Law read(const std::string& text, const Limits& limits = kPressure) {
  const toml::table table = toml::parse(std::string_view{"x = " + text}, std::string_view{"f"});
  const TomlTable t(table, "f");
  const Law law = read_law(t, "x", limits, constant(0));
  t.finish();
  return law;
}

std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::vector<double> draws(const Law& law) {
  std::vector<double> all;
  for (std::uint64_t k = 0; k < kDraws; ++k) all.push_back(draw(law, Rng(7) / "law" / k));
  return all;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

double sd_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

TEST(Law, UniformTakesTheFirstNumberOfItsStreamAsEver) {
  const Law law = read("[\"2 kPa\", \"8 kPa\"]");
  EXPECT_EQ(draw(law, Rng(3)), 2000 + 6000 * Rng(3).uniform());
  EXPECT_EQ(draw(read("\"3 kPa\""), Rng(3)), 3000);
}

// Mean m + s (phi(a) - phi(b)) / Z of a normal law cut at a and b standard deviations.
TEST(Law, TruncatedNormalIsExact) {
  const Law law = read("{ normal = [\"4 kPa\", \"2 kPa\"], within = [\"3 kPa\", \"9 kPa\"] }");
  const double a = -0.5, b = 2.5, z = below(b) - below(a);
  const auto phi = [](double x) { return std::exp(-0.5 * x * x) / std::sqrt(8 * std::atan(1.0)); };
  const double wanted = 4000 + 2000 * (phi(a) - phi(b)) / z;
  const std::vector<double> all = draws(law);
  EXPECT_NEAR(mean_of(all), wanted, 4 * sd_of(all) / std::sqrt(double{kDraws}));
  EXPECT_NEAR(mean(law), wanted, 1e-2);
  EXPECT_NEAR(share_inside(law), z, 1e-12);
  int under = 0;
  for (const double x : all) {
    EXPECT_GE(x, 3000);
    EXPECT_LE(x, 9000);
    under += x < 4000;
  }
  const double share = (0.5 - below(a)) / z;
  EXPECT_NEAR(under / double{kDraws}, share, 4 * std::sqrt(share * (1 - share) / double{kDraws}));
}

// Half of a lognormal law is below its median; within one factor 68 % of it.
TEST(Law, LogNormalHasItsMedianAndFactor) {
  const Law law = read("{ lognormal = [\"2 kPa\", 1.5] }");
  int under = 0, inside = 0;
  for (const double x : draws(law)) {
    under += x < 2000;
    inside += x > 2000 / 1.5 && x < 2000 * 1.5;
  }
  EXPECT_NEAR(under / double{kDraws}, 0.5, 4 * 0.5 / std::sqrt(double{kDraws}));
  const double one = below(1) - below(-1);
  EXPECT_NEAR(inside / double{kDraws}, one, 4 * std::sqrt(one * (1 - one) / double{kDraws}));
  EXPECT_EQ(lowest(law), 100) << "truncated at the limit of the parameter";
  EXPECT_EQ(highest(law), 30000);
}

TEST(Law, ChoicesComeByWeight) {
  const Law law = read("{ choice = [\"1 kPa\", \"2 kPa\", \"3 kPa\"], weights = [1, 0, 3] }");
  int first = 0;
  for (const double x : draws(law)) {
    EXPECT_NE(x, 2000);
    first += x == 1000;
  }
  EXPECT_NEAR(first / double{kDraws}, 0.25, 4 * std::sqrt(0.25 * 0.75 / double{kDraws}));
  EXPECT_EQ(mean(law), 2500);
}

TEST(Law, ReadsBackWhatItWrites) {
  for (const char* text : {"\"3 kPa\"", "[\"2 kPa\", \"8.1 kPa\"]",
                           "{ normal = [\"4 kPa\", \"1 kPa\"], within = [\"1 kPa\", \"9 kPa\"] }",
                           "{ lognormal = [\"30 mmHg\", 1.3] }",
                           "{ choice = [\"1 kPa\", \"2 kPa\"], weights = [0.1, 3] }"}) {
    const Law law = read(text);
    EXPECT_EQ(to_json(law_from_json(to_json(law))), to_json(law)) << text;
    EXPECT_EQ(to_json(read(to_toml(law, Dimension::pressure))), to_json(law)) << text;
  }
  EXPECT_THROW(law_from_json("{}"), Error);
  EXPECT_THROW(law_from_json("[1]"), Error);
  EXPECT_THROW(law_from_json("[1, \"two\"]"), Error);
}

TEST(Law, MistakesAreNamed) {
  const auto expect = [](const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* part : parts)
      EXPECT_NE(error_of(text).find(part), std::string::npos) << text << ": " << error_of(text);
  };
  expect("{ nromal = [\"4 kPa\", \"1 kPa\"] }", {"f:1", "x.nromal", "did you mean x.normal?"});
  expect("{ normal = [\"4 kPa\"] }", {"x.normal", "[mean, standard deviation]"});
  expect("{ normal = [\"4 kPa\", \"0 kPa\"] }", {"standard deviation above 0"});
  expect("{ normal = [\"4 kPa\", \"1 s\"] }", {"x.normal", "Pa, kPa, mmHg"});
  expect("{ normal = [\"4 kPa\", \"1 kPa\"], within = [\"1 kPa\", \"90 kPa\"] }",
         {"x.within", "0.1 to 30 kPa"});
  expect("{ normal = [\"4 kPa\", \"10 Pa\"], within = [\"5 kPa\", \"6 kPa\"] }", {"1 %"});
  expect("{ lognormal = [\"4 kPa\", 1] }", {"factor above 1"});
  expect("{ choice = [\"4 kPa\"], weights = [1, 2] }", {"x.weights", "1 numbers"});
  expect("{ choice = [\"4 kPa\", \"2 kPa\"], weights = [1, -2] }", {"none below 0"});
  expect("{ choice = [\"4 kPa\", \"50 kPa\"] }", {"0.1 to 30 kPa"});
  expect("{ choice = [\"4 kPa\"], normal = [\"4 kPa\", \"1 kPa\"] }", {"one of normal"});
  expect("{ weights = [1] }", {"one of normal"});
  expect("[\"0.01 kPa\", \"8 kPa\"]", {"0.1 to 30 kPa"});
  expect("[\"1 kPa\", \"2 kPa\", \"3 kPa\"]", {"[lowest, highest]"});
}

}  // namespace
}  // namespace wrist
