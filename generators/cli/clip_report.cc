// SPDX-License-Identifier: Apache-2.0
#include "generators/cli/clip_report.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "generators/cli/hand_report.h"
#include "motions/clean.h"
#include "motions/retarget.h"
#include "motions/rig_fingers.h"
#include "motions/rig_hand.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/spline.h"

namespace wrist::cli {
namespace {

constexpr double kNoiseFrom_hz = 10;    // people's wrists move slower than this, but for impacts
constexpr double kLeastNoiseRate = 40;  // Hz; below, there is nothing above 10 Hz to look at
constexpr Index kEnds = 6;              // samples; where a smoothing spline bends its ends
constexpr double kFingersMove = 3 * kDegree;  // [assumed]
constexpr double kFrozen = 1e-9;              // of a quaternion or a unit of length, per frame

Series3 path_of(const MotionClip& clip, int joint) {
  Series3 path(clip.time.count, 3);
  for (Index i = 0; i < clip.time.count; ++i)
    path.row(i) = joint_poses(clip, i)[static_cast<std::size_t>(joint)].p.transpose().array();
  return path;
}

// Second difference of what a smoothing at 10 Hz takes away.
double noise_of(const MotionClip& clip, int joint, double unit) {
  const Index n = clip.time.count;
  if (clip.time.rate_hz < kLeastNoiseRate || n < 4 * kEnds) return ClipReport::kNone;
  const Series3 path = unit * path_of(clip, joint);
  const Spline smooth = fit_spline(clip.time, path, kNoiseFrom_hz);
  const Series3 rest = path - sample(smooth, clip.time, 0, 3).value;
  const double rate2 = clip.time.rate_hz * clip.time.rate_hz;
  const Index inner = n - 2 * kEnds;
  const Series3 a = rate2 * (rest.middleRows(kEnds - 1, inner) - 2 * rest.middleRows(kEnds, inner) +
                             rest.middleRows(kEnds + 1, inner));
  return std::sqrt(a.square().rowwise().sum().mean());
}

double longest_freeze(const MotionClip& clip) {
  Index run = 0, longest = 0;
  for (Index i = 1; i < clip.time.count; ++i) {
    bool still = (clip.root.row(i) - clip.root.row(i - 1)).abs().maxCoeff() < kFrozen;
    for (const ClipJoint& joint : clip.joints)
      still = still && (joint.R_PJ.row(i) - joint.R_PJ.row(i - 1)).abs().maxCoeff() < kFrozen;
    run = still ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return static_cast<double>(longest) / clip.time.rate_hz;
}

std::vector<std::string> tree_of(const MotionClip& clip) {
  std::vector<std::string> tree;
  std::vector<std::size_t> depth;
  for (const ClipJoint& joint : clip.joints) {
    depth.push_back(joint.parent < 0 ? 0 : depth[static_cast<std::size_t>(joint.parent)] + 1);
    tree.push_back(std::string(2 * depth.back(), ' ') + joint.name);
  }
  return tree;
}

std::vector<std::string> digit_texts(const FingerNames& fingers) {
  std::vector<std::string> texts;
  for (std::size_t d = 0; d < fingers.size(); ++d) {
    std::string text;
    for (const std::string& name : fingers[d]) text += name.empty() ? "" : " " + name;
    if (!text.empty()) texts.push_back(kDigitNames[d] + std::string(":") + text);
  }
  return texts;
}

void describe_fingers(ClipReport& r, const MotionClip& clip, const FingerNames& fingers) {
  if (count_digits(fingers) == 0) return;
  if (finger_motion(clip, fingers) > kFingersMove) r.fingers = "moving";
  if (r.fingers == "none") r.fingers = "static";
}

// The arm of one side; throws where there is none.
void describe_arm(ClipReport& r, const MotionClip& clip, Side side) {
  const auto s = static_cast<std::size_t>(side);
  const ArmJoints arm = find_arm(clip, side);
  r.sides.push_back(to_string(side));
  r.arm[s] = {arm.shoulder, arm.elbow, arm.wrist, arm.hand_end};
  r.digits[s] = digit_texts(arm.fingers);
  describe_fingers(r, clip, arm.fingers);
  if (!r.unit_known) r.metres_per_unit = clip_scale(clip, arm, reference_arm(side));
  const double noise = noise_of(clip, clip.find(arm.wrist), r.metres_per_unit);
  if (std::isfinite(noise)) r.noise = std::isnan(r.noise) ? noise : std::max(noise, r.noise);
}

// Why the clip moves no arm; the first fault of either side.
void describe_arms(ClipReport& r, const MotionClip& clip) {
  for (const Side side : {Side::left, Side::right}) try {
      describe_arm(r, clip, side);
      std::vector<std::string> said;
      if (clip.time.count > 1) retarget(clip, reference_arm(side), CleanSpec{}, &said);
      for (const std::string& note : said) r.notes.push_back(to_string(side) + ": " + note);
    } catch (const Error& error) {
      if (r.problem.empty()) r.problem = error.what();
    }
}

void describe_lone_hand(ClipReport& r, const MotionClip& clip, const std::string& wrist) {
  const FingerNames fingers = find_fingers(clip, wrist);
  describe_fingers(r, clip, fingers);
  r.digits[0] = digit_texts(fingers);
  describe_hand(r, clip, wrist);
}

ClipReport describe(MotionClip clip, const std::string& file) {
  ClipReport r;
  r.file = file;
  r.name = clip.name;
  const std::size_t colon = clip.name.find(':');
  if (colon != std::string::npos) r.animation = clip.name.substr(colon + 1);
  r.readable = true;
  r.unit_known = clip.metres_per_unit > 0;
  if (r.unit_known) r.metres_per_unit = clip.metres_per_unit;
  r.frozen_s = longest_freeze(clip);
  const std::string hand = lone_hand(clip);
  std::string short_clip;
  if (clip.time.count > 1 && hand.empty()) try {
      clip = clean(clip, CleanSpec{});
    } catch (const Error& error) {
      short_clip = error.what();
    }
  r.joints = clip.joints.size();
  r.rate_hz = clip.time.rate_hz;
  r.frames = clip.time.count;
  r.duration_s = static_cast<double>(clip.time.count - 1) / clip.time.rate_hz;
  r.notes = clip.notes;
  r.tree = tree_of(clip);
  if (!hand.empty()) {
    describe_lone_hand(r, clip, hand);
    return r;
  }
  describe_arms(r, clip);
  if (clip.time.count == 1)
    r.problem = "no motion: a pose of " + std::to_string(r.joints) + " joints" +
                (r.problem.empty() ? "" : "; " + r.problem);
  else if (r.problem.empty())
    r.problem = short_clip;
  return r;
}

}  // namespace

ArmModel reference_arm(Side side) {
  SubjectParams man;  // ANSUR II male means (Gordon et al. 2014)
  man.measures = {1.756, 85.5, 0.335, 0.268, 0.1933, 0.0883, 0.1759, 0.310};
  return build_arm(man, side);
}

std::vector<ClipReport> report_clips(const std::filesystem::path& file, const JointMap& map) {
  if (is_hand_file(file)) return {report_hand_file(file)};
  std::vector<ClipReport> reports;
  try {
    for (MotionClip& clip : import_clips(file)) {
      clip.map = map;
      reports.push_back(describe(std::move(clip), file.string()));
    }
  } catch (const Error& error) {
    ClipReport bad;
    bad.file = file.string();
    bad.problem = error.what();
    reports.push_back(bad);
  }
  return reports;
}

std::string to_json(const ClipReport& r, bool with_tree) {
  using nlohmann::json;
  json object{{"file", r.file}, {"usable", r.problem.empty()}};
  if (!r.problem.empty()) object["error"] = r.problem;
  if (!r.readable) return object.dump();
  object.update({{"name", r.name},
                 {"animation", r.animation},
                 {"joints", r.joints},
                 {"rate_hz", r.rate_hz},
                 {"frames", r.frames},
                 {"duration_s", r.duration_s},
                 {"unit_in_file", r.unit_known},
                 {"sides", r.sides},
                 {"fingers", r.fingers},
                 {"frozen_s", r.frozen_s},
                 {"notes", r.notes}});
  if (std::isfinite(r.metres_per_unit)) object["metres_per_unit"] = r.metres_per_unit;
  if (std::isfinite(r.noise)) object["noise_m_s2"] = r.noise;
  if (!r.hand.empty()) object["hand"] = r.hand;
  if (!r.hand_side.empty())
    object.update({{"hand_side", r.hand_side}, {"hand_digits", r.hand_digits}});
  for (const Side side : {Side::left, Side::right}) {
    const auto s = static_cast<std::size_t>(side);
    if (!r.arm[s].empty()) object[to_string(side)] = r.arm[s];
    if (!r.digits[s].empty()) object["digits"][to_string(side)] = r.digits[s];
  }
  if (with_tree) object["tree"] = r.tree;
  return object.dump();
}

}  // namespace wrist::cli
