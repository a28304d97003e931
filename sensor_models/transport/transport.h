// SPDX-License-Identifier: Apache-2.0
/// Transport: what lies between the instant a sensor samples and the row a platform writes.
///
///   true instants -> host clock -> + skew, latency -> stamp mode -> host stamps
///   packets of samples -> good and bad spells of the link -> lost, repeated or late
///
/// Truth is never touched: a row keeps its place and its true instant, whatever is written beside
/// it. Both clocks stand at 0 when the recording starts. Spells: Gilbert 1960, Bell Syst. Tech. J.
/// 39, 1253; Elliott 1963, 42, 1977.
#pragma once

#include <array>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "sensor_models/imu/imu.h"
#include "sim/base/rng.h"

namespace wrist {

/// A watch crystal against true time. Zero means the effect is absent, here and below.
struct HostClockSpec {
  double rate_error_sd = 0;                 // 1; drawn once per unit
  double rate_error_max = 0;                // 1; truncation (0: at 3 sd)
  double parabola = 0;                      // 1/K2; error at 1 K from the crystal's turnover
  std::array<double, 2> temperature{0, 0};  // K; above the turnover, drawn per session
};

struct IdealStamps {};  // when the sample was taken; never fall

struct JitteredStamps {            // never fall: `sd` is at most a sixth of a period
  std::array<double, 2> sd{0, 0};  // s; drawn per session; each stamp within 3 sd
};

/// Samples wait for the host, which reads all there are and stamps them one by one. Never fall.
struct BurstStamps {
  double interval = 0.1;                // s; mean between readings
  double interval_sd = 0;               // s; truncated at 3 sd
  std::array<double, 2> spacing{0, 0};  // s; between samples of a burst
  double gap_share = 0;                 // 1; of the intervals that are gaps
  std::array<double, 2> gap{0, 0};      // s; length of a gap
};

struct RegularStamps {};  // first sample + k / nominal rate: drifts by the rate error; never fall

/// A FIFO of period x rate samples: the last is stamped when it is full, the others back from it at
/// the nominal rate. Stamps may fall from one batch to the next where the sensor runs fast.
struct BatchStamps {
  double period = 1;  // s
};

using StampSpec =
    std::variant<IdealStamps, JitteredStamps, BurstStamps, RegularStamps, BatchStamps>;

struct LossSpec {
  double onset = 0;                       // 1; chance that a packet after a good one is bad
  double spell = 1;                       // packets; mean length of a bad spell
  std::array<int, 2> packet{1, 1};        // samples; drawn per session
  std::array<double, 3> shares{1, 0, 0};  // of spells: dropped, duplicate, late
  std::array<double, 2> delay{0, 0};      // s; of a late spell
};

/// The way of one stream to the file.
struct LinkSpec {
  StampSpec stamps;
  double latency = 0, latency_sd = 0;  // s; sample to stamp, drawn per session, not below 0
  std::array<double, 2> skew{0, 0};    // s; of this stream's stamps, drawn per session
  LossSpec loss;
};

struct TransportSpec {
  HostClockSpec clock;                    // one host stamps every stream
  std::map<std::string, LinkSpec> links;  // by stream, such as "imu"; none: ideal
};

struct TransportUnit {
  TransportSpec spec;
  double rate_error = 0;  // 1; of the host clock at the turnover
};

/// What a session asks for: multipliers of the spec, 0 switches an effect off.
struct TransportParams {
  double clock = 1;    // error of the host clock
  double skew = 1;     // between streams
  double latency = 1;  // sample to stamp
  double jitter = 1;   // scatter of stamps: sd of jitter and interval, share of gaps,
                       // as far as stamps still rise
  double loss = 1;     // chance that a spell of bad packets begins
};

/// The host counts 1 + rate_error seconds in a true one.
struct HostClock {
  double rate_error = 0;
};
inline double host_time(const HostClock& clock, double true_time) {
  return true_time * (1 + clock.rate_error);
}

/// The samples of one stream, as they truly were taken.
struct TakenSamples {
  std::string stream;
  double rate_hz = 1;     // nominal
  const Stamps& time_ns;  // rising
};

inline constexpr std::uint8_t kSampleDropped = 1;    // lost: there are no counts
inline constexpr std::uint8_t kSampleDuplicate = 2;  // lost: the last counts that came stand for it
inline constexpr std::uint8_t kSampleLate = 4;  // came late: after its successors, by its stamp

struct Delivery {
  Stamps host_ns;            // ns, N; on the host's clock; of a lost sample: had it come
  Flags flags;               // N
  std::vector<Index> shown;  // N; the row whose counts stand in this row, -1 for none
};

/// Throws Error(usage) that names the field, what was expected and what was found.
void check(const TransportSpec& spec);
/// Of one stream at its nominal rate: jitter below a sixth of a period, a batch of one sample or
/// more.
void check(const LinkSpec& link, const std::string& stream, double rate_hz);

TransportUnit build_transport(const TransportSpec& spec, const Rng& rng);

/// The host clock of one session, the same for every stream.
HostClock session_clock(const TransportUnit& unit, const TransportParams& params, const Rng& rng);

/// `rng` is that of the session; streams take their own from it, by name.
Delivery deliver(const TransportUnit& unit, const TakenSamples& taken,
                 const TransportParams& params, const Rng& rng);

}  // namespace wrist
