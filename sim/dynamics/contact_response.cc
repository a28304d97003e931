// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_response.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/contact_force.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kSilence = 1e-3;  // of the greatest force: what comes after is no touch any more

// The first sample at or after `time_s`; it may lie off the grid.
Index sample_after(const TimeGrid& time, double time_s) {
  return static_cast<Index>(std::ceil((time_s - time.start_s) * time.rate_hz - 1e-9));
}

Index frame_at(const JointMotion& motion, double time_s) {
  const double i = (time_s - motion.time.start_s) * motion.time.rate_hz;
  return std::clamp<Index>(static_cast<Index>(std::lround(i)), 0, motion.time.count - 1);
}

// Adds eight weights' answers in their order, so that one pass over memory serves eight.
// `kernel` has seven zeros before and after it; out[0] is at the first of the weights.
constexpr Index kAtOnce = 8;
WRIST_SIMD void add_eight(const double* __restrict w, const double* __restrict kernel, Index count,
                          double* __restrict out) {
  const double w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5], w6 = w[6],
               w7 = w[7];
  for (Index t = 0; t < count; ++t)
    out[t] = out[t] + w0 * kernel[t] + w1 * kernel[t - 1] + w2 * kernel[t - 2] +
             w3 * kernel[t - 3] + w4 * kernel[t - 4] + w5 * kernel[t - 5] + w6 * kernel[t - 6] +
             w7 * kernel[t - 7];
}

// What the whole force does, sample by sample: the kernel, moved and weighed.
Eigen::ArrayXXd answer_to(const Series& force, const BlowKernel& kernel, double rate_hz) {
  const Index tail = kernel.point.size(), more = kAtOnce - 1;
  const Index eights = (force.size() + more) / kAtOnce;
  Series weight = Series::Zero(eights * kAtOnce);
  weight.head(force.size()) = force / rate_hz;
  Eigen::ArrayXXd each = Eigen::ArrayXXd::Zero(tail + 2 * more, 6);
  each.middleRows(more, tail) << kernel.force_F, kernel.alpha_F;
  Eigen::ArrayXXd answer = Eigen::ArrayXXd::Zero(weight.size() + tail, 6);
  for (Index c = 0; c < 6; ++c)
    for (Index i = 0; i < weight.size(); i += kAtOnce)
      add_eight(&weight[i], &each(more, c), std::min(tail + more, answer.rows() - i),
                &answer(i, c));
  return answer.topRows(force.size() + tail);
}

// Adds forearm transients (specific force of F's origin, angular acceleration, in F) that begin
// with sample `first` of the station.
void add(RigidSeries& station, const Pose& X_FS, const Eigen::ArrayXXd& forearm, Index first) {
  const Eigen::Matrix3d R_SF = X_FS.R.conjugate().toRotationMatrix();
  const double h = 1 / station.time.rate_hz;
  Vector3d rate = Vector3d::Zero();
  for (Index i = 0; i < forearm.rows(); ++i) {
    const Vector3d alpha = forearm.block<1, 3>(i, 3).matrix().transpose();
    const Vector3d force = forearm.block<1, 3>(i, 0).matrix().transpose();
    const Index n = first + i;
    const Vector3d midway = rate + h / 2 * alpha;
    rate += h * alpha;
    if (n < 0 || n >= station.time.count) continue;
    station.specific_force_B.row(n) += (R_SF * (force + alpha.cross(X_FS.p))).transpose().array();
    station.alpha_WB_B.row(n) += (R_SF * alpha).transpose().array();
    station.w_WB_B.row(n) += (R_SF * midway).transpose().array();
  }
}

void add(Series& total, const Series& force, Index first) {
  for (Index i = 0; i < force.size(); ++i)
    if (first + i >= 0 && first + i < total.size()) total[first + i] += force[i];
}

Eigen::ArrayX3d without_silence(const Eigen::ArrayX3d& force) {
  const double least = kSilence * force.col(0).maxCoeff();
  Index last = force.rows();
  while (last > 0 && force(last - 1, 0) <= least) --last;
  return force.topRows(last);
}

// Against the world one, along the contact; of parts of the hand one for each axis of the pair.
std::vector<BlowKernel> kernels_of(const ContactPlan& plan, const ContactTable& table,
                                   const ArmModel& arm,
                                   const Eigen::Array<double, kHinges, 1>& angles) {
  const double elbow = angles[hinge(Body::elbow)], pronation = angles[hinge(Body::forearm)];
  const auto along = [&](const Vector3d& direction) {
    return blow_kernel(table, arm, plan.pair, direction, plan.shares, elbow, pronation);
  };
  if (!plan.pair.struck) return {along(plan.contact.direction_H.normalized())};
  return {along(Vector3d::UnitX()), along(Vector3d::UnitY()), along(Vector3d::UnitZ())};
}

}  // namespace

ContactForces add_contact_transients(RigidSeries& station_W, const Pose& X_FS, const ArmModel& arm,
                                     const JointMotion& motion, const BlowModel& model) {
  const TimeGrid& time = station_W.time;
  ContactForces forces{Series::Zero(time.count), Series::Zero(time.count), {}};
  if (motion.contacts.empty()) return forces;
  require(time.rate_hz == kTableRate, ErrorKind::usage,
          "contact response: expected a station at " + std::to_string(kTableRate) + " Hz, found " +
              std::to_string(time.rate_hz));
  for (const Contact& contact : motion.contacts) {
    require(std::isfinite(contact.closing_speed) && contact.closing_speed >= 0 &&
                contact.direction_H.allFinite(),
            ErrorKind::usage,
            "contact at " + std::to_string(contact.time_s) +
                " s: expected a closing speed of 0 or above, found " +
                std::to_string(contact.closing_speed));
    const Index frame = frame_at(motion, contact.time_s);
    const ContactPlan plan = plan_contact(arm, motion, contact, model.case_mass);
    const auto kernels = kernels_of(plan, model.table, arm, motion.angles.row(frame).transpose());
    const Index first = sample_after(time, contact.time_s);
    const Eigen::ArrayX3d force =
        without_silence(contact_force(plan, kernels, time.rate_hz, time.time(first)));
    forces.peak.push_back(force.rows() > 0 ? force.col(0).maxCoeff() : 0);
    add(plan.on_watch ? forces.on_watch : forces.total, force.col(0), first);
    if (plan.on_watch) continue;
    Eigen::ArrayXXd answer = answer_to(force.col(0), kernels[0], time.rate_hz);
    for (std::size_t d = 1; d < kernels.size(); ++d)
      answer += answer_to(force.col(static_cast<Index>(d)), kernels[d], time.rate_hz);
    add(station_W, X_FS, through_modes(answer, time.rate_hz, model.modes), first);
  }
  forces.total += forces.on_watch;
  return forces;
}

}  // namespace wrist
