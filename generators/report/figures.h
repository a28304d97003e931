// SPDX-License-Identifier: Apache-2.0
/// What a report holds, as plain numbers; report_json.cc writes them under the same names.
///
/// NaN is a number that is not known, null in JSON. SI unless a unit says otherwise.
#pragma once

#include <optional>

#include "generators/report/signal_figures.h"

namespace wrist::report {

struct ShardFigure {
  std::string file, content_sha256;
  std::int64_t recordings = 0, bytes = 0;
  double duration_s = 0;
};

struct Totals {
  std::int64_t recordings = 0, subjects = 0, devices = 0, straps = 0, clips = 0;
  std::int64_t windows = 0, events = 0;
  double duration_s = 0, window_s = 0, hop_s = 0;
  double imu_rate_hz = 0, optical_rate_hz = 0;  // NaN if the watches differ or have none
  std::string imu_part, optical_part;           // "A, B" if they differ
};

struct CardSection {
  std::string heading, text;
};

struct ClassFigure {
  std::string name, definition, parent;
  bool rare = false, held_out = false;
  std::int64_t recordings = 0, windows = 0, events = 0;
  double labelled_s = 0;
};

/// How often each name occurs with each class.
struct CountTable {
  std::string by;  // "subject", "device", "strap", "placement", "clip"
  Texts names;
  std::vector<Counts> recordings;  // names x classes
  Numbers seconds;                 // per name
};

struct DurationFigure {
  Numbers edges;
  Counts counts;
  double least = 0, median = 0, most = 0;  // s
};

struct SplitFigure {
  std::string name;
  std::int64_t recordings = 0, windows = 0;
  Texts subjects;
  Counts by_class;
};

struct DisjointFigure {
  struct Overlap {
    std::string by, name;
    Texts splits;
  };
  Texts by;
  std::string rule;
  std::vector<Overlap> overlaps;
};

struct AgainstFigure {
  struct File {
    std::string file, class_name;
    double rate_hz = 0, seconds = 0;
    std::int64_t windows = 0;
    Texts notes;
  };
  struct Class {
    std::string name, synthetic;  // synthetic: empty if there is none of that name
    std::int64_t windows = 0;
  };
  struct Gap {
    std::string class_name, feature;
    double real_median = 0, synthetic_median = 0, outside = 0, distance = 0;
  };
  std::vector<File> files;
  std::vector<Class> classes;
  std::vector<SpectrumFigure> spectra;
  std::vector<FeatureFigure> features;
  std::vector<Gap> gap;
};

struct Report {
  std::string title, license, dataset_id, generator, recipe_json;
  std::uint64_t seed = 0;
  std::vector<ShardFigure> shards;
  Totals totals;
  std::vector<CardSection> card;
  std::vector<ClassFigure> classes;
  std::vector<CountTable> counts;
  DurationFigure durations;
  std::vector<SpectrumFigure> spectra;
  std::vector<FeatureFigure> features;
  AllanFigure allan;
  std::vector<HistogramFigure> histograms;
  std::vector<SplitFigure> splits;
  DisjointFigure disjoint;
  std::vector<ThumbnailRow> thumbnails;
  std::optional<AgainstFigure> against;
};

/// One line of JSON of kind "report". Numbers keep five digits, which is more than a page shows.
std::string to_json(const Report& report);

}  // namespace wrist::report
