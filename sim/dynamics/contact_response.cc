// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_response.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

using Complex = std::complex<double>;
using Eigen::Vector3d;

constexpr double kFade = 15;  // time constants until a transient is over: e^-15 of it is left

Complex exponential(const Complex& s) {
  const portable::SinCos angle = portable::sincos(s.imag());
  return portable::exp(s.real()) * Complex(angle.cos, angle.sin);
}

// Without the compiler's library, whose complex division differs between gcc and clang.
Complex reciprocal(const Complex& s) { return std::conj(s) / std::norm(s); }

// Part of a velocity, Re weight exp(rate t); of the acceleration, Re rate weight exp(rate t).
struct Tone {
  Complex rate;  // 1/s
  Complex weight;
};

// The velocity of the forearm per unit of impulse over mass: while the finger pushes, in time since
// touch, and after, in time since the end of the pulse.
struct Transient {
  double pulse_s = 0, end_s = 0;
  std::vector<Tone> during, after;
};

// One mode and the muscles' recovery take a pulse to a velocity:
// H(s) = gain / ((s - pole)(s - pole*)(s - recovery)).
struct Filter {
  Complex pole;         // 1/s; of the mode, above the real axis
  double recovery = 0;  // 1/s; negative
  double gain = 0;

  Complex at(const Complex& s) const {
    return gain * reciprocal((s - pole) * (s - std::conj(pole)) * (s - recovery));
  }
};

// What a filter makes of 1 - cos(W t) from t = 0 on, by partial fractions.
std::vector<Tone> answer(const Filter& f, double W) {
  const auto pulse = [W](const Complex& s) {  // Laplace transform of 1 - cos(W t)
    return W * W * reciprocal(s * (s * s + W * W));
  };
  const Complex beside = reciprocal((f.pole - std::conj(f.pole)) * (f.pole - f.recovery));
  return {
      {0, f.at(0)},
      {Complex(0, W), -f.at(Complex(0, W))},
      {f.recovery, f.gain / std::norm(f.recovery - f.pole) * pulse(f.recovery)},
      {f.pole, 2 * f.gain * beside * pulse(f.pole)}};  // twice: the pole stands for its conjugate
}

Transient make_transient(const ContactResponse& response) {
  const double T = response.pulse_s, recovery = -1 / response.recovery_s;
  Transient out{T, 0, {}, {}};
  double slowest = -recovery;
  for (const ContactMode& mode : response.modes) {
    const double w = 2 * kPi * mode.frequency_hz, zeta = mode.damping_ratio;
    slowest = std::min(slowest, zeta * w);
    const Complex pole = w * Complex(-zeta, std::sqrt(1 - zeta * zeta));
    const std::vector<Tone> tones = answer({pole, recovery, mode.share * w * w / T}, 2 * kPi / T);
    out.during.insert(out.during.end(), tones.begin(), tones.end());
  }
  // One period of the endless cosine is that cosine less itself a period later: what swings
  // cancels.
  for (const Tone& tone : out.during)
    if (tone.rate.real() < 0)
      out.after.push_back({tone.rate, tone.weight * (exponential(tone.rate * T) - 1.)});
  out.end_s = T + kFade / slowest;
  return out;
}

// Acceleration and rotation of the station that one unit of a transient stands for, in S.
struct Push {
  Vector3d linear, angular;
};

// Adds the tones to samples [begin, end): an exact recursion from the first of them on.
void play(RigidSeries& station, std::vector<Tone> tones, double origin_s,
          std::array<Index, 2> range, const Push& push) {
  const TimeGrid& time = station.time;
  std::vector<Complex> step;
  for (Tone& tone : tones) {
    step.push_back(exponential(tone.rate / time.rate_hz));
    tone.weight *= exponential(tone.rate * (time.time(range[0]) - origin_s));
  }
  for (Index i = range[0]; i < range[1]; ++i) {
    double velocity = 0, acceleration = 0;
    for (std::size_t k = 0; k < tones.size(); ++k) {
      velocity += tones[k].weight.real();
      acceleration += (tones[k].rate * tones[k].weight).real();
      tones[k].weight *= step[k];
    }
    station.specific_force_B.row(i) += (acceleration * push.linear).transpose().array();
    station.alpha_WB_B.row(i) += (acceleration * push.angular).transpose().array();
    station.w_WB_B.row(i) += (velocity * push.angular).transpose().array();
  }
}

