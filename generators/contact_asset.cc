// SPDX-License-Identifier: Apache-2.0
#include "generators/contact_asset.h"

#include <cmath>
#include <cstdio>
#include <sstream>

#include "generators/dataset_commit.h"
#include "generators/toml_internal.h"
#include "motions/pinch.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/measure_blows.h"
#include "sim/dynamics/strike_points.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

constexpr double kTolerance = 0.05;  // of a series, left out of the table
constexpr double kPress = 0.0045;    // m; of pads, as the library presses them
// Shapes are smooth but at their beginning: there every sample is kept, later every fourth and
// sixteenth.
constexpr Index kFine = 64, kMiddle = 256;

std::vector<Index> knots() {
  std::vector<Index> list;
  for (Index i = 0; i < kTableSamples; i += i < kFine ? 1 : i < kMiddle ? 4 : 16) list.push_back(i);
  if (list.back() != kTableSamples - 1) list.push_back(kTableSamples - 1);
  return list;
}

// Between its knots a shape is straight.
Series through_knots(const std::vector<double>& values) {
  const std::vector<Index> at = knots();
  Series shape(kTableSamples);
  for (std::size_t k = 0; k + 1 < at.size(); ++k)
    for (Index i = at[k]; i <= at[k + 1]; ++i) {
      const double share = static_cast<double>(i - at[k]) / static_cast<double>(at[k + 1] - at[k]);
      shape[i] = (1 - share) * values[k] + share * values[k + 1];
    }
  return shape;
}

void write_numbers(std::ostream& out, const char* key, const std::vector<double>& values) {
  constexpr std::size_t kPerLine = 16;
  out << key << " = [";
  for (std::size_t i = 0; i < values.size(); ++i) {
    char text[24];
    std::snprintf(text, sizeof text, "%.4g", values[i]);
    std::string number = text;
    if (number.find_first_of(".e") == std::string::npos) number += ".0";  // TOML: no integer
    out << (i == 0 ? "" : ",") << (i % kPerLine == 0 ? "\n" : " ") << number;
  }
  out << "\n]\n";
}

std::vector<double> degrees(const std::vector<double>& radians) {
  std::vector<double> list;
  for (const double r : radians) list.push_back(std::round(r / kDegree));
  return list;
}

std::vector<double> radians(std::vector<double> list) {
  for (double& d : list) d *= kDegree;
  return list;
}

// On the way from rest to pressed: where the pads of thumb and finger begin to touch.
HingeAngles touching(const ArmModel& arm, const HingeAngles& rest, int digit) {
  const HingeAngles pressed = pinch_pose(arm, rest, kPress, digit);
  double apart = 0, together = 1;
  for (int k = 0; k < 40; ++k) {
    const double middle = (apart + together) / 2;
    const bool touches = pinch_gap(arm, rest + middle * (pressed - rest), digit) <= 0;
    (touches ? together : apart) = middle;
  }
  return rest + together * (pressed - rest);
}

Body body_of(const TomlTable& t, const std::string& key) {
  const std::string name = t.string(key);
  for (int b = 0; b < kBodies; ++b)
    if (to_string(static_cast<Body>(b)) == name) return static_cast<Body>(b);
  t.fail(key, "a body of the arm, such as \"hand\"");
}

Eigen::ArrayXXd weights_of(const TomlTable& t, Index rows, Index shapes) {
  const std::vector<double> values = t.numbers("weights");
  if (std::ssize(values) != rows * shapes)
    t.fail("weights", std::to_string(rows * shapes) + " numbers (found " +
                          std::to_string(values.size()) + ")");
  return Eigen::Map<const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      values.data(), rows, shapes);
}

}  // namespace

