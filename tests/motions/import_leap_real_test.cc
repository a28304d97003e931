// SPDX-License-Identifier: Apache-2.0
// Real recordings of a Leap Motion controller: whole frames at 110 to 115 Hz, packed ones at 57.
#include "motions/import_leap.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using testing::shared_data;

struct RealHand {
  const char* file;
  Index frames;
  double duration_s;      // last stamp less the first, read from the text by hand
  double first_distance;  // m; thumb tip to index tip in frame 1, the same way
  bool carpals;
};

const std::vector<RealHand> kHands = {
    {"pinch.json.gz", 307, 2.688371, 0.09689, false},
    {"pinch-57fps.json.gz", 133, 2.350136, 0.08682, true},
};

bool have_recordings() {
  return std::filesystem::exists(shared_data() / "leap_hand_recordings" / "pinch.json.gz");
}

HandRecording recording(const std::string& file) {
  return import_leap(shared_data() / "leap_hand_recordings" / file);
}

TEST(RealLeap, ReadsPinches) {
  if (!have_recordings())
    GTEST_SKIP() << "SKIPPED: hand recordings not found below " << shared_data();
  for (const RealHand& real : kHands) {
    SCOPED_TRACE(real.file);
    const HandRecording hand = recording(real.file);
    EXPECT_EQ(hand.side, Side::right);
    EXPECT_EQ(hand.count(), real.frames);
    EXPECT_NEAR(hand.time_s[hand.count() - 1], real.duration_s, 1e-6);
    EXPECT_NEAR(tip_distance(hand)[0], real.first_distance, 1e-5);
    EXPECT_EQ(hand.has_carpals, real.carpals);
    // Where the tracker is sure of a pinch, the tips are as near as the middles of two pads.
    for (Index i = 0; i < hand.count(); ++i)
      if (hand.pinch[i] == 1) {
        EXPECT_LT(tip_distance(hand)[i], 0.025) << i;
        EXPECT_GT(tip_distance(hand)[i], 0.010) << i;
      }
    EXPECT_EQ(hand.pinch.maxCoeff(), 1);
    EXPECT_EQ(hand.grab.maxCoeff(), 0);
  }
}

// A tracker's hand keeps its lengths; stamps are not even.
TEST(RealLeap, EveryRecordingIsARigidRightHandAtUnevenTimes) {
  if (!have_recordings())
    GTEST_SKIP() << "SKIPPED: hand recordings not found below " << shared_data();
  for (const char* file : {"pinch.json.gz", "pinch-57fps.json.gz", "grab.json.gz", "wave.json.gz",
                           "HandSplay-110fps.json.gz", "Waiting-110fps.json.gz"}) {
    SCOPED_TRACE(file);
    const HandRecording hand = recording(file);
    EXPECT_NO_THROW(require_sound(hand));
    EXPECT_EQ(hand.side, Side::right);
    const Index n = hand.count() - 1;
    const Series steps = hand.time_s.tail(n) - hand.time_s.head(n);
    EXPECT_GT(steps.maxCoeff(), 1.01 * steps.minCoeff());
    EXPECT_GT(static_cast<double>(n) / hand.time_s[n], 50);
    EXPECT_LT(static_cast<double>(n) / hand.time_s[n], 120);
    for (int digit = 0; digit < 5; ++digit)
      for (int j = 2; j < kJointsPerDigit; ++j) {
        const auto length = [&](Index i) {
          return (hand.joint(i, digit, static_cast<HandJoint>(j)) -
                  hand.joint(i, digit, static_cast<HandJoint>(j - 1)))
              .norm();
        };
        EXPECT_NEAR(length(0), length(n), 1e-5);
      }
  }
}

}  // namespace
}  // namespace wrist