// The first sample after `time_s`.
Index after(const TimeGrid& time, double time_s) {
  const double i = std::floor((time_s - time.start_s) * time.rate_hz) + 1;
  return static_cast<Index>(std::clamp(i, 0., static_cast<double>(time.count)));
}

void check(const ContactResponse& response) {
  const auto positive = [](double x, const char* name) {
    require(
        std::isfinite(x) && x > 0, ErrorKind::usage,
        std::string("contact response: expected ") + name + " above 0, found " + std::to_string(x));
  };
  positive(response.hand_mass, "hand_mass");
  positive(response.pulse_s, "pulse_s");
  positive(response.rotary_inertia, "rotary_inertia");
  positive(response.recovery_s, "recovery_s");
  for (const ContactMode& mode : response.modes) {
    positive(mode.frequency_hz, "mode frequency_hz");
    positive(mode.damping_ratio, "mode damping_ratio");
    require(mode.damping_ratio < 1, ErrorKind::usage,
            "contact response: expected mode damping_ratio below 1, found " +
                std::to_string(mode.damping_ratio));
  }
}

double path_gain(const ContactResponse& response, Body striker) {
  const int digit = (static_cast<int>(striker) - static_cast<int>(Body::thumb_abduction)) / 4;
  return striker < Body::thumb_abduction ? 1 : response.path_gain[static_cast<std::size_t>(digit)];
}

}  // namespace

ContactResponse draw_contact_response(const Rng& rng) {
  constexpr std::array<std::array<double, 2>, 3> kBands = {
      {{25, 45}, {60, 110}, {140, 250}}};                     // Hz
  constexpr std::array<double, 3> kShares = {0.5, 0.3, 0.2};  // [assumed]
  ContactResponse response;
  for (std::size_t k = 0; k < 3; ++k) {
    const Rng mode = rng / "mode" / static_cast<std::uint64_t>(k);
    const auto [low, high] = kBands[k];
    response.modes[k] = {low + (high - low) * (mode / "frequency").uniform(),
                         0.1 + 0.2 * (mode / "damping").uniform(), kShares[k]};
  }
  return response;
}

void add_contact_transients(RigidSeries& station_W, const std::vector<Contact>& contacts,
                            const ContactResponse& response, const Eigen::Quaterniond& R_SH) {
  if (contacts.empty()) return;
  check(response);
  const Transient transient = make_transient(response);
  const TimeGrid& time = station_W.time;
  for (const Contact& contact : contacts) {
    const double impulse = contact.effective_mass * contact.closing_speed;  // N s
    require(
        std::isfinite(impulse) && impulse >= 0, ErrorKind::usage,
        "contact at " + std::to_string(contact.time_s) + " s: expected a momentum of 0 or above");
    const Vector3d push =
        path_gain(response, contact.striker) * impulse * (R_SH * contact.direction_H);
    const Vector3d linear = push / response.hand_mass;
    const Vector3d angular = Vector3d(response.lever, 0, 0).cross(push) / response.rotary_inertia;
    const Index begin = after(time, contact.time_s);
    const Index middle = after(time, contact.time_s + transient.pulse_s);
    const Index end = after(time, contact.time_s + transient.end_s);
    play(station_W, transient.during, contact.time_s, {begin, middle}, {linear, angular});
    play(station_W, transient.after, contact.time_s + transient.pulse_s, {middle, end},
         {linear, angular});
  }
}

}  // namespace wrist
