// SPDX-License-Identifier: Apache-2.0
/// Inertial parts, watches and multipliers as assets and recipes have them.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>

#include "generators/assets_internal.h"
#include "generators/make_recording.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::assets;

const fs::path kParts = testing::asset_folder() / "parts";

// The spec of a watch with this [imu] table.
ImuSpec spec_of(const std::string& imu, const fs::path& parts = kParts) {
  const toml::table parsed = toml::parse(imu + "\nposition = [\"0 mm\", \"0 mm\", \"0 mm\"]\n");
  const TomlTable table(parsed, "watch.toml", "imu.");
  WatchSpec watch;
  read_imu(watch, table, parts);
  table.finish();
  return watch.imu;
}

ImuSpec part(const std::string& name, const std::string& rate) {
  return spec_of("part = \"" + name + "\"\nrate = \"" + rate + "\"");
}

// What is left of a tone by a part without errors, as an amplitude share. `clock`: true over
// nominal output rate.
double response(const ImuSpec& spec, double tone_hz, double clock = 1) {
  ImuEffects none;
  for (const ImuEffectName& effect : kImuEffects) none.*effect.value = 0;
  ImuUnit unit = build_imu(scaled(spec, none), Rng(1));
  unit.true_rate_hz *= clock;
  const double rate = std::max(4000., 8 * spec.rate_hz);
  ImuTruth truth;
  truth.time = make_grid(4, rate);
  truth.specific_force_I = truth.w_WI_I = Series3::Zero(truth.time.count, 3);
  const double size = 0.5 * spec.accel.range;
  for (Index i = 0; i < truth.time.count; ++i)
    truth.specific_force_I(i, 0) = size * std::sin(2 * kPi * tone_hz * truth.time.time(i));
  const ImuRecord record = measure(unit, truth, Rng(2));
  const Index tail = record.time_ns.size() / 2;
  const Series x = record.accel.col(0).tail(tail).cast<double>() * record.accel_scale;
  return std::sqrt(2 * x.square().mean()) / size;
}

