// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/medium.h"

#include "sensor_models/optical/photons/skin.h"
#include "sim/base/error.h"
#include "tests/sensor_models/optical/photons/slabs.h"

namespace wrist {
namespace {

using testing::kEndless;
using testing::slab;

std::string refusal(const LayeredMedium& medium) {
  try {
    check(medium);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(Fresnel, IsWhatItsEquationsGiveByHand) {
  EXPECT_NEAR(fresnel_reflectance(1, 1.5, 1), 0.04, 1e-15);  // ((n - 1) / (n + 1))^2
  EXPECT_NEAR(fresnel_reflectance(1.5, 1, 1), 0.04, 1e-15);
  EXPECT_EQ(fresnel_reflectance(1.4, 1.4, 0.1), 0);
  // At Brewster's angle the p wave is not reflected: half of ((1 - n^2) / (1 + n^2))^2 is left.
  const double n = 1.5, brewster = 1 / std::sqrt(1 + n * n);
  EXPECT_NEAR(fresnel_reflectance(1, n, brewster), std::pow((1 - n * n) / (1 + n * n), 2) / 2,
              1e-14);
  // Beyond the critical angle, sine 1/1.4, everything is reflected; before it, not.
  const double critical = std::sqrt(1 - 1 / (1.4 * 1.4));
  EXPECT_EQ(fresnel_reflectance(1.4, 1, critical - 1e-6), 1);
  EXPECT_LT(fresnel_reflectance(1.4, 1, critical + 1e-4), 0.97);
  EXPECT_NEAR(fresnel_reflectance(1, 1.4, 1e-9), 1, 1e-6);  // grazing
}

TEST(Fresnel, RefractsBySnell) {
  const double cosine = 0.6, sine = 0.8;
  const double inside = refracted_cosine(1, 1.4, cosine);
  EXPECT_NEAR(1.4 * std::sqrt(1 - inside * inside), sine, 1e-14);
  EXPECT_NEAR(refracted_cosine(1.4, 1, inside), cosine, 1e-14);
  EXPECT_EQ(refracted_cosine(1.4, 1, 0.1), 0);
  // There and back the same share is reflected.
  EXPECT_NEAR(fresnel_reflectance(1, 1.4, cosine), fresnel_reflectance(1.4, 1, inside), 1e-14);
}

TEST(Medium, LayersLieOnEachOther) {
  LayeredMedium medium;
  stack(medium, 1e-3, {});
  stack(medium, 2e-3, {});
  stack(medium, kEndless, {});
  EXPECT_NEAR(medium.layers[1].top, 1e-3, 1e-15);
  EXPECT_NEAR(medium.layers[1].bottom, 3e-3, 1e-15);
  EXPECT_EQ(medium.layers[2].bottom, kEndless);
  EXPECT_EQ(refusal(medium), "");
  stack(medium, 1e-3, {});  // below a layer without end
  EXPECT_NE(refusal(medium).find("layer 3: top: expected a layer above that ends, found inf"),
            std::string::npos);
}

TEST(Medium, RefusesWhatIsNoMedium) {
  TurbidLayer layer;
  EXPECT_NE(refusal(LayeredMedium{}).find("layers: expected 1 to 8, found 0"), std::string::npos);
  EXPECT_NE(refusal(slab(layer, 0)).find("layer 0: thickness"), std::string::npos);
  layer.absorption = -1;
  EXPECT_NE(refusal(slab(layer, 1)).find("layer 0: absorption: expected 0 or more per m, found -1"),
            std::string::npos);
  layer = {};
  layer.scattering = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(refusal(slab(layer, 1)).find("scattering"), std::string::npos);
  layer = {};
  layer.anisotropy = 1;
  EXPECT_NE(refusal(slab(layer, 1)).find("anisotropy"), std::string::npos);
  layer = {};
  layer.refractive_index = 0.9;
  EXPECT_NE(refusal(slab(layer, 1)).find("refractive_index"), std::string::npos);
}

// Absorption of the layers below the epidermis and reduced scattering of skin, fat and muscle,
// 1/mm, and absorption of the epidermis at four melanin levels, as the record of the shipped tables
// prints them.
struct Printed {
  double wavelength_nm;
  std::array<double, 5> absorption;
  std::array<double, 3> reduced_scattering;
  std::array<double, 4> epidermis;
};
constexpr std::array kPrinted = {
    Printed{525,
            {0.3783, 0.1681, 0.5088, 0.0885, 0.3346},
            {4.29, 1.78, 1.24},
            {0.930, 3.552, 7.047, 14.039}},
    Printed{660,
            {0.0279, 0.0198, 0.0384, 0.0073, 0.0233},
            {3.10, 1.53, 1.01},
            {0.421, 1.597, 3.166, 6.304}},
    Printed{850,
            {0.0280, 0.0202, 0.0380, 0.0085, 0.0247},
            {2.16, 1.29, 0.80},
            {0.186, 0.671, 1.317, 2.609}},
    Printed{940,
            {0.0453, 0.0368, 0.0564, 0.0174, 0.0447},
            {1.88, 1.20, 0.72},
            {0.138, 0.478, 0.932, 1.840}},
};

TEST(Skin, HasTheCoefficientsTheTablesWereMadeWith) {
  constexpr std::array<double, 4> kMelanin = {0.02, 0.08, 0.16, 0.32};
  constexpr std::array<std::size_t, 3> kScatterers = {1, 4, 5};  // skin, fat, muscle
  for (const Printed& p : kPrinted) {
    SkinSpec spec;
    spec.wavelength_nm = p.wavelength_nm;
    for (std::size_t m = 0; m < kMelanin.size(); ++m) {
      spec.melanosome_fraction = kMelanin[m];
      const LayeredMedium skin = skin_medium(spec);
      ASSERT_EQ(skin.layers.size(), kSkinLayers);
      EXPECT_NEAR(skin.layers[0].absorption, p.epidermis[m] * 1e3, 0.51) << p.wavelength_nm;
      for (std::size_t i = 0; i < 5; ++i)
        EXPECT_NEAR(skin.layers[i + 1].absorption, p.absorption[i] * 1e3, 0.051)
            << p.wavelength_nm << " nm, layer " << i + 1;
      for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR(skin.layers[kScatterers[i]].scattering * (1 - 0.8),
                    p.reduced_scattering[i] * 1e3, 5.1)
            << p.wavelength_nm;
    }
  }
}

TEST(Skin, RefusesLightAndPeopleItKnowsNothingOf) {
  SkinSpec spec;
  spec.wavelength_nm = 880;
  EXPECT_THROW(skin_medium(spec), Error);
  spec = {};
  spec.melanosome_fraction = 1.2;
  EXPECT_THROW(skin_medium(spec), Error);
  spec = {};
  spec.fat_thickness = 0;
  EXPECT_THROW(skin_medium(spec), Error);
  EXPECT_EQ(skin_wavelengths().size(), kPrinted.size());
}

}  // namespace
}  // namespace wrist
