// SPDX-License-Identifier: Apache-2.0
/// The side of a set that a recogniser is tried on: from labelled shards to answers, which stay
/// here, and to signals without a label, which go out.
///
///   folders of shards -> read_test_side -> TestSide -> write_answers  (private)
///                                                   -> write_public   (windows, label space)
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "generators/assets.h"
#include "generators/evaluation/answers.h"

namespace wrist::evaluation {

/// Recordings made by one recipe.
struct TestPart {
  std::string name;              // "plain", "walking", "loose_strap-3"; unique in a set
  std::filesystem::path shards;  // the folder that run() filled
  std::string context = {};      // AnswerWindow::context; empty: plain
  std::string corruption = {};   // empty: clean
  int severity = 0;              // from 1; 0: clean
};

struct TestSideOptions {
  std::string set_id, title;
  std::uint64_t seed = 1;  // of the order of the recordings
};

/// Where a window comes from.
struct WindowSource {
  std::size_t part = 0, file = 0;  // of TestSide::parts, ::files
  std::filesystem::path shard;
  std::int64_t window = 0, sequence = 0;  // rows of the shard's /windows, /sequences
  std::uint64_t recording = 0;            // index in its recipe
  std::int64_t number = 0;                // of the window in its recording, from 0
  double start_s = 0;                     // by the recording's own stamps
};

/// Windows of one part and one watch: what fits one array.
struct TestFile {
  std::string name, watch;  // "windows-plain-generic_100hz.h5"
  std::size_t part = 0;
};

struct TestSide {
  std::vector<TestPart> parts;
  std::vector<TestFile> files;        // in the order of their windows
  Answers answers;                    // no fold, no shots
  std::vector<WindowSource> sources;  // of answers.windows
};

/// Every window of every part, part by part and watch by watch; the recordings of each in an order
/// drawn by the seed, for their index would give their class away. A corrupted window that has no
/// clean twin (same recording, same number, within half a hop) is left out. Classes: all that the
/// shards know, sorted, and "none" for windows without label, in front.
///
/// Subjects and devices get names that tell them apart over all parts. Throws Error(bad_data) for
/// shards that contradict each other and for parts of one name, Error(io).
TestSide read_test_side(const std::vector<TestPart>& parts, const TestSideOptions& options);

/// FOLDER/windows-*.h5: imu i2[W,6,T], optical i4[W,C,Tp], recording i4[W], start_ns i8[W], in the
/// order of the answers. windows.csv: id, file, row, recording and start of each. classes.json: the
/// label space with descriptions and attributes. manifest.json, last: the files and their SHA-256.
/// No label, person, seed or recipe among them. Replaces what is there. Throws Error(io),
/// Error(bad_data), Error(interrupted) if `stop` says so.
void write_public(const TestSide& side, const Assets& assets, const std::filesystem::path& folder,
                  const std::function<bool()>& stop);

}  // namespace wrist::evaluation
