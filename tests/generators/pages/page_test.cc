// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/page.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generators/pages/recording_page.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;
using nlohmann::json;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

fs::path template_of(const std::string& html) {
  const fs::path file = scratch_folder() / "template.html";
  std::ofstream(file) << html;
  return file;
}

TEST(Page, DataStandsWhereTheTemplateSays) {
  const fs::path page = template_of("<p>before</p><!--wristsim:data--><p>after</p>");
  const fs::path out = page.parent_path() / "out.html";
  write_page(page, R"({"a":"</script><!--"})", out);
  EXPECT_EQ(text_of(out),
            "<p>before</p><script type=\"application/json\" id=\"wristsim-data\">"
            "{\"a\":\"\\u003c/script>\\u003c!--\"}</script><p>after</p>");
  EXPECT_EQ(std::distance(fs::directory_iterator(page.parent_path()), fs::directory_iterator()), 2)
      << "nothing half-written is left";
}

TEST(Page, WhatCannotBeWrittenIsSaid) {
  const fs::path page = template_of("<!--wristsim:data-->");
  EXPECT_THROW(write_page(page, "{}", "/proc/none/out.html"), Error);
  EXPECT_THROW(write_page("/nowhere.html", "{}", page.parent_path() / "out.html"), Error);
  EXPECT_THROW(write_page(template_of("<p></p>"), "{}", page.parent_path() / "out.html"), Error);
  EXPECT_FALSE(fs::exists(page.parent_path() / "out.html"));
}

// Values of a dataset in the JSON.
template <typename T>
std::vector<T> values_of(const json& data, const std::string& group, const std::string& name) {
  const json& set = data.at("groups").at(group).at("datasets").at(name);
  EXPECT_EQ(set.at("element").get<std::string>(), to_string(element_of<T>()));
  const std::string text = set.at("base64").get<std::string>();
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t word = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    word = word << 6 | static_cast<std::uint32_t>(letters.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(word >> bits & 0xff);
  }
  std::vector<T> values(bytes.size() / sizeof(T));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  const auto rows = set.at("rows").get<std::size_t>(), columns = set.at("columns").get<std::size_t>();
  EXPECT_EQ(values.size(), rows * columns) << group << "/" << name;
  return values;
}

TEST(RecordingPage, HoldsOneSequenceCountedFromItsOwnStart) {
  const fs::path file = scratch_folder() / "a.h5";
  write_shard(file, {301, 1303, 400});
  const json data = json::parse(recording_json(Shard(file), 1));
  EXPECT_EQ(data.at("kind"), "recording");
  EXPECT_EQ(data.at("file"), "a.h5");
  EXPECT_EQ(data.at("sequence"), 1);
  EXPECT_EQ(data.at("attributes").at("seed"), "18364758544493064720") << "too large for a number";
  const auto accel = values_of<std::int16_t>(data, "imu", "accel");
  ASSERT_EQ(accel.size(), 3u * 1303);
  for (Index i = 0; i < 1303; i += 17)
    for (Index k = 0; k < 3; ++k)
      EXPECT_EQ(accel[static_cast<std::size_t>(3 * i + k)], accel_count(1, i, k));
  EXPECT_EQ(values_of<std::int64_t>(data, "optical", "t").size(), 325u);
  EXPECT_EQ(values_of<double>(data, "truth", "gap").at(7), gap_of(1, 7));
  EXPECT_EQ(values_of<std::int64_t>(data, "sequences", "imu_start"), std::vector<std::int64_t>{0});
  EXPECT_EQ(values_of<std::int64_t>(data, "sequences", "imu_count"), std::vector<std::int64_t>{1303});
  const auto windows = values_of<std::int64_t>(data, "windows", "imu_start");
  ASSERT_FALSE(windows.empty());
  EXPECT_EQ(windows.front(), 0);
  for (const std::int32_t sequence : values_of<std::int32_t>(data, "windows", "sequence"))
    EXPECT_EQ(sequence, 0);
  EXPECT_EQ(values_of<std::int32_t>(data, "splits", "test"), std::vector<std::int32_t>{0});
  EXPECT_TRUE(values_of<std::int32_t>(data, "splits", "train").empty());
  const json& about = data.at("groups").at("sequences").at("attributes");
  ASSERT_EQ(about.at("scenarios").size(), 1u);
  ASSERT_EQ(about.at("arms").size(), 1u);
  EXPECT_EQ(json::parse(about.at("arms")[0].get<std::string>()).at("subject"), "bob");
}

TEST(RecordingPage, ASequenceThatIsNotThereIsAUsageError) {
  const fs::path file = scratch_folder() / "a.h5";
  write_shard(file, {300});
  for (const std::int64_t sequence : {-1, 1}) {
    try {
      recording_json(Shard(file), sequence);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string(error.what()).find("0 to 0"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace wrist
