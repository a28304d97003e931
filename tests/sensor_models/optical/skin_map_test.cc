// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/skin_map.h"

#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using namespace wrist::testing;

Physiology with_skin(double vein_loss, double ink) {
  Physiology person;
  person.vein_loss = vein_loss;
  person.ink = ink;
  return person;
}

ChannelOptics optics_of(double wavelength_nm, double distance, const Physiology& person) {
  PpgSpec spec = two_channels();
  spec.channels[0].wavelength_nm = wavelength_nm;
  spec.channels[0].distance = distance;
  const PathTable table = load_table(static_cast<int>(wavelength_nm));
  return channel_optics(table, spec, spec.channels[0], person);
}

TEST(SkinMap, AVeinTakesInfraredAndLittleGreen) {
  const Physiology person = with_skin(0.10, 1);
  SkinMap map;
  map.veins = {{{2, 0, 1}, {50, 0, 1}, {-50, 0, 1}}};
  EXPECT_NEAR(look_at(map, 0, 2).vein, 1, 1e-12);
  EXPECT_NEAR(look_at(map, 7, 3).vein, std::exp(-0.5), 1e-12);
  EXPECT_LT(look_at(map, 0, -3).vein, 1e-5);
  const ChannelOptics infrared = optics_of(940, 0.00475, person);
  const ChannelOptics green = optics_of(525, 0.00275, person);
  EXPECT_NEAR(std::exp(-skin_exponent(map, infrared, {0, 0.002})), 0.90, 1e-9);
  EXPECT_GT(std::exp(-skin_exponent(map, green, {0, 0.002})), 0.97);
}

TEST(SkinMap, InkLowersGreenStronglyAndInfraredLess) {
  const Physiology person = with_skin(0, 20);  // 20 times the melanin of medium skin
  SkinMap map;
  map.edge = 0;
  EXPECT_NEAR(look_at(map, 0, 0).ink, 0.5, 1e-12);
  EXPECT_GT(look_at(map, 0.5, 0).ink, 0.99);
  EXPECT_LT(look_at(map, -0.5, 0).ink, 0.01);
  const double green = std::exp(-skin_exponent(map, optics_of(525, 0.00275, person), {0.005, 0}));
  const double infrared =
      std::exp(-skin_exponent(map, optics_of(940, 0.00475, person), {0.005, 0}));
  EXPECT_LT(green, 0.01);
  EXPECT_GT(infrared, 0.15);
  EXPECT_LT(infrared, 0.5);
  // Without ink the edge is nowhere.
  EXPECT_EQ(look_at(draw_skin_map(with_skin(0.1, 1), Rng(3)), 30, 30).ink,
            look_at(SkinMap{}, 30, 30).ink);
}

TEST(SkinMap, SlippingOntoATattooSilencesTheGreenPulse) {
  const Physiology person = with_skin(0.1, 50);
  PpgTruth truth = rest_truth(60);
  int silenced = 0, untouched = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const SkinMap map = draw_skin_map(person, Rng(seed) / "ppg" / "skin_map");
    // 15 mm towards the ink is beyond every edge, as far away from it before none.
    for (Index axis = 0; axis < 2; ++axis)
      truth.slip.col(axis).tail(30 * 500).setConstant(
          0.015 * map.edge_normal[static_cast<std::size_t>(axis)]);
    const PpgRecord r = record_session(two_channel_unit(), truth, person, seed).record;
    const Series green = current(r, kGreen) / column(r.led_current, kGreen);
    const double left = mean(green, 4500, 1400) / mean(green, 100, 1400);
    const bool clear = look_at(map, 3, 1).ink < 1e-3;  // under the green path at first
    silenced += clear && left < 0.05;
    untouched += clear;
  }
  EXPECT_GT(untouched, 2);
  EXPECT_EQ(silenced, untouched);
}

