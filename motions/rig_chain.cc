// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_chain.h"

#include "sim/body/arm_model.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kLastLink = 0.75;  // of the one before: the distal over the middle phalanx, about
                                    // (Greiner 1991)

const Pose& at(const std::vector<Pose>& poses, int joint) {
  return poses[static_cast<std::size_t>(joint)];
}

// The digit's tip, in the clip's axes.
Vector3d tip_of(const MotionClip& clip, const DigitChain& chain, const std::vector<Pose>& poses) {
  if (chain[3] >= 0) return at(poses, chain[3]).p;
  const Pose& last = at(poses, chain[2]);
  return last.p + kLastLink * (last.R * clip.joints[static_cast<std::size_t>(chain[2])].offset);
}

}  // namespace

std::vector<DigitChain> digit_chains(const MotionClip& clip, const FingerNames& fingers) {
  std::vector<DigitChain> chains;
  for (const auto& names : fingers) {
    DigitChain chain;
    for (std::size_t k = 0; k < 4; ++k) chain[k] = names[k].empty() ? -1 : clip.find(names[k]);
    if (chain[0] < 0 || chain[1] < 0 || chain[2] < 0) return {};
    chains.push_back(chain);
  }
  return chains;
}

void set_digits(HandRecording& hand, Index frame, const MotionClip& clip,
                const std::vector<DigitChain>& chains, double scale) {
  const std::vector<Pose> poses = joint_poses(clip, frame);
  for (int digit = 0; digit < kDigits; ++digit) {
    const DigitChain& chain = chains[static_cast<std::size_t>(digit)];
    const auto set = [&](HandJoint j, const Vector3d& p) {
      hand.set_joint(frame, digit, j, scale * p);
    };
    set(HandJoint::carpal, at(poses, chain[0]).p);
    set(HandJoint::knuckle, at(poses, chain[0]).p);
    set(HandJoint::middle, at(poses, chain[1]).p);
    set(HandJoint::distal, at(poses, chain[2]).p);
    set(HandJoint::tip, tip_of(clip, chain, poses));
  }
}

}  // namespace wrist
