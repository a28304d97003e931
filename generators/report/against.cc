// SPDX-License-Identifier: Apache-2.0
#include "generators/report/against.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "generators/report/inventory.h"
#include "generators/report/text.h"

namespace wrist::report {
namespace {

// The letters and digits of a name without its "-ing": "Hand-Washing" -> "handwash".
std::string stem(const std::string& name) {
  std::string word;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)))
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (word.size() > 5 && word.ends_with("ing")) {
    word.resize(word.size() - 3);
    const std::size_t n = word.size();
    if (word[n - 1] == word[n - 2] && word[n - 1] != 's') word.pop_back();  // "runn"
  }
  if (word.size() > 3 && word.ends_with("e")) word.pop_back();  // "wave", "waving"
  return word;
}

// Windows of one recording, added to the statistics of their classes.
class Cutter {
 public:
  Cutter(const WindowCut& cut, std::vector<ClassStatistics>& classes)
      : cut_(cut), classes_(classes) {}

  AgainstFigure::File add(const RealRecording& recording) {
    AgainstFigure::File file{recording.file, "", recording.rate_hz, 0, 0, recording.notes};
    length_ = std::max<Index>(4, std::lround(cut_.length_s * recording.rate_hz));
    hop_ = std::max<Index>(1, std::lround(cut_.hop_s * recording.rate_hz));
    cut_of_.clear();
    for (const RealRecording::Stretch& stretch : recording.stretches) {
      file.seconds += static_cast<double>(stretch.accel.rows()) / recording.rate_hz;
      file.windows += add_stretch(recording, stretch);
    }
    file.class_name = recording.class_names.empty() ? kUnlabelled : listed(recording.class_names);
    note_short_classes(recording, file);
    return file;
  }

 private:
  ClassStatistics& statistics(const std::string& name) {
    for (ClassStatistics& c : classes_)
      if (c.name() == name) return c;
    return classes_.emplace_back(name);
  }

  static std::string name_of(const RealRecording& recording, int id) {
    return id < 0 ? kUnlabelled : recording.class_names[static_cast<std::size_t>(id)];
  }

  std::int64_t add_stretch(const RealRecording& recording, const RealRecording::Stretch& stretch) {
    std::int64_t windows = 0;
    for (Index first = 0; first < stretch.accel.rows();) {
      const auto at = stretch.class_id.begin() + first;
      const auto end = std::find_if(at, stretch.class_id.end(), [at](int id) { return id != *at; });
      windows += add_run(recording, stretch, first, end - at);
      first += end - at;
    }
    return windows;
  }

  // Of one class from end to end.
  std::int64_t add_run(const RealRecording& recording, const RealRecording::Stretch& stretch,
                       Index first, Index count) {
    ClassStatistics& c =
        statistics(name_of(recording, stretch.class_id[static_cast<std::size_t>(first)]));
    std::int64_t windows = 0;
    for (Index at = first; at + length_ <= first + count; at += hop_, ++windows)
      c.add(measure_window(
                stretch.accel.middleRows(at, length_),
                stretch.gyro.rows() > 0 ? Series3(stretch.gyro.middleRows(at, length_)) : Series3(),
                recording.rate_hz),
            recording.rate_hz);
    if (windows > 0) cut_of_.insert(c.name());
    return windows;
  }

  void note_short_classes(const RealRecording& recording, AgainstFigure::File& file) const {
    Texts without;
    for (const std::string& name : recording.class_names)
      if (!cut_of_.contains(name)) without.push_back(name);
    if (without.empty()) return;
    file.notes.push_back("No stretch of " + listed(without) + " is as long as a window of " +
                         in_digits(cut_.length_s) + " s.");
  }

  WindowCut cut_;
  std::vector<ClassStatistics>& classes_;
  std::set<std::string> cut_of_;  // classes with a window in this recording
  Index length_ = 0, hop_ = 0;
};

// Of one class, or of all together if `name` is empty.
Sample sorted_feature(const std::vector<ClassStatistics>& classes, const std::string& name,
                      std::size_t feature) {
  Sample all;
  for (const ClassStatistics& c : classes)
    if (name.empty() || c.name() == name)
      all.insert(all.end(), c.feature(feature).begin(), c.feature(feature).end());
  std::sort(all.begin(), all.end());
  return all;
}

void add_gaps(AgainstFigure& figure, const ClassStatistics& real, const std::string& match,
              const std::vector<ClassStatistics>& synthetic) {
  for (std::size_t k = 0; k < kFeatures.size(); ++k) {
    const Sample theirs = sorted_feature({real}, "", k);
    const Sample ours = sorted_feature(synthetic, match, k);
    if (theirs.empty() || ours.empty()) continue;
    figure.gap.push_back({real.name(), kFeatures[k].name, quantile(theirs, 0.5),
                          quantile(ours, 0.5),
                          share_outside(theirs, quantile(ours, 0.01), quantile(ours, 0.99)),
                          distribution_distance(theirs, ours)});
  }
}

}  // namespace

std::string matching_class(const std::string& real, const Texts& synthetic) {
  if (real == kUnlabelled) return "";
  for (const std::string& name : synthetic)
    if (name == real) return name;
  for (const std::string& name : synthetic)
    if (name != kUnlabelled && stem(name) == stem(real)) return name;
  return "";
}

AgainstFigure lay_against(const std::vector<RealRecording>& recordings,
                          const std::vector<ClassStatistics>& synthetic, const WindowCut& cut) {
  AgainstFigure figure;
  std::vector<ClassStatistics> real;
  Cutter cutter(cut, real);
  for (const RealRecording& recording : recordings) figure.files.push_back(cutter.add(recording));
  Texts names;
  for (const ClassStatistics& c : synthetic)
    if (c.windows() > 0) names.push_back(c.name());
  for (const ClassStatistics& c : real) {
    const std::string match = matching_class(c.name(), names);
    figure.classes.push_back({c.name(), match, c.windows()});
    add_gaps(figure, c, match, synthetic);
  }
  figure.spectra = spectrum_figures(real);
  figure.features = feature_figures(real);
  return figure;
}

}  // namespace wrist::report
