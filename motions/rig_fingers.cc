// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_fingers.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "motions/rig_names.h"

namespace wrist {
namespace {

constexpr std::array<const char*, 12> kRigPrefixes = {"mixamorig",  "valvebipedbip01",
                                                      "bip001",     "bip01",
                                                      "character1", "jbip",
                                                      "ccbase",     "mavg",
                                                      "favg",       "def",
                                                      "org",        "smplx"};
constexpr double kAwayFromWrist = 0.02;  // of the forearm's length

// Rigify keeps three copies of a skeleton; the one that deforms is the one that is meant.
int layer_of(const std::string& name) {
  if (name.starts_with("DEF-") || name.starts_with("DEF_")) return 0;
  if (name.starts_with("ORG-") || name.starts_with("ORG_")) return 2;
  if (name.starts_with("MCH-") || name.starts_with("MCH_")) return 3;
  return 1;
}

std::string plain_name(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (c == ':') out.clear();
    if (std::isalnum(static_cast<unsigned char>(c)))
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  for (const std::string_view prefix : kRigPrefixes) {
    const bool layer = prefix == "def" || prefix == "org";
    if (layer && layer_of(name) == 1) continue;
    if (out.starts_with(prefix) && out.size() > prefix.size()) return out.substr(prefix.size());
  }
  return out;
}

// "tip", "nub", "_end": where a digit ends, no joint of its own.
bool is_tip(const std::string& plain) {
  return plain.ends_with("tip") || plain.ends_with("nub") || plain.ends_with("end") ||
         plain.ends_with("endl") || plain.ends_with("endr") || plain.ends_with("tipl") ||
         plain.ends_with("tipr");
}

bool in_palm(const std::string& plain) {
  return plain.find("meta") != plain.npos || plain.find("inhand") != plain.npos ||
         plain.find("palm") != plain.npos || plain.find("carpal") != plain.npos;
}

// A-Frame's hands: Ta Tb Tc, F1a .. F4c.
int aframe_digit(const std::string& plain) {
  if (plain.size() == 2 && plain[0] == 't' && plain[1] >= 'a' && plain[1] <= 'd') return 0;
  if (plain.size() == 3 && plain[0] == 'f' && plain[1] >= '1' && plain[1] <= '4' &&
      plain[2] >= 'a' && plain[2] <= 'd')
    return plain[1] - '0';
  return -1;
}

// The digit's number in "finger12" or "digit1", -1 if there is none.
int numbered_digit(const std::string& plain) {
  for (const std::string_view word : {"finger", "digit"}) {
    const std::size_t at = plain.find(word);
    if (at == plain.npos || at + word.size() >= plain.size()) continue;
    const char number = plain[at + word.size()];
    if (number >= '0' && number <= '5') return number - '0';
  }
  return -1;
}

}  // namespace

RigNames::RigNames(const MotionClip& clip) : rig(clip) {
  for (const ClipJoint& joint : clip.joints) {
    plain.push_back(plain_name(joint.name));
    layer.push_back(layer_of(joint.name));
  }
}

int RigNames::find(const std::string& name) const {
  int best = -1;
  for (std::size_t j = 0; j < plain.size(); ++j)
    if (plain[j] == name && layer[j] < 3 &&
        (best < 0 || layer[j] < layer[static_cast<std::size_t>(best)]))
      best = static_cast<int>(j);
  return best;
}

bool RigNames::below(int joint, int ancestor) const {
  while (joint > ancestor) joint = parent(joint);
  return joint == ancestor;
}

RigHand::RigHand(const RigNames& names, int wrist) : names_(names) {
  const std::vector<Eigen::Vector3d> rest = rest_positions(names.rig);
  const auto reach_of = [&](int j) {
    return (rest[static_cast<std::size_t>(j)] - rest[static_cast<std::size_t>(wrist)]).norm();
  };
  const int above = names.parent(wrist);
  const double away = above < 0 ? 0 : kAwayFromWrist * reach_of(above);
  for (int j = wrist + 1; j < static_cast<int>(rest.size()) && names.below(j, wrist); ++j)
    if (reach_of(j) > away && names.layer[static_cast<std::size_t>(j)] < 3) {
      joints_.push_back(j);
      reach_.push_back(reach_of(j));
      const int number = numbered_digit(names.plain[static_cast<std::size_t>(j)]);
      if (number == 5) first_number_ = 1;
    }
}

bool RigHand::has(int joint, std::string_view part) const {
  return names_.plain[static_cast<std::size_t>(joint)].find(part) != std::string::npos;
}

int RigHand::digit_of(int joint) const {
  if (has(joint, "thumb")) return 0;
  if (has(joint, "index")) return 1;
  if (has(joint, "mid")) return 2;
  if (has(joint, "ring")) return 3;
  if (has(joint, "pink") || has(joint, "little")) return 4;
  const std::string& plain = names_.plain[static_cast<std::size_t>(joint)];
  if (const int digit = aframe_digit(plain); digit >= 0) return digit;
  const int number = numbered_digit(plain) - first_number_;
  return number >= 0 && number < 5 ? number : -1;
}

std::string RigHand::knuckle(int digit) const {
  // Where joints are numbered or told apart, the first beyond the palm; else the first.
  for (const char* number : {"1", "proximal", ""})
    for (const int j : joints_)
      if (digit_of(j) == digit && has(j, number) && !has(j, "metacarpal"))
        return names_.original(j);
  return "";
}

std::string RigHand::furthest(bool thumb) const {
  int best = -1;
  double longest = 0;
  for (std::size_t k = 0; k < joints_.size(); ++k)
    if ((digit_of(joints_[k]) == 0) == thumb && reach_[k] > longest) {
      best = joints_[k];
      longest = reach_[k];
    }
  return best < 0 ? "" : names_.original(best);
}

// From the first joint of the digit outwards: three that bend, and the tip.
std::array<std::string, 4> RigHand::chain(int digit) const {
  std::vector<int> bending;
  int tip = -1, layer = 3;
  for (const int j : joints_)
    if (digit_of(j) == digit) layer = std::min(layer, names_.layer[static_cast<std::size_t>(j)]);
  for (const int j : joints_) {
    const std::string& plain = names_.plain[static_cast<std::size_t>(j)];
    if (digit_of(j) != digit || names_.layer[static_cast<std::size_t>(j)] != layer) continue;
    if (!bending.empty() && !names_.below(j, bending.back())) continue;  // a branch
    if (is_tip(plain)) {
      if (!bending.empty() && tip < 0) tip = j;
    } else if (digit == 0 || !in_palm(plain)) {
      bending.push_back(j);
    }
  }
  // Four: counted from 0, the first lies in the palm; else the last is the tip.
  if (bending.size() == 4) {
    const std::string& first = names_.plain[static_cast<std::size_t>(bending.front())];
    if (digit > 0 && first.ends_with('0')) {
      bending.erase(bending.begin());
    } else {
      tip = bending.back();
      bending.pop_back();
    }
  }
  std::array<std::string, 4> chain;
  for (std::size_t k = 0; k < std::min<std::size_t>(3, bending.size()); ++k)
    chain[k] = names_.original(bending[k]);
  if (tip >= 0) chain[3] = names_.original(tip);
  return chain;
}

FingerNames RigHand::fingers() const {
  return {chain(0), chain(1), chain(2), chain(3), chain(4)};
}

FingerNames find_fingers(const MotionClip& clip, const std::string& wrist) {
  const int joint = clip.find(wrist);
  if (joint < 0) return FingerNames();
  return RigHand(RigNames(clip), joint).fingers();
}

std::string find_lone_hand(const MotionClip& clip) {
  constexpr int kLeastDigits = 3;
  const RigNames names(clip);
  for (const std::string_view part : {"wrist", "hand", "palm"})
    for (std::size_t j = 0; j < names.plain.size(); ++j)
      if (names.plain[j].find(part) != std::string::npos &&
          count_digits(find_fingers(clip, clip.joints[j].name)) >= kLeastDigits)
        return clip.joints[j].name;
  return "";
}

int count_digits(const FingerNames& fingers) {
  return static_cast<int>(
      std::count_if(fingers.begin(), fingers.end(), [](const auto& f) { return !f[0].empty(); }));
}

double finger_motion(const MotionClip& clip, const FingerNames& fingers) {
  const Index first = std::min<Index>(2, clip.time.count - 1);
  double furthest = 0;
  for (const auto& digit : fingers)
    for (std::size_t k = 0; k < 3; ++k) {
      const int joint = digit[k].empty() ? -1 : clip.find(digit[k]);
      if (joint < 0) continue;
      const QuatSeries& R = clip.joints[static_cast<std::size_t>(joint)].R_PJ;
      for (Index i = first; i < R.rows(); ++i)
        furthest = std::max(furthest, quaternion(R, i).angularDistance(quaternion(R, first)));
    }
  return furthest;
}

}  // namespace wrist
