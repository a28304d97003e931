// SPDX-License-Identifier: Apache-2.0
#include "generators/cli/hand_report.h"

#include <algorithm>

#include "motions/finger_fit.h"
#include "motions/import_hand.h"
#include "motions/rig_hand.h"
#include "motions/rig_names.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

// Of a tracker, whose frames do not come evenly: the inverse of the median step; 0 of a pose.
double usual_rate(const HandRecording& hand) {
  const Index n = hand.count() - 1;
  if (n < 1) return 0;
  Series steps = hand.time_s.tail(n) - hand.time_s.head(n);
  std::nth_element(steps.begin(), steps.begin() + n / 2, steps.end());
  return 1 / steps[n / 2];
}

// The hand on an arm of its side: what cannot be laid onto it is said as it would be when
// generating.
void perform_hand(ClipReport& r, const HandRecording& hand) {
  r.hand_side = to_string(hand.side);
  const JointMotion motion = hand_motion(hand, reference_arm(hand.side), FingerFitSpec{}, &r.notes);
  r.notes.push_back("on an arm: " + std::to_string(motion.time.end()).substr(0, 5) + " s, " +
                    std::to_string(motion.contacts.size()) + " pinches");
}

}  // namespace

ClipReport report_hand_file(const std::filesystem::path& file) {
  ClipReport r;
  r.file = file.string();
  try {
    const HandRecording hand = import_hand(file);
    r.readable = true;
    r.name = hand.name;
    r.joints = kHandJoints;
    r.hand_digits = kDigits;
    r.unit_known = true;
    r.metres_per_unit = 1;
    r.fingers = hand.count() > 1 ? "moving" : "static";
    r.rate_hz = usual_rate(hand);
    r.frames = hand.count();
    r.duration_s = hand.time_s[hand.count() - 1];
    perform_hand(r, hand);
  } catch (const Error& error) {
    r.problem = error.what();
  }
  return r;
}

void describe_hand(ClipReport& r, const MotionClip& clip, const std::string& wrist) {
  r.hand = wrist;
  r.hand_digits = count_digits(find_fingers(clip, wrist));
  r.problem.clear();
  if (clip.time.count == 1) r.rate_hz = 0;
  r.notes.clear();  // the recording's hold the clip's
  try {
    perform_hand(r, record_lone_hand(clip));
  } catch (const Error& error) {
    r.problem = error.what();
    r.notes = clip.notes;
  }
}

}  // namespace wrist::cli