// The frequency at which the response falls to `share`, by bisection of a sweep.
double frequency_of(const ImuSpec& spec, double share) {
  double low = 0.1 * spec.accel.bandwidth_hz, high = 8 * spec.accel.bandwidth_hz;
  for (int i = 0; i < 14; ++i) {
    // A clock of its own: at half the output rate a tone would stand still.
    const double middle = std::sqrt(low * high) + 0.0625;
    (response(spec, middle, 1.137) > share ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

TEST(ImuParts, ASweepFindsTheCutOffAndTheOrderOfEveryPart) {
  struct Expected {
    const char* name;
    const char* rate;
    double cut_off;
    int order;
  };
  for (const Expected& e : {Expected{"bmi270", "100 Hz", 40.5, 2},
                            {"bmi160", "50 Hz", 20.25, 2},
                            {"bmi323", "25 Hz", 10.125, 2},
                            {"lsm6dso", "104 Hz", 52, 2},
                            {"lsm6dsv16x", "120 Hz", 60, 2},
                            {"icm42688p", "200 Hz", 90.9, 2},
                            {"icm20948", "100 Hz", 50.4, 2}}) {
    const ImuSpec spec = part(e.name, e.rate);
    const double found = frequency_of(spec, std::sqrt(0.5));
    EXPECT_NEAR(found, e.cut_off, 0.02 * e.cut_off) << e.name;
    // A decade of attenuation further on: share^-2 - 1 grows with the frequency to the power 2n.
    const double tenth = frequency_of(spec, 0.1);
    const double order = std::log(99.) / (2 * std::log(tenth / found));
    EXPECT_NEAR(order, e.order, 0.08 * e.order) << e.name;
  }
  const ImuSpec high_g = spec_of("part = \"adxl372\"\ngyro_part = \"bmi270\"\nrate = \"400 Hz\"");
  EXPECT_NEAR(frequency_of(high_g, std::sqrt(0.5)), 200, 4);
  EXPECT_EQ(high_g.accel.filter_order, 4);
}

TEST(ImuParts, ANinetyHertzToneAliasesWhereTheFilterIsWide) {
  // At 50 Hz of output 90 Hz comes out at 10 Hz: of 90.9 Hz nearly whole, of 20.25 Hz hardly.
  EXPECT_NEAR(response(part("icm42688p", "50 Hz"), 90), std::sqrt(0.5), 0.02);
  EXPECT_LT(response(part("bmi270", "50 Hz"), 90), 0.06);
}

TEST(ImuParts, GyroscopesKeepWhatTheirTableSays) {
  EXPECT_DOUBLE_EQ(part("bmi160", "100 Hz").gyro.bandwidth_hz, 39.9);
  EXPECT_DOUBLE_EQ(part("bmi160", "400 Hz").gyro.bandwidth_hz, 136.6);
  EXPECT_DOUBLE_EQ(part("bmi160", "50 Hz").gyro.bandwidth_hz, 0.399 * 50) << "its rule";
  EXPECT_DOUBLE_EQ(part("icm42688p", "50 Hz").gyro.bandwidth_hz, 90.9);
  EXPECT_DOUBLE_EQ(part("icm42688p", "800 Hz").gyro.bandwidth_hz, 181.8);
}

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "accepted";
}

TEST(ImuParts, APartWithoutAGyroscopeNeedsAnother) {
  EXPECT_NE(error_of([] { part("adxl372", "400 Hz"); }).find("imu.gyro_part: expected a part with"),
            std::string::npos);
  EXPECT_NE(error_of([] {
              spec_of("part = \"bmi270\"\ngyro_part = \"adxl372\"\nrate = \"400 Hz\"");
            }).find("imu.gyro_part: expected a part with a gyroscope"),
            std::string::npos);
  const ImuSpec pair = spec_of("part = \"adxl372\"\ngyro_part = \"bmi270\"\nrate = \"400 Hz\"");
  EXPECT_EQ(pair.name, "ADXL372 and BMI270");
  EXPECT_EQ(pair.accel.bits, 12);
  EXPECT_EQ(pair.gyro.bits, 16);
  EXPECT_NEAR(pair.accel.range / 2048, 0.1 * kGravity, 1e-12) << "100 mg per count";
}

TEST(ImuParts, MistakesAreNamed) {
  const fs::path folder = testing::scratch_folder() / "parts";
  fs::create_directories(folder);
  const auto with = [&](const std::string& accel) {
    std::ofstream(folder / "x.toml")
        << "name = \"X\"\nsource = \"none\"\n[accel]\nrange = \"8 g\"\n"
        << accel << "\n[gyro]\nrange = \"2000 dps\"\n"
        << "bandwidth_ratio = 0.4\n";
    return error_of([&] { spec_of("part = \"x\"\nrate = \"100 Hz\"", folder); });
  };
  const auto expect = [](const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* piece : parts) EXPECT_NE(text.find(piece), std::string::npos) << text;
  };
  EXPECT_EQ(with("bandwidth_ratio = 0.4"), "accepted");
  expect(with("bandwidth_ratio = 0.4\nflickr = \"1 ug\""),
         {"x.toml:6", "unknown key accel.flickr", "did you mean accel.flicker?"});
  expect(with("bandwidth = [[\"50 Hz\", \"20 Hz\"]]"),
         {"x.toml:5", "accel.bandwidth", "a row for the output rate of 100"});
  expect(with("bandwidth = [[\"50 Hz\"]]"), {"accel.bandwidth", "rows of 2 quantities"});
  expect(with("bandwidth_ratio = 0.4\nbias_tempco_sd = \"1 mg\""),
         {"x.toml:6", "accel.bias_tempco_sd", "mg/K"});
  expect(with("bandwidth_ratio = 0.4\nbias_sd = \"2 mg\"\nbias_max = \"1 mg\""),
         {"accel.bias_max of at least bias_sd"});
  expect(with("bandwidth_ratio = 0.4\ng_sensitivity_sd = \"1 dps/g\""),
         {"unknown key accel.g_sensitivity_sd"});
  expect(error_of([] { spec_of("part = \"bmi270\"\nrate = \"100 Hz\"\naxes = \"scren\""); }),
         {"imu.axes", "\"case\" or \"screen\"", "scren"});
}

TEST(ImuWatches, CoverTheDevicesThereAre) {
  const auto watch = [](const char* name) -> const ImuSpec& { return assets().watch(name).imu; };
  EXPECT_EQ(watch("generic_100hz").rate_hz, 100);
  EXPECT_EQ(watch("generic_800hz").rate_hz, 800);
  EXPECT_EQ(watch("generic_25hz").rate_hz, 25);
  EXPECT_DOUBLE_EQ(watch("generic_50hz_wide").accel.range, 4 * kGravity);
  EXPECT_DOUBLE_EQ(watch("generic_400hz_256g").accel.range, 256 * kGravity);
  EXPECT_DOUBLE_EQ(watch("generic_400hz_256g").accel.range / 2048, 0.125 * kGravity);
}

TEST(ImuWatches, AxesFollowTheScreenOnlyWhereTheWatchSaysSo) {
  const WatchSpec& screen = assets().watch("generic_800hz");
  const WatchSpec& plain = assets().watch("generic_100hz");
  const Eigen::Vector3d x = Eigen::Vector3d::UnitX();
  EXPECT_TRUE((chip_pose(plain, true).R * x).isApprox(x));
  EXPECT_TRUE((chip_pose(screen, false).R * x).isApprox(x));
  EXPECT_TRUE((chip_pose(screen, true).R * x).isApprox(-x)) << "half a turn about z";
  EXPECT_TRUE(
      (chip_pose(screen, true).R * Eigen::Vector3d::UnitZ()).isApprox(Eigen::Vector3d::UnitZ()));
  EXPECT_EQ(chip_pose(screen, true).p, screen.X_CI.p) << "the chip stays where it is";
  // Chip x to 12 o'clock.
  EXPECT_TRUE(
      (chip_pose(assets().watch("generic_25hz"), false).R * x).isApprox(Eigen::Vector3d::UnitY()));
}

const Recording& record(const std::vector<std::string>& overrides) {
  static const ClipLibrary kClips({}, 1);
  static std::map<std::vector<std::string>, Recording> made;
  if (const auto found = made.find(overrides); found != made.end()) return found->second;
  std::vector<std::string> all{"duration=2 s", "fidelity=ideal", "recordings=1"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  const Recipe recipe = testing::shipped_recipe("quickstart", all);
  return made[overrides] = make_recording(draw_scenario(recipe, assets(), 0), assets(), kClips);
}

const Channel& channel(const Recording& r, const std::string& group, const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == group && c.name == name) return c;
  throw Error(ErrorKind::internal, "no channel " + group + "/" + name);
}

bool same(const Channel& a, const Channel& b) {
  return std::visit(
      [&b](const auto& values) {
        const auto& others = std::get<std::decay_t<decltype(values)>>(b.values);
        return values.rows() == others.rows() && (values == others).all();
      },
      a.values);
}

std::vector<std::string> all_off(const std::string& but, const std::string& value) {
  std::vector<std::string> overrides;
  for (const ImuEffectName& effect : kImuEffects)
    overrides.push_back("imu." + std::string(effect.name) + "=" +
                        (effect.name == but ? value : "0"));
  return overrides;
}

TEST(ImuEffects, EachAloneIsSwitchedBySetAndTheTruthStaysUntouched) {
  // Some are below a count in two seconds of lifting an arm, unless they are made larger.
  const std::map<std::string, std::string> sizes = {
      {"saturation", "10"}, {"nonlinearity", "10"}, {"rectification", "100"},
      {"element", "100"},   {"size", "20"},         {"clock_drift", "3"}};
  const Recording& none = record(all_off("", "0"));
  for (const ImuEffectName& effect : kImuEffects) {
    const std::string name = effect.name;
    const auto size = sizes.find(name);
    const Recording& one = record(all_off(name, size == sizes.end() ? "1" : size->second));
    const auto changed = [&](const char* group, const char* what) {
      return !same(channel(one, group, what), channel(none, group, what));
    };
    EXPECT_TRUE(changed("imu", "accel") || changed("imu", "gyro") || changed("imu", "t")) << name;
    if (name == "clock" || name == "clock_drift") continue;  // truth is read at other instants
    for (const char* truth : {"clean_accel", "clean_gyro", "case_position", "case_orientation"})
      EXPECT_FALSE(changed("truth", truth)) << name << " " << truth;
  }
}

TEST(ImuEffects, AllOffIsTheCleanSignalToHalfACount) {
  const Recording& none = record(all_off("", "0"));
  for (const auto& [counts, clean] : {std::pair{"accel", "clean_accel"}, {"gyro", "clean_gyro"}}) {
    const Channel& c = channel(none, "imu", counts);
    const double scale = std::get<double>(c.attributes.at("scale_factor"));
    const auto& measured = std::get<Rows<std::int16_t>>(c.values);
    const auto& truth = std::get<Rows<float>>(channel(none, "truth", clean).values);
    const double off = (measured.cast<double>() * scale - truth.cast<double>()).abs().maxCoeff();
    EXPECT_LT(off, 0.5 * scale + 2e-6) << "half a count, and the rounding of the truth to f4";
  }
}

TEST(ImuEffects, AreDrawnIntoTheScenarioAndTheRecipe) {
  const Recipe recipe = testing::shipped_recipe(
      "quickstart", {"imu.noise=[0, 2]", "imu.bias=0.5", "environment.temperature=\"30 degC\""});
  EXPECT_NE(to_json(recipe).find("\"imu\":{\"bias\":[0.5,0.5],\"noise\":[0.0,2.0]}"),
            std::string::npos)
      << to_json(recipe);
  double lowest = 2, highest = 0;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const Scenario s = draw_scenario(recipe, assets(), i);
    lowest = std::min(lowest, s.imu.noise);
    highest = std::max(highest, s.imu.noise);
    EXPECT_EQ(s.imu.bias, 0.5);
    EXPECT_EQ(s.imu.flicker, 1);
    EXPECT_NEAR(s.warm_up.ambient, 303.15, 1e-9);
    EXPECT_NE(to_json(s).find("\"noise\":"), std::string::npos);
    EXPECT_NE(to_json(s).find("\"ambient_k\":"), std::string::npos);
  }
  EXPECT_TRUE(lowest < 0.8 && highest > 1.2) << lowest << " " << highest;
}

TEST(ImuEffects, MistakesAreNamed) {
  const auto text = [](const char* assignment) {
    return error_of([&] { testing::shipped_recipe("quickstart", {assignment}); });
  };
  EXPECT_NE(text("imu.flickr=0").find("did you mean imu.flicker?"), std::string::npos);
  EXPECT_NE(text("imu.noise=-1").find("imu.noise: expected multipliers from 0"), std::string::npos);
  EXPECT_NE(text("imu.noise=[2, 1]").find("[lowest, highest]"), std::string::npos);
  EXPECT_NE(text("environment.temperature=20").find("environment.temperature"), std::string::npos);
  EXPECT_NE(text("environment.worn_for=\"-1 s\"").find("0 to 1000000 s"), std::string::npos);
}

}  // namespace
}  // namespace wrist
