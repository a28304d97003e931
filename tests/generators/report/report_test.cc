// SPDX-License-Identifier: Apache-2.0
// Whole reports, as the page reads them.
#include "generators/report/report.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "generators/report/against.h"
#include "generators/run.h"
#include "tests/generators/report/report_fixture.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using namespace wrist::testing;
using nlohmann::json;

void expect_keys(const json& object, const std::set<std::string>& keys, const std::string& where) {
  ASSERT_TRUE(object.is_object()) << where;
  std::set<std::string> found;
  for (const auto& [key, value] : object.items()) found.insert(key);
  EXPECT_EQ(found, keys) << where;
}

void expect_each(const json& list, const std::set<std::string>& keys, const std::string& where) {
  ASSERT_TRUE(list.is_array()) << where;
  EXPECT_FALSE(list.empty()) << where;
  for (const json& item : list) expect_keys(item, keys, where);
}

const std::set<std::string> kSpectrum = {"class", "windows", "frequency_hz", "accel", "gyro"};
const std::set<std::string> kFeature = {"name", "label", "unit", "log", "classes"};
const std::set<std::string> kQuantiles = {"class", "windows", "probability", "quantile"};

void expect_complete(const json& r) {
  expect_keys(
      r, {"kind",     "title",  "license",    "dataset_id", "generator", "seed",       "recipe",
          "shards",   "totals", "card",       "classes",    "counts",    "durations",  "spectra",
          "features", "allan",  "histograms", "splits",     "disjoint",  "thumbnails", "against"},
      "report");
  EXPECT_EQ(r["kind"], "report");
  expect_each(r["shards"], {"file", "recordings", "duration_s", "bytes", "content_sha256"},
              "shards");
  expect_keys(
      r["totals"],
      {"recordings", "subjects", "devices", "straps", "clips", "duration_s", "windows", "events",
       "imu_rate_hz", "optical_rate_hz", "imu_part", "optical_part", "window_s", "hop_s"},
      "totals");
  expect_each(r["card"], {"heading", "text"}, "card");
  expect_each(r["classes"],
              {"name", "definition", "parent", "rare", "held_out", "recordings", "windows",
               "labelled_s", "events"},
              "classes");
  expect_keys(r["counts"], {"subject", "device", "strap", "placement", "clip"}, "counts");
  for (const auto& [by, table] : r["counts"].items())
    expect_keys(table, {"names", "recordings", "seconds"}, "counts by " + by);
  expect_keys(r["durations"], {"edges", "counts", "min", "median", "max"}, "durations");
  expect_each(r["spectra"], kSpectrum, "spectra");
  expect_each(r["features"], kFeature, "features");
  for (const json& feature : r["features"])
    expect_each(feature["classes"], kQuantiles, "quantiles");
  expect_keys(r["allan"], {"rule", "seconds", "curves"}, "allan");
  for (const json& curve : r["allan"]["curves"])
    expect_keys(curve, {"device", "sensor", "unit", "axis", "tau_s", "deviation"}, "curve");
  expect_each(r["histograms"], {"name", "label", "unit", "groups", "edges", "series", "note"},
              "histograms");
  expect_each(r["splits"], {"name", "recordings", "windows", "subjects", "by_class"}, "splits");
  expect_keys(r["disjoint"], {"by", "rule", "overlaps"}, "disjoint");
  expect_each(r["thumbnails"], {"class", "windows"}, "thumbnails");
  for (const json& row : r["thumbnails"])
    for (const json& window : row["windows"])
      expect_keys(window,
                  {"shard", "sequence", "start_s", "rate_hz", "subject", "strap", "accel", "gyro",
                   "optical", "optical_rate_hz"},
                  "thumbnail");
}

// A real watch that shakes as the fixture does, but half as much.
RealRecording half_as_much(const std::string& class_name) {
  RealRecording r;
  r.file = "mine.csv";
  r.rate_hz = 100;
  r.class_names = {class_name};
  RealRecording::Stretch stretch{Series3::Zero(1000, 3), Series3::Zero(1000, 3),
                                 std::vector<int>(1000, 0)};
  stretch.accel.col(2) = kGravity;
  for (Index i = 0; i < 1000; ++i)
    stretch.accel(i, 0) =
        0.5 * kFixtureAmplitude * std::sin(2 * kPi * kFixtureSine * static_cast<double>(i) / 100);
  r.stretches = {stretch};
  return r;
}

