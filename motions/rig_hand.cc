// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_hand.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <optional>

#include "motions/rig_chain.h"
#include "motions/rig_fingers.h"
#include "motions/rig_hand_time.h"
#include "motions/rig_names.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kTurns = 3 * kDegree;  // less is a pose held still [assumed]
// Wrist to the middle finger's end. Adults have 0.16 to 0.22 m; rigs set their wrists apart.
constexpr double kShortestHand = 0.12, kLongestHand = 0.28;  // m [assumed]
constexpr double kLongest = 3600;                            // s; as of tracked hands
constexpr double kUsualHand = 0.1933;  // m; ANSUR II male mean (Gordon et al. 2014)
// What tells the side: a mean of 6 deg per joint, as fingers may bend backwards a little; and a
// thumb this far before the palm.
constexpr double kLeastBend = 0.1;      // sine [assumed]
constexpr double kThumbBefore = 0.018;  // m [assumed]

std::string text_of(const char* pattern, double a, double b = 0) {
  char text[160];
  std::snprintf(text, sizeof text, pattern, a, b);
  return text;
}

// A rig's hand: its joints, and the palm's axes at rest but for the side.
struct Rig {
  int wrist = -1;
  std::vector<DigitChain> chains;
  Vector3d distal, radial;  // unit, square; in the wrist's frame
  double length = 0;        // clip units; wrist to the middle finger's end
};

bool says_hand(const std::string& plain) {
  return plain.find("wrist") != plain.npos || plain.find("hand") != plain.npos ||
         plain.find("palm") != plain.npos;
}

// Another hand beside the one at `wrist`: then the clip is of a body, or of two hands.
void require_one_hand(const MotionClip& clip, int wrist) {
  const RigNames names(clip);
  for (int j = 0; j < static_cast<int>(clip.joints.size()); ++j) {
    const auto k = static_cast<std::size_t>(j);
    const bool apart = !names.below(j, wrist) && !names.below(wrist, j);
    if (apart && says_hand(names.plain[k]) &&
        count_digits(find_fingers(clip, clip.joints[k].name)) == kDigits)
      throw Error(ErrorKind::bad_data,
                  clip.name + ": expected an arm, or one hand alone, found two hands at " +
                      names.original(wrist) + " and " + names.original(j) +
                      "; if they hang on arms, name those in a joint map");
  }
}

// The digits that lack one of their three joints, for the error.
std::string lacking(const FingerNames& fingers) {
  std::string text;
  for (std::size_t d = 0; d < fingers.size(); ++d) {
    const auto joints = std::count_if(fingers[d].begin(), fingers[d].begin() + 3,
                                      [](const std::string& name) { return !name.empty(); });
    if (joints < 3)
      text += (text.empty() ? "" : ", ") + std::to_string(joints) + " of the " + kDigitNames[d];
  }
  return text;
}

double length_of(const MotionClip& clip, const Rig& rig) {
  HandRecording still = make_hand_recording("", Side::right, 1);
  set_digits(still, 0, clip, rig.chains, 1);
  const Vector3d wrist = joint_poses(clip, 0)[static_cast<std::size_t>(rig.wrist)].p;
  double length = (still.joint(0, 2, HandJoint::knuckle) - wrist).norm();
  for (int j = static_cast<int>(HandJoint::middle); j < kJointsPerDigit; ++j)
    length += (still.joint(0, 2, static_cast<HandJoint>(j)) -
               still.joint(0, 2, static_cast<HandJoint>(j - 1)))
                  .norm();
  return length;
}

Rig rig_of(const MotionClip& clip, const std::string& wrist) {
  Rig rig;
  rig.wrist = clip.find(wrist);
  require_one_hand(clip, rig.wrist);
  const FingerNames fingers = find_fingers(clip, wrist);
  rig.chains = digit_chains(clip, fingers);
  require(!rig.chains.empty(), ErrorKind::bad_data,
          clip.name + ": expected a hand of five digits with three joints each at " + wrist +
              ", found " + lacking(fingers));
  const std::vector<Vector3d> rest = rest_positions(clip);
  const auto knuckle = [&](std::size_t digit) {
    return rest[static_cast<std::size_t>(rig.chains[digit][0])];
  };
  const Vector3d middle = (knuckle(1) + knuckle(2) + knuckle(3) + knuckle(4)) / 4;
  const Vector3d along = middle - rest[static_cast<std::size_t>(rig.wrist)];
  const Vector3d across = knuckle(1) - knuckle(4);
  rig.length = length_of(clip, rig);
  require(rig.length > 0 && along.cross(across).norm() > 1e-6 * rig.length * rig.length,
          ErrorKind::bad_data,
          clip.name + ": expected knuckles beside each other and away from " + wrist +
              ", found them in one line");
  rig.distal = along.normalized();
  rig.radial = (across - across.dot(rig.distal) * rig.distal).normalized();
  return rig;
}