TEST(SkinMap, HairIsThickerHereThanThereAndAsThickInTheMean) {
  Physiology person = with_skin(0, 1);
  person.hair_loss = 0.1;
  const ChannelOptics green = optics_of(525, 0.00275, person);
  const ChannelOptics infrared = optics_of(940, 0.00475, person);
  EXPECT_NEAR(std::exp(-green.hair), 0.9, 1e-12);
  EXPECT_NEAR(std::exp(-infrared.hair), 0.97, 1e-12);
  double sum = 0, square = 0, least = 0, near = 0;
  constexpr int kMaps = 4000;
  for (std::uint64_t seed = 0; seed < kMaps; ++seed) {
    const SkinMap map = draw_skin_map(person, Rng(seed));
    const double here = look_at(map, 1, 2).hair;
    sum += here;
    square += here * here;
    near += here * look_at(map, 3, 2).hair;  // a patch further along
    least = std::min(least, here);
    EXPECT_NEAR(skin_exponent(map, green, {0.001, 0.002}), green.hair * here, 1e-12);
  }
  const double sd = std::sqrt(square / kMaps);
  EXPECT_NEAR(sum / kMaps, 0, 4 * 0.5 / std::sqrt(kMaps) + 0.005);  // what -1 cuts off
  EXPECT_NEAR(sd, 0.5, 0.03);
  EXPECT_NEAR(near / square, std::exp(-0.5), 0.08);
  EXPECT_GE(least, -1);
  // The bald and the shaved.
  person.hair_loss = 0;
  EXPECT_EQ(optics_of(525, 0.00275, person).hair, 0);
}

TEST(SkinMap, SlippingMeetsOtherHair) {
  Physiology person = with_skin(0, 1);
  person.hair_loss = 0.15;
  const ChannelOptics green = optics_of(525, 0.00275, person);
  const SkinMap map = draw_skin_map(person, Rng(4));
  Series2 slip = Series2::Zero(2, 2);
  slip(1, 0) = 4;
  const Series more = slipped_exponent(map, green, {0, 0}, slip);
  EXPECT_EQ(more[0], 0);
  EXPECT_NEAR(more[1], green.hair * (look_at(map, 4, 0).hair - look_at(map, 0, 0).hair), 1e-12);
  EXPECT_GT(std::abs(more[1]), 1e-3);
}

// A channel over a vein darkens more when the arm hangs.
TEST(SkinMap, AVeinFillsWithTheArmsVeins) {
  const Physiology person = with_skin(0.15, 1);
  PpgTruth truth = rest_truth(60);
  truth.height.tail(40 * 500).setConstant(-0.4);
  const PpgUnit unit = two_channel_unit();
  double over = 0, beside = 0;
  int veins = 0, clear = 0;
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    const SkinMap map = draw_skin_map(person, Rng(seed) / "ppg" / "skin_map");
    const double vein = look_at(map, -3, 2).vein;  // under the infrared path
    if (vein > 0.2 && vein < 0.8) continue;
    const PpgRecord r = record_session(unit, truth, person, seed).record;
    const Series infrared = current(r, kInfrared) / column(r.led_current, kInfrared);
    const double left = std::log(mean(infrared, 5000, 900) / mean(infrared, 1000, 900));
    (vein > 0.5 ? over : beside) += left;
    ++(vein > 0.5 ? veins : clear);
  }
  ASSERT_GT(veins, 1);
  ASSERT_GT(clear, 5);
  // Half of the vein's own exponent, times 5 x 0.4 m / (1 + 0.8 x 0.4) of venous volume.
  const double more = 0.5 * -std::log(0.85) * 2 / 1.32;
  EXPECT_NEAR(over / veins - beside / clear, -more, 0.35 * more);
}

TEST(SkinMap, NothingChangesWhileTheWatchStays) {
  const Physiology person = with_skin(0.1, 20);
  const SkinMap map = draw_skin_map(person, Rng(1));
  const ChannelOptics optics = optics_of(940, 0.00475, person);
  EXPECT_EQ(slipped_exponent(map, optics, {0.001, 0}, Series2::Zero(50, 2)).size(), 0);
  Series2 slip = Series2::Zero(50, 2);
  slip.col(1).tail(25).setConstant(3);
  const Series more = slipped_exponent(map, optics, {0.001, 0}, slip);
  EXPECT_EQ(more.head(25).abs().maxCoeff(), 0);
  EXPECT_NEAR(more[40],
              skin_exponent(map, optics, {0.001, 0.003}) - skin_exponent(map, optics, {0.001, 0}),
              1e-12);
}

}  // namespace
}  // namespace wrist
