// SPDX-License-Identifier: Apache-2.0
/// How much smoothing each joint of a clip needs, judged by its own noise.
///
///   joint samples -> residual R(fc) of smoothing at fc -> noise line from high fc -> cutoff
///
/// Where only noise is left, the residual falls on a straight line; carried on to fc = 0 the line
/// gives the noise's size, and the cutoff is where the residual is no larger than that: what is
/// smoothed away is as large as the noise that is let through. Source: Winter 2009, Biomechanics
/// and Motor Control of Human Movement, 4th ed., section 3.4.4.3.
#pragma once

#include "motions/clean.h"
#include "sim/body/joint_motion.h"

namespace wrist {

/// The cutoff for channels that move together, Hz: N x C samples at `rate_hz`, within [lowest,
/// highest].
double residual_cutoff(const Eigen::ArrayXXd& channels, double rate_hz, double lowest,
                       double highest);

/// One cutoff for the root, the thorax, the shoulder and every hinge (kJointGroups), Hz. Limits are
/// those of `spec`, lowered for slow captures; if spec.cutoff_hz is set, it stands for all.
Series joint_cutoffs(const JointMotion& motion, const CleanSpec& spec);

/// "smoothed by residual analysis: trunk 8 Hz, ..., so that the elbow keeps 0.99 at 5 Hz ...".
std::string cutoff_note(const Series& cutoffs);

}  // namespace wrist
