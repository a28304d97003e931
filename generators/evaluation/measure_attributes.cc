// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/measure_attributes.h"

#include <algorithm>
#include <cmath>

#include "generators/evaluation/wrist_figures.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_model.h"

namespace wrist {
namespace {

using Figures = std::map<std::string, double>;

constexpr double kQuick_s = 0.13, kSlow_s = 0.51;  // of the running means; -3 dB near 3.4, 0.9 Hz
constexpr Index kFewest = 10;                      // samples worth measuring

// The truth of a recording, columns as they are stored.
Eigen::ArrayXXd truth(const Recording& recording, const std::string& name) {
  for (const Channel& c : recording.channels)
    if (c.group == "truth" && c.name == name) return std::get<Rows<float>>(c.values).cast<double>();
  throw Error(ErrorKind::internal, "recording: expected a channel truth/" + name);
}

Series sample_times(const Recording& recording) {
  for (const Channel& c : recording.channels)
    if (c.group == "imu" && c.name == "t")
      return std::get<Rows<std::int64_t>>(c.values).col(0).cast<double>() * 1e-9;
  throw Error(ErrorKind::internal, "recording: expected a channel imu/t");
}

double median(const std::vector<double>& values) {
  return quantile(Eigen::Map<const Eigen::ArrayXd>(values.data(), std::ssize(values)), 0.5);
}

// The samples that carry a class.
struct Chosen {
  std::vector<Index> rows, longest;  // of all stretches, of the longest of them
  std::vector<double> lengths_s;     // of every stretch
  double rate_hz = 0;
};

std::vector<Index> rows_between(const Series& time, double start, double end) {
  std::vector<Index> rows;
  for (Index i = 0; i < time.size(); ++i)
    if (time[i] >= start && time[i] < end) rows.push_back(i);
  return rows;
}

Chosen choose(const Recording& recording, const std::string& class_name) {
  const Series time = sample_times(recording);
  Chosen chosen;
  chosen.rate_hz = static_cast<double>(time.size() - 1) / (time[time.size() - 1] - time[0]);
  for (const Label& label : recording.labels) {
    if (label.class_name != class_name) continue;
    const std::vector<Index> rows = rows_between(time, label.start_s, label.end_s);
    if (rows.empty()) continue;
    chosen.rows.insert(chosen.rows.end(), rows.begin(), rows.end());
    chosen.lengths_s.push_back(static_cast<double>(rows.size()) / chosen.rate_hz);
    if (rows.size() > chosen.longest.size()) chosen.longest = rows;
  }
  require(std::ssize(chosen.rows) >= kFewest, ErrorKind::usage,
          "class " + class_name + ": expected at least " + std::to_string(kFewest) +
              " samples of it, found " + std::to_string(chosen.rows.size()));
  return chosen;
}

Series3 centred(const Series3& values) { return values.rowwise() - values.colwise().mean(); }

double share(const Series3& part, const Series3& whole) {
  return part.square().sum() / whole.square().sum();
}

void measure_force(Figures& figures, const Recording& recording, const Chosen& chosen) {
  const Series3 force = truth(recording, "clean_accel") / kGravity;
  const Series3 own = force(chosen.rows, Eigen::all);
  const Series3 moving = centred(own);
  const auto part = [&](double window_s) {
    const auto half = static_cast<Index>(window_s * chosen.rate_hz / 2);
    return Series3(running_mean(force, half)(chosen.rows, Eigen::all));
  };
  figures["force_rms_g"] = rms(moving);
  figures["force_peak_g"] = (own.square().rowwise().sum().sqrt() - 1).abs().maxCoeff();
  figures["quick_share"] = share(own - part(kQuick_s), moving);
  figures["slow_share"] = share(part(kSlow_s).rowwise() - own.colwise().mean(), moving);
  const Series3 longest = force(chosen.longest, Eigen::all);
  if (const auto hz = strongest_line(longest, chosen.rate_hz)) figures["rhythm_hz"] = *hz;
}

void measure_rate(Figures& figures, const Recording& recording, const Chosen& chosen) {
  const Series3 rate = truth(recording, "clean_gyro")(chosen.rows, Eigen::all) / kDegree;
  figures["rate_rms_dps"] = rms(rate);
  figures["rate_peak_dps"] = rate.square().rowwise().sum().sqrt().maxCoeff();
  figures["roll_share"] = rate.col(0).square().sum() / rate.square().sum();
  figures["to_and_fro"] = to_and_fro(rate);
}

// The vertical in the case: third row of its rotation.
Series3 up_in_case(const QuatSeries& q) {
  const Series w = q.col(0), x = q.col(1), y = q.col(2), z = q.col(3);
  Series3 up(q.rows(), 3);
  up << 2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y);
  return up;
}

void measure_posture(Figures& figures, const Recording& recording, const Chosen& chosen) {
  const QuatSeries q = truth(recording, "case_orientation")(chosen.rows, Eigen::all);
  const Series3 up = up_in_case(q);
  const double to_hand = recording.scenario.side == Side::left ? 1 : -1;
  figures["elevation_deg"] = to_hand * up.col(0).min(1.0).max(-1.0).asin().mean() / kDegree;
  figures["screen_up"] = up.col(2).mean();
  figures["tilt_deg"] = stray(up) / kDegree;
  const Series height = truth(recording, "thorax_position")(chosen.rows, Eigen::all).col(2);
  figures["trunk_rise_m"] = middle_range(height);
}

void measure_joints(Figures& figures, const Recording& recording, const Chosen& chosen) {
  const Eigen::ArrayXXd angles = truth(recording, "joint_angles")(chosen.rows, Eigen::all);
  const auto widest = [&](Body first, Body last) {
    double most = 0;
    for (Index h = hinge(first); h <= hinge(last); ++h)
      most = std::max(most, middle_range(angles.col(h)) / kDegree);
    return most;
  };
  const QuatSeries shoulder = truth(recording, "shoulder_orientation")(chosen.rows, Eigen::all);
  figures["shoulder_deg"] = rotation_range(shoulder) / kDegree;
  figures["elbow_deg"] = widest(Body::elbow, Body::elbow);
  figures["forearm_deg"] = widest(Body::forearm, Body::forearm);
  figures["wrist_deg"] = widest(Body::wrist_deviation, Body::hand);
  figures["thumb_deg"] = widest(Body::thumb_abduction, Body::thumb_distal);
  figures["fingers_deg"] = widest(Body::index_abduction, Body::little_distal);
}

void measure_contacts(Figures& figures, const Recording& recording, const Chosen& chosen,
                      const std::string& class_name) {
  double touches = 0;
  for (const Event& event : recording.events)
    for (const Label& label : recording.labels)
      touches += event.source == "contact" && label.class_name == class_name &&
                 event.start_s >= label.start_s && event.start_s < label.end_s;
  figures["contacts_hz"] = touches * chosen.rate_hz / static_cast<double>(chosen.rows.size());
  figures["contact_n"] = truth(recording, "contact_force")(chosen.rows, Eigen::all).maxCoeff();
}

}  // namespace

Figures measure_attributes(const Recording& recording, const std::string& class_name) {
  const Chosen chosen = choose(recording, class_name);
  Figures figures;
  figures["duration_s"] = median(chosen.lengths_s);
  measure_force(figures, recording, chosen);
  measure_rate(figures, recording, chosen);
  measure_posture(figures, recording, chosen);
  measure_joints(figures, recording, chosen);
  measure_contacts(figures, recording, chosen, class_name);
  return figures;
}

}  // namespace wrist