ContactTable make_contact_table(const Assets& assets, int jobs) {
  SubjectParams man;
  man.measures = assets.populations.begin()->second.male.mean;
  const ArmModel arm = build_arm(man, Side::right);
  const HingeAngles rest = rest_motion(arm, make_grid(0.1, 100)).angles.row(0).transpose();
  BlowPlan plan;
  plan.elbow = radians({10, 55, 100});
  plan.pronation = radians({-60, 0, 60});
  plan.shoulder_flexion = radians({0, 20, 30});
  for (const Body striker : {Body::hand, Body::forearm, Body::elbow, Body::thumb_distal,
                             Body::index_distal, Body::middle_distal, Body::middle_proximal}) {
    const std::size_t places = strike_points(arm, striker).size();
    for (std::size_t place = 0; place < (places > 1 ? places + 1 : 1); ++place)  // and their middle
      plan.poses.push_back({{striker, {}, place}, rest});
  }
  for (int digit = 1; digit < kDigits; ++digit)
    plan.poses.push_back(
        {{digit_body(digit, 3), Body::thumb_distal, 0}, touching(arm, rest, digit)});
  return measure_contact_table(arm, plan, kTolerance, jobs);
}

void write_contact_table(const fs::path& file, const ContactTable& table) {
  std::ostringstream out;
  out << "# SPDX-License-Identifier: Apache-2.0\n"
         "# How the arm of a mean man (ANSUR II) answers an impulse of 1 N s at a point of it: "
         "made\n"
         "# in Bullet by `wristsim judge --contacts FILE`, which makes it again. What the numbers\n"
         "# mean: sim/dynamics/contact_table.h.\n";
  out << "mass = \"" << table.mass << " kg\"\nlength = \"" << table.length << " m\"\n";
  write_numbers(out, "elbow_deg", degrees(table.elbow));
  write_numbers(out, "pronation_deg", degrees(table.pronation));
  const std::vector<Index> at = knots();
  for (Index s = 0; s < table.shapes.cols(); ++s) {
    std::vector<double> values;
    for (const Index i : at) values.push_back(table.shapes(i, s));
    out << "\n[[shape]]\n";
    write_numbers(out, "values", values);
  }
  for (const BlowEntry& entry : table.entries) {
    out << "\n[[blow]]\nstriker = \"" << to_string(entry.pair.striker) << "\"\n";
    if (entry.pair.struck) out << "struck = \"" << to_string(*entry.pair.struck) << "\"\n";
    if (entry.pair.place > 0) out << "place = " << entry.pair.place << '\n';
    std::vector<double> values;
    for (Index r = 0; r < entry.weights.rows(); ++r)
      for (Index c = 0; c < entry.weights.cols(); ++c) values.push_back(entry.weights(r, c));
    write_numbers(out, "weights", values);
  }
  write_text_file(file, out.str());
}

ContactTable read_contact_table(const fs::path& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  ContactTable table;
  table.mass = t.quantity("mass", Dimension::mass);
  table.length = t.quantity("length", Dimension::length);
  table.elbow = radians(t.numbers("elbow_deg"));
  table.pronation = radians(t.numbers("pronation_deg"));
  const std::vector<TomlTable> shapes = t.tables("shape");
  table.shapes = Eigen::ArrayXXd(kTableSamples, std::ssize(shapes));
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    const std::vector<double> values = shapes[s].numbers("values");
    if (values.size() != knots().size())
      shapes[s].fail("values", std::to_string(knots().size()) + " numbers (found " +
                                   std::to_string(values.size()) + ")");
    table.shapes.col(static_cast<Index>(s)) = through_knots(values);
  }
  const auto postures = static_cast<Index>(table.elbow.size() * table.pronation.size());
  for (const TomlTable& blow : t.tables("blow")) {
    BlowEntry entry;
    entry.pair.striker = body_of(blow, "striker");
    if (blow.has("struck")) entry.pair.struck = body_of(blow, "struck");
    entry.pair.place = static_cast<std::size_t>(blow.integer_or("place", 0, 0, 9));
    entry.weights = weights_of(blow, postures * kBlowSeries, table.shapes.cols());
    table.entries.push_back(std::move(entry));
  }
  t.finish();
  return table;
}

}  // namespace wrist
