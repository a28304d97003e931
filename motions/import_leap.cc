// SPDX-License-Identifier: Apache-2.0
#include "motions/import_leap.h"

#include "motions/import_leap_frames.h"
#include "motions/import_leap_text.h"
#include "sim/base/error.h"
#include "sim/body/arm_model.h"

namespace wrist {
namespace {

constexpr double kNotedGap_s = 0.1;  // a few frames lost in a row

// The side seen in more frames.
Side usual_side(const std::vector<LeapFrame>& frames) {
  long balance = 0;
  for (const LeapFrame& frame : frames)
    for (const LeapHand& hand : frame.hands) balance += hand.side == Side::right ? 1 : -1;
  return balance >= 0 ? Side::right : Side::left;
}

// The hand of this side: the one followed so far, else the first; null if there is none.
const LeapHand* choose_hand(const LeapFrame& frame, Side side, double followed) {
  const LeapHand* chosen = nullptr;
  for (const LeapHand& hand : frame.hands)
    if (hand.side == side && (chosen == nullptr || hand.id == followed)) chosen = &hand;
  return chosen;
}

void lay_hand(HandRecording& recording, Index i, const LeapHand& hand) {
  Eigen::Quaterniond R_LH = palm_rotation(hand.distal, -hand.normal);
  if (i > 0 && R_LH.dot(quaternion(recording.R_LH, i - 1)) < 0) R_LH.coeffs() *= -1;
  set_quaternion(recording.R_LH, i, R_LH);
  recording.p_LH.row(i) = hand.palm.transpose().array();
  recording.pinch[i] = hand.pinch;
  recording.grab[i] = hand.grab;
  for (int digit = 0; digit < kDigits; ++digit)
    for (int j = 0; j < kJointsPerDigit; ++j)
      recording.set_joint(
          i, digit, static_cast<HandJoint>(j),
          hand.joints[static_cast<std::size_t>(digit)][static_cast<std::size_t>(j)]);
}

void add_notes(HandRecording& hand, std::size_t frames) {
  const std::size_t lost = frames - static_cast<std::size_t>(hand.count());
  if (lost > 0)
    hand.notes.push_back("the " + to_string(hand.side) + " hand is not seen in " +
                         std::to_string(lost) + " of " + std::to_string(frames) + " frames");
  if (!hand.has_carpals) hand.notes.push_back("the recording has no carpal joints");
  const Index n = hand.count() - 1;
  if (n < 1) return;
  const double longest = (hand.time_s.tail(n) - hand.time_s.head(n)).maxCoeff();
  if (longest > kNotedGap_s)
    hand.notes.push_back("the longest gap is " + std::to_string(longest) + " s");
}

}  // namespace

HandRecording read_leap(const std::string& text, const std::string& file, std::optional<Side> side,
                        const LeapLimits& limits) {
  const std::vector<LeapFrame> frames = read_leap_frames(text, file, limits);
  const Side wanted = side ? *side : usual_side(frames);
  std::vector<std::pair<const LeapFrame*, const LeapHand*>> seen;
  for (const LeapFrame& frame : frames) {
    const double followed = seen.empty() ? -1 : seen.back().second->id;
    if (const LeapHand* hand = choose_hand(frame, wanted, followed)) seen.push_back({&frame, hand});
  }
  require(!seen.empty(), ErrorKind::bad_data,
          file + ": expected a " + to_string(wanted) + " hand in some frame, found none");

  HandRecording hand = make_hand_recording(file, wanted, static_cast<Index>(seen.size()));
  hand.has_carpals = seen[0].second->has_carpals;
  for (Index i = 0; i < hand.count(); ++i) {
    const auto& [frame, found] = seen[static_cast<std::size_t>(i)];
    hand.time_s[i] = frame->time_s - seen[0].first->time_s;
    lay_hand(hand, i, *found);
    require_sound(hand, i, frame->where);
  }
  add_notes(hand, frames.size());
  return hand;
}

HandRecording import_leap(const std::filesystem::path& file, std::optional<Side> side,
                          const LeapLimits& limits) {
  HandRecording hand = read_leap(read_maybe_gzip(file, limits.bytes), file.string(), side, limits);
  hand.name = recording_name(file);
  return hand;
}

}  // namespace wrist