// The furthest that the wrist or a digit's joint turns from where it stands at first, rad.
double furthest_turn(const MotionClip& clip, const Rig& rig) {
  double furthest = 0;
  const Quaterniond first = joint_poses(clip, 0)[static_cast<std::size_t>(rig.wrist)].R;
  for (Index i = 1; i < clip.time.count; ++i) {
    const Quaterniond now = joint_poses(clip, i)[static_cast<std::size_t>(rig.wrist)].R;
    furthest = std::max(furthest, now.angularDistance(first));
    for (const DigitChain& chain : rig.chains)
      for (std::size_t k = 0; k < 3; ++k) {
        const QuatSeries& R = clip.joints[static_cast<std::size_t>(chain[k])].R_PJ;
        furthest = std::max(furthest, quaternion(R, i).angularDistance(quaternion(R, 0)));
      }
  }
  return furthest;
}

HandRecording recorded(const MotionClip& clip, const Rig& rig, Index frames, double scale) {
  HandRecording hand = make_hand_recording(clip.name, Side::right, frames);
  hand.tip = TipPoint::finger_end;
  const Quaterniond R_L0 = Quaterniond::FromTwoVectors(clip.up, Vector3d::UnitY());
  const Quaterniond R_JH = palm_rotation(rig.distal, rig.distal.cross(rig.radial));
  for (Index i = 0; i < frames; ++i) {
    hand.time_s[i] = static_cast<double>(i) / clip.time.rate_hz;
    set_digits(hand, i, clip, rig.chains, scale);
    const Pose wrist = joint_poses(clip, i)[static_cast<std::size_t>(rig.wrist)];
    hand.p_LH.row(i) = (R_L0 * (scale * wrist.p)).transpose().array();
    Quaterniond R_LH = R_L0 * wrist.R * R_JH;
    if (i > 0 && R_LH.dot(quaternion(hand.R_LH, i - 1)) < 0) R_LH.coeffs() *= -1;
    set_quaternion(hand.R_LH, i, R_LH);
    for (Index k = 0; k < kHandJoints; ++k)
      hand.joints.block<1, 3>(i, 3 * k) =
          (R_L0 * hand.joints.block<1, 3>(i, 3 * k).matrix().transpose()).transpose().array();
  }
  return hand;
}

// How the fingers bend about the axis towards the thumb in the frame of most bend, sine; mean over
// joints. A right hand's bend about it, a left one's the other way.
double bend_of_a_right_hand(const HandRecording& hand) {
  double most = 0;
  for (Index i = 0; i < hand.count(); ++i) {
    const Vector3d radial = quaternion(hand.R_LH, i) * Vector3d::UnitY();
    double sum = 0;
    for (int digit = 1; digit < kDigits; ++digit) {
      const auto link = [&](HandJoint from, HandJoint to) {
        return (hand.joint(i, digit, to) - hand.joint(i, digit, from)).normalized();
      };
      const Vector3d first = link(HandJoint::knuckle, HandJoint::middle),
                     second = link(HandJoint::middle, HandJoint::distal),
                     third = link(HandJoint::distal, HandJoint::tip);
      sum += (first.cross(second) + second.cross(third)).dot(radial);
    }
    if (std::abs(sum) > std::abs(most)) most = sum;
  }
  return most / (2 * (kDigits - 1));
}

// How far the thumb's last joint stands before a right hand's palm, m; mean over frames. The palm's
// plane goes through the wrist.
double thumb_of_a_right_hand(const HandRecording& hand) {
  double sum = 0;
  for (Index i = 0; i < hand.count(); ++i) {
    const Vector3d wrist = hand.p_LH.row(i).matrix().transpose();
    sum -=
        (quaternion(hand.R_LH, i).conjugate() * (hand.joint(i, 0, HandJoint::distal) - wrist)).z();
  }
  return sum / static_cast<double>(hand.count());
}

