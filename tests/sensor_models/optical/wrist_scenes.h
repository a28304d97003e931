// SPDX-License-Identifier: Apache-2.0
/// A watch with one green and one infrared channel, and what may happen to it.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sensor_models/optical/ppg.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist::testing {

/// The numbers of `key = ...` in an asset, in the order they stand.
inline std::vector<double> asset_numbers(const std::string& file, const std::string& key) {
  std::ifstream in(file);
  std::vector<double> numbers;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    line = line.substr(0, line.find('#'));
    if (const auto equals = line.find(" = "); equals != std::string::npos) {
      inside = line.substr(0, equals) == key;
      line = line.substr(equals + 3);
    }
    if (!inside) continue;
    for (char& c : line)
      if (c == '[' || c == ']' || c == ',') c = ' ';
    std::istringstream words(line);
    for (double value; words >> value;) numbers.push_back(value);
  }
  return numbers;
}

inline PathTable load_table(int wavelength_nm) {
  const std::string file =
      WRIST_SOURCE_DIR "/assets/optics/" + std::to_string(wavelength_nm) + ".toml";
  PathTable table;
  table.wavelength_nm = wavelength_nm;
  table.melanosome_fraction = asset_numbers(file, "melanosome_fraction");
  for (const double mm : asset_numbers(file, "rho_mm")) table.rho.push_back(mm * 1e-3);
  const std::vector<double> detected = asset_numbers(file, "detected_per_mm2");
  const std::vector<double> path = asset_numbers(file, "path_mm");
  const std::size_t levels = table.melanosome_fraction.size(), distances = table.rho.size();
  EXPECT_EQ(detected.size(), levels * distances) << file;
  EXPECT_EQ(path.size(), levels * distances * 6) << file;
  table.log_detected.resize(levels);
  table.path.resize(levels);
  for (std::size_t i = 0; i < detected.size(); ++i) {
    table.log_detected[i / distances].push_back(portable::log(detected[i] * 1e6));
    std::array<double, 6> layers{};
    for (std::size_t l = 0; l < 6; ++l) layers[l] = path[6 * i + l] * 1e-3;
    table.path[i / distances].push_back(layers);
  }
  return table;
}

inline constexpr Index kGreen = 0, kInfrared = 1;

inline PpgSpec two_channels(double rate_hz = 100) {
  PpgSpec spec;
  spec.name = "two channels";
  spec.rate_hz = rate_hz;
  spec.channels = {{"green", 525, 0, 0, 0.00275, {0.003, 0.001}},
                   {"infrared", 940, 1, 0, 0.00475, {-0.003, 0.002}}};
  return spec;
}

inline PpgUnit two_channel_unit(double rate_hz = 100) {
  return build_ppg(two_channels(rate_hz), {load_table(525), load_table(940)}, Rng(11));
}

/// A watch that lies still on a wrist at heart height, for `duration_s` at 500 Hz.
inline PpgTruth rest_truth(double duration_s) {
  PpgTruth truth;
  truth.time = make_grid(duration_s, 500);
  const Index n = truth.time.count;
  truth.accel_along = truth.accel_normal = truth.height = truth.gap = truth.bulge = Series::Zero(n);
  truth.pressure = Series::Constant(n, 18 * kMillimetreHg);
  truth.tilt = truth.slip = truth.pressure_slope = Series2::Zero(n, 2);
  truth.pressure_is_static = true;
  return truth;
}

/// Demand of `duration_s` at rest.
inline Series rest_demand(double duration_s) {
  return Series::Constant(static_cast<Index>(duration_s) + 1, kRestingDemand);
}

struct Session {
  HeartMotion heart;
  PpgRecord record;
};

inline Session record_session(const PpgUnit& unit, const PpgTruth& truth, const Physiology& person,
                              std::uint64_t seed = 1) {
  const double duration = truth.time.end() + 1 / truth.time.rate_hz;
  Session s;
  s.heart = beat(person, rest_demand(duration), sample_grid(unit, duration), Rng(seed) / "heart");
  s.record = measure(unit, truth, s.heart, person, Rng(seed) / "ppg");
  return s;
}

/// Current of one channel, A; and of an interval of samples.
inline Series current(const PpgRecord& record, Index channel) {
  return record.counts.col(channel).cast<double>() * record.count_scale;
}

/// A part of one channel, A.
inline Series column(const PartsC& part, Index channel) { return part.col(channel).cast<double>(); }

inline double mean(const Series& x, Index first, Index count) {
  return x.segment(first, count).mean();
}

inline double rms_about_mean(const Series& x) {
  return std::sqrt((x - x.mean()).square().mean());
}

/// Largest less smallest, in the middle of every second, averaged: the height of pulses.
inline double pulse_height(const Series& x, Index first, Index count, double rate_hz) {
  const Index window = static_cast<Index>(1.5 * rate_hz);
  double sum = 0;
  Index windows = 0;
  for (Index i = first; i + window <= first + count; i += window, ++windows)
    sum += x.segment(i, window).maxCoeff() - x.segment(i, window).minCoeff();
  return sum / static_cast<double>(windows);
}

/// Power of a frequency in x (mean removed, Hann window), Q^2.
inline double power_at(const Series& x, double rate_hz, double frequency_hz) {
  const double average = x.mean();
  double re = 0, im = 0;
  for (Index i = 0; i < x.size(); ++i) {
    const double phase = 2 * kPi * static_cast<double>(i) / static_cast<double>(x.size());
    const double value = (x[i] - average) * (1 - std::cos(phase));
    const double angle = 2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz;
    re += value * std::cos(angle);
    im += value * std::sin(angle);
  }
  const double scale = 2 / static_cast<double>(x.size());
  return (re * re + im * im) * scale * scale / 2;
}

}  // namespace wrist::testing
