// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/imu.h"

#include "sensor_models/imu/imu_stream.h"
#include "sensor_models/signal/low_pass.h"

namespace wrist {
namespace {

template <typename Values>
void append(Values& all, const Values& more) {
  const Index before = all.rows();
  all.conservativeResize(before + more.rows(), all.cols());
  all.bottomRows(more.rows()) = more;
}

}  // namespace

double group_delay_s(const TriadSpec& spec, double rate_hz) {
  return delay_s(design_low_pass(spec.filter_order, spec.bandwidth_hz, rate_hz));
}

ImuRecord measure(const ImuUnit& unit, const ImuTruth& truth, const Rng& rng) {
  ImuStream stream(unit, truth.time.rate_hz, truth.time.start_s, rng);
  ImuRecord record = stream.feed(truth);
  const ImuRecord rest = stream.finish();
  append(record.time_ns, rest.time_ns);
  append(record.time_s, rest.time_s);
  append(record.accel, rest.accel);
  append(record.gyro, rest.gyro);
  append(record.flags, rest.flags);
  append(record.clean_accel, rest.clean_accel);
  append(record.clean_gyro, rest.clean_gyro);
  return record;
}

}  // namespace wrist