TEST(Report, OfAGeneratedDatasetIsComplete) {
  const auto out = scratch_folder();
  const Recipe recipe = shipped_recipe("quickstart", {"duration=6 s", "subjects.count=3"});
  run(recipe, assets(), {out, 2, false, {}, {}});
  const std::string text = dataset_report({out / shard_name(0, 1)}, {});
  EXPECT_EQ(text, dataset_report({out / shard_name(0, 1)}, {})) << "the same every time";
  const json r = json::parse(text);
  expect_complete(r);
  EXPECT_TRUE(r["against"].is_null());
  EXPECT_EQ(r["totals"]["recordings"], 12);
  EXPECT_EQ(r["totals"]["subjects"], 3);
  EXPECT_EQ(r["totals"]["imu_part"], "BMI270");
  EXPECT_EQ(r["recipe"]["fidelity"], "worn");
  EXPECT_TRUE(r["disjoint"]["overlaps"].empty());
  EXPECT_EQ(r["histograms"].size(), 4u);
  EXPECT_FALSE(r["allan"]["curves"].empty()) << "a quarter of it rests";
  std::map<std::string, double> median;
  for (const json& c : r["features"][0]["classes"])
    median[c["class"].get<std::string>()] = c["quantile"][5].get<double>();
  EXPECT_GT(median.at("walk"), 5 * median.at("rest"));
}

TEST(Report, LaysARealWatchOverTheSyntheticOne) {
  const auto shard =
      write_recordings("against.h5", {sine_recording(900, 0), sine_recording(900, 1)});
  const json r =
      json::parse(dataset_report({shard}, {half_as_much("Walking"), half_as_much("fly")}));
  expect_complete(r);
  const json& a = r["against"];
  expect_keys(a, {"files", "classes", "spectra", "features", "gap"}, "against");
  expect_each(a["files"], {"file", "class", "rate_hz", "seconds", "windows", "notes"}, "files");
  expect_each(a["classes"], {"name", "synthetic", "windows"}, "against classes");
  expect_each(a["spectra"], kSpectrum, "against spectra");
  expect_each(a["features"], kFeature, "against features");
  expect_each(a["gap"],
              {"class", "feature", "real_median", "synthetic_median", "outside", "distance"},
              "gap");
  EXPECT_EQ(a["classes"][0]["synthetic"], "walk");
  EXPECT_TRUE(a["classes"][1]["synthetic"].is_null());
  EXPECT_EQ(a["files"][0]["windows"], 6) << "10 s";
  const json& gap = a["gap"][0];
  EXPECT_EQ(gap["feature"], "accel_rms");
  EXPECT_NEAR(gap["real_median"].get<double>(), kFixtureAmplitude / 2 / std::sqrt(2.), 1e-3);
  EXPECT_NEAR(gap["synthetic_median"].get<double>(), kFixtureAmplitude / std::sqrt(2.), 1e-3);
  EXPECT_EQ(gap["outside"], 1);
  EXPECT_EQ(gap["distance"], 1);
}

TEST(Report, NamesAreMatchedAsPeopleWriteThem) {
  const report::Texts ours = {"walk", "run", "wave", "double_pinch", "rest", "unlabelled"};
  EXPECT_EQ(report::matching_class("walk", ours), "walk");
  EXPECT_EQ(report::matching_class("WALKING", ours), "walk");
  EXPECT_EQ(report::matching_class("Running", ours), "run");
  EXPECT_EQ(report::matching_class("waving", ours), "wave");
  EXPECT_EQ(report::matching_class("Double-Pinch", ours), "double_pinch");
  EXPECT_EQ(report::matching_class("label 0", ours), "");
  EXPECT_EQ(report::matching_class("unlabelled", ours), "");
  EXPECT_EQ(report::matching_class("ring", ours), "");
}

TEST(Report, SaysWhatBreaksTheSplitsAndWhatIsMissing) {
  Recording held_out = sine_recording(600, 0);
  held_out.scenario.class_name = "double tap";  // kept out of training, and it trains
  Recording twice = sine_recording(600, 1);
  twice.scenario.subject_id = "ada";
  const json r =
      json::parse(dataset_report({write_recordings("broken.h5", {held_out, twice})}, {}));
  std::string splits;
  for (const json& section : r["card"])
    if (section["heading"] == "Splits") splits = section["text"];
  EXPECT_TRUE(contains(splits, "BROKEN: 2 names are in more than one split")) << splits;
  EXPECT_TRUE(contains(splits, "holds double tap")) << splits;
}

TEST(Report, RefusesAnEmptyDataset) {
  const std::string text = error_of(
      ErrorKind::bad_data, [] { dataset_report({write_recordings("nothing.h5", {})}, {}); });
  EXPECT_TRUE(contains(text, "at least one recording")) << text;
  error_of(ErrorKind::bad_data, [] { dataset_report({}, {}); });
}

}  // namespace
}  // namespace wrist
