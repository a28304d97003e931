// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/clients.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/error.h"
#include "sim/base/portable_math.h"
#include "sim/base/rng.h"

namespace wrist::evaluation {
namespace {

constexpr double kMostConcentration = 1e6;

// Logarithm of a draw from the gamma law of shape a and scale 1: Marsaglia and Tsang 2000, and for
// a < 1 their boost u^(1/a), of which the plain value may be too small for a double.
double log_gamma_draw(double a, const Rng& rng) {
  if (a < 1)
    return log_gamma_draw(a + 1, rng / "boost") + portable::log((rng / "power").uniform()) / a;
  const double d = a - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (std::uint64_t k = 0;; ++k) {
    const double x = (rng / "x" / k).normal(), v = (1 + c * x) * (1 + c * x) * (1 + c * x);
    if (v <= 0) continue;
    const double log_u = portable::log((rng / "u" / k).uniform());
    if (log_u < 0.5 * x * x + d - d * v + d * portable::log(v))
      return portable::log(d) + portable::log(v);
  }
}

// Logarithms of weights, up to a common factor: what one client likes.
class Taste {
 public:
  Taste(double concentration, const Rng& rng) : concentration_(concentration), rng_(rng) {}
  double of(const std::string& name) const { return log_gamma_draw(concentration_, rng_ / name); }

 private:
  double concentration_;
  Rng rng_;
};

void check(const ClientsSpec& s) {
  const auto concentration = [](const char* name, double value) {
    require(std::isfinite(value) && value > 0 && value <= kMostConcentration, ErrorKind::usage,
            std::string("clients.") + name + ": expected more than 0, at most 1e6, found " +
                std::to_string(value));
  };
  concentration("class_concentration", s.class_concentration);
  concentration("strap_concentration", s.strap_concentration);
  concentration("watch_concentration", s.watch_concentration);
  require(std::isfinite(s.amount_spread) && s.amount_spread >= 0, ErrorKind::usage,
          "clients.amount_spread: expected 0 or more, found " + std::to_string(s.amount_spread));
  require(std::isfinite(s.share) && s.share > 0 && s.share <= 1, ErrorKind::usage,
          "clients.share: expected more than 0, at most 1, found " + std::to_string(s.share));
}

// Weighted draws without replacement are the smallest of exponential waiting times: Efraimidis and
// Spirakis 2006, here as logarithms.
double waiting_time(double log_weight, const Rng& rng) {
  return portable::log(-portable::log(rng.uniform())) - log_weight;
}

Client draw_client(const std::string& subject, const std::vector<std::size_t>& all,
                   const SideIndex& train, const ClientsSpec& spec) {
  const Rng rng = Rng(spec.seed) / "client" / subject;
  const Taste classes(spec.class_concentration, rng / "class"),
      straps(spec.strap_concentration, rng / "strap"),
      watches(spec.watch_concentration, rng / "watch");
  std::vector<std::pair<double, std::size_t>> order;
  for (const std::size_t i : all) {
    const SideRecording& r = train.recordings[i];
    const double log_weight = classes.of(r.class_name) + straps.of(r.strap) + watches.of(r.watch);
    order.emplace_back(waiting_time(log_weight, rng / "take" / static_cast<std::uint64_t>(i)), i);
  }
  std::sort(order.begin(), order.end());
  const double wanted = spec.share * static_cast<double>(all.size()) *
                        portable::exp(spec.amount_spread * (rng / "amount").normal());
  const auto count = static_cast<std::size_t>(
      std::clamp(std::floor(wanted + 0.5), 1.0, static_cast<double>(all.size())));
  Client client{subject, {}};
  for (std::size_t k = 0; k < count; ++k) client.recordings.push_back(order[k].second);
  std::sort(client.recordings.begin(), client.recordings.end());
  return client;
}

}  // namespace

std::vector<Client> draw_clients(const SideIndex& train, const ClientsSpec& spec) {
  check(spec);
  std::map<std::string, std::vector<std::size_t>> of_subject;
  for (std::size_t i = 0; i < train.recordings.size(); ++i)
    of_subject[train.recordings[i].subject].push_back(i);
  std::vector<Client> clients;
  for (const auto& [subject, recordings] : of_subject)
    clients.push_back(draw_client(subject, recordings, train, spec));
  return clients;
}

}  // namespace wrist::evaluation