std::optional<Side> named_side(std::string text) {
  for (char& c : text)
    c = std::isalnum(static_cast<unsigned char>(c))
            ? static_cast<char>(std::tolower(static_cast<unsigned char>(c)))
            : '_';
  const auto has = [&](const char* part) { return text.find(part) != text.npos; };
  const bool left = has("left") || text.ends_with("_l") || text.starts_with("l_"),
             right = has("right") || text.ends_with("_r") || text.starts_with("r_");
  if (left == right) return {};
  return left ? Side::left : Side::right;
}

// By bent fingers; by the thumb, where they are straight; by names.
Side side_of(const HandRecording& hand, const std::string& wrist, std::vector<std::string>& notes) {
  std::optional<Side> named = named_side(wrist);
  if (!named) named = named_side(hand.name);
  const double bend = bend_of_a_right_hand(hand), thumb = thumb_of_a_right_hand(hand);
  const bool bent = std::abs(bend) >= kLeastBend;
  if (!bent && std::abs(thumb) < kThumbBefore) {
    require(named.has_value(), ErrorKind::bad_data,
            hand.name + ": expected bent fingers, or left or right in the name of the file or of " +
                wrist + ", to tell the side; found straight fingers and neither name");
    notes.push_back("a " + to_string(*named) + " hand by its name");
    return *named;
  }
  const Side side = (bent ? bend : thumb) > 0 ? Side::right : Side::left;
  notes.push_back("a " + to_string(side) + " hand by " +
                  (bent ? "how its fingers bend" : "where its thumb stands") +
                  (named.value_or(side) == side ? "" : ", whatever its name says"));
  return side;
}

// The palm's back is on the other side of a left hand.
void make_left(HandRecording& hand) {
  hand.side = Side::left;
  const Quaterniond half_turn(0, 1, 0, 0);  // about x
  for (Index i = 0; i < hand.count(); ++i)
    set_quaternion(hand.R_LH, i, quaternion(hand.R_LH, i) * half_turn);
}

double scale_of(const MotionClip& clip, const Rig& rig, std::vector<std::string>& notes) {
  const double unit = clip.metres_per_unit, length = unit * rig.length;
  if (length >= kShortestHand && length <= kLongestHand) return unit;
  notes.push_back((unit > 0 ? text_of("the file's unit makes a hand of %.3g m", length)
                            : std::string("the file does not say its unit")) +
                  text_of(": scaled to one of %.3g m", kUsualHand));
  return kUsualHand / rig.length;
}

}  // namespace

std::string lone_hand(const MotionClip& clip) {
  if (!clip.map.empty()) return "";
  for (const Side side : {Side::left, Side::right}) try {
      find_arm(clip, side);
      return "";
    } catch (const Error&) {
    }
  return find_lone_hand(clip);
}

HandRecording record_lone_hand(const MotionClip& clip) {
  const std::string wrist = lone_hand(clip);
  require(!wrist.empty(), ErrorKind::bad_data,
          clip.name + ": expected a hand without an arm, found none");
  const double duration = static_cast<double>(clip.time.count - 1) / clip.time.rate_hz;
  require(duration <= kLongest, ErrorKind::bad_data,
          clip.name + ": expected at most " +
              text_of("%.0f s of a hand, found %.0f s", kLongest, duration));
  const Rig rig = rig_of(clip, wrist);
  const bool pose = !(furthest_turn(clip, rig) > kTurns);
  const MotionClip fitted = pose ? clip : slow_enough(clip);
  std::vector<std::string> notes = fitted.notes;
  const double scale = scale_of(clip, rig, notes);
  HandRecording hand = recorded(fitted, rig, pose ? 1 : fitted.time.count, scale);
  if (side_of(hand, wrist, notes) == Side::left) make_left(hand);
  hand.notes = std::move(notes);
  if (pose && clip.time.count > 1) hand.notes.push_back("nothing turns: a pose");
  require_sound(hand);
  return pose ? hand : there_and_back(std::move(hand));
}

}  // namespace wrist
