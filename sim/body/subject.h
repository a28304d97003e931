// SPDX-License-Identifier: Apache-2.0
/// One person: the measures of the arm, the skin and the heart, and the population they come from.
///
///   PopulationSpec (reviewed) -> draw_subject(rng) -> SubjectParams (drawn) -> build_arm
///
/// Anthropometry: multivariate normal per sex; the default asset holds ANSUR II (Gordon et al. 2014).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/base/rng.h"

namespace wrist {

enum class Sex { female, male };
enum class Side { left, right };

std::string to_string(Sex sex);
std::string to_string(Side side);

/// The body measures a population gives, in this order.
enum class Measure {
  stature,                // m
  mass,                   // kg
  upper_arm,              // m; acromion to radiale
  forearm,                // m; radiale to stylion
  hand_length,            // m; wrist to middle fingertip
  hand_breadth,           // m; at the metacarpals
  wrist_circumference,    // m
  forearm_circumference,  // m; flexed
};
inline constexpr int kMeasures = 8;
inline constexpr std::array<const char*, kMeasures> kMeasureNames = {
    "stature", "mass", "upper_arm", "forearm",
    "hand_length", "hand_breadth", "wrist_circumference", "forearm_circumference"};

/// A person's heart and skin: inputs of the optical signal.
struct Physiology {
  double age_years = 40;
  double heart_rate_rest_bpm = 65;       // beats per minute
  double sdnn_rest_s = 0.050;            // standard deviation of beat intervals at rest
  double respiration_hz = 0.25;
  double vo2_max = 40;                   // ml/kg/min
  double arterial_saturation = 0.97;     // 0..1
  double pulsatile_fraction = 0.012;     // of the local blood volume
  double melanosome_fraction = 0.05;     // of the epidermis, 0.02..0.32
  double motion_gain = 1.7;              // of blood slosh and dynamic pressure
  double vein_loss = 0;                  // of infrared light that has to cross a vein
  double hair_loss = 0;                  // of green light, by hair under the sensor
  double ink = 1;  // multiplies the epidermis' absorption where tattooed; 1: none
  double ectopic_share = 0;              // of all beats: extrasystoles of the ventricles
  bool fibrillation = false;             // of the atria: no sinus rhythm at all
};

struct SubjectParams {
  Sex sex = Sex::male;
  std::array<double, kMeasures> measures{};  // by Measure; m or kg
  Physiology physiology;

  double measure(Measure m) const { return measures[static_cast<std::size_t>(m)]; }
};

/// One sex of a population.
struct SexSpec {
  std::array<double, kMeasures> mean{};
  std::array<double, kMeasures> sd{};
  struct Correlation {
    Measure a, b;
    double r;
  };
  std::vector<Correlation> correlations;  // the published pairs; the rest follow by maximum entropy
};

/// Ranges are uniform (lowest, highest) unless stated.
struct PhysiologySpec {
  std::array<double, 2> age_years{18, 80};
  std::array<double, 2> heart_rate_rest_bpm{50, 80};
  double sdnn_mean_s = 0.050, sdnn_sd_s = 0.016, sdnn_per_year_s = -0.0004;  // normal, about age 40
  std::array<double, 2> respiration_hz{0.15, 0.35};
  std::array<double, 2> vo2_max{28, 55};
  std::array<double, 2> arterial_saturation{0.96, 0.99};
  double pulsatile_fraction_median = 0.012, pulsatile_fraction_sigma_ln = 0.5;
  std::array<double, 6> melanosome_levels{0.02, 0.03, 0.05, 0.09, 0.18, 0.32};  // Fitzpatrick I..VI
  double motion_gain_median = 1.7, motion_gain_sigma_ln = 0.35;
  std::array<double, 2> vein_loss{0.05, 0.15};      // of infrared light
  std::array<double, 2> hair_loss{0.02, 0.15};      // of green light
  double tattooed_people = 0.03;                    // share of people, where the watch sits
  std::array<double, 2> ink{5, 50};                 // of theirs
  double ectopic_people = 0.02;                     // share of people with ectopic beats
  std::array<double, 2> ectopic_share{0.005, 0.1};  // of their beats
  double fibrillation_people = 0.01;                // share of people
};

struct PopulationSpec {
  std::string name;
  double female_share = 0.5;
  double truncate_sd = 3;  // no measure further from its mean than this
  SexSpec female, male;
  PhysiologySpec physiology;
};

/// The full correlation matrix: the published pairs kept, every other pair conditionally independent
/// given them (the maximum-entropy completion). Throws Error(usage) if no such matrix exists.
Eigen::Matrix<double, kMeasures, kMeasures> complete_correlation(const SexSpec& spec);

SubjectParams draw_subject(const PopulationSpec& population, const Rng& rng);

}  // namespace wrist
