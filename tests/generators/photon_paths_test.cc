// SPDX-License-Identifier: Apache-2.0
// The program photon_paths, as its user runs it.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

using testing::Outcome;
using testing::scratch_folder;

const std::string kTable = WRIST_SOURCE_DIR "/assets/optics/940.toml";

Outcome photon_paths(const std::string& arguments, int jobs = 2) {
  return testing::shell(std::string(WRIST_BINARY_DIR) + "/generators/photon_paths --jobs " +
                        std::to_string(jobs) + " " + arguments);
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

TEST(PhotonPaths, TheShippedTableAgrees) {
  const Outcome outcome = photon_paths("--photons 1e5 --check " + kTable);
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("940.toml: agrees within 5 standard errors"), std::string::npos);
}

TEST(PhotonPaths, ATableOfOtherSkinDiffers) {
  // Less fat; a cone of 45 degrees.
  EXPECT_EQ(photon_paths("--photons 1e5 --fat 1 --check " + kTable).code, 1);
  const Outcome outcome = photon_paths("--photons 1e5 --acceptance 0.7 --check " + kTable);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.text.find("differs by more than 5"), std::string::npos);
  // One number of the asset altered by a tenth.
  std::string text = text_of(kTable);
  const std::string number = "1.280e-02";
  ASSERT_NE(text.find(number), std::string::npos);
  text.replace(text.find(number), number.size(), "1.408e-02");
  const auto file = scratch_folder() / "altered.toml";
  write(file, text);
  EXPECT_EQ(photon_paths("--photons 1e5 --check " + file.string()).code, 1);
}

TEST(PhotonPaths, WhatItWritesItReadsAndAgreesWith) {
  const auto folder = scratch_folder();
  const auto file = folder / "850.toml", again = folder / "again.toml";
  const std::string run = "--wavelength 850 --photons 1e5 --seed 5 ";
  ASSERT_EQ(photon_paths(run + "-o " + file.string()).code, 0);
  ASSERT_EQ(photon_paths(run + "-o " + again.string(), 1).code, 0);
  EXPECT_EQ(text_of(file), text_of(again));
  const std::string check = "--photons 1e5 --table-photons 1e5 --check " + file.string();
  EXPECT_EQ(photon_paths("--seed 6 " + check).code, 0);
  // The same photons: half a rounding step at most lies between, sqrt 3 of its standard deviations.
  EXPECT_EQ(photon_paths("--seed 5 --limit 1.8 " + check).code, 0);
  EXPECT_EQ(photon_paths("--seed 6 --limit 1.8 " + check).code, 1);
}

TEST(PhotonPaths, PrintsWhatItFinds) {
  const Outcome outcome = photon_paths("--wavelength 660 --photons 2e4");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.text.find("reticular"), std::string::npos);
  EXPECT_NE(outcome.text.find("1.75"), std::string::npos);
}

TEST(PhotonPaths, SaysWhatIsWrong) {
  const auto folder = scratch_folder();
  Outcome outcome = photon_paths("");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.text.find("expected --wavelength or --check"), std::string::npos);
  outcome = photon_paths("--wavelength 880");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.text.find("expected 525, 660, 850 or 940, found 880"), std::string::npos);
  EXPECT_EQ(photon_paths("--wavelength 525 --photons 0").code, 2);
  EXPECT_EQ(photon_paths("--wavelength 525 --surface glass").code, 2);
  EXPECT_EQ(photon_paths("--wavelength 525 --acceptance 2").code, 2);
  EXPECT_EQ(photon_paths("--wavelength 525 --check " + kTable).code, 2);  // of another wavelength
  EXPECT_NE(photon_paths("--check " + (folder / "absent.toml").string()).code, 0);
  const auto file = folder / "odd.toml";
  write(file, text_of(kTable) + "\nwavelenght_nm = 3\n");
  outcome = photon_paths("--photons 10 --check " + file.string());
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.text.find("wavelenght_nm"), std::string::npos);
}

}  // namespace
}  // namespace wrist
