// SPDX-License-Identifier: Apache-2.0
/// Federated partitions: one client per person, as lists of rows of the same shards.
///
///   train side + how unequal -> ClientsSpec -> Client: its recordings
///
/// Every client draws, without replacement, from its person's recordings. Its taste for classes,
/// straps and watches is a Dirichlet draw each: a concentration of 1 and less gives clients that
/// hardly resemble each other, a million gives all the same. After Hsu et al. 2019 (Dirichlet mix).
#pragma once

#include "generators/evaluation/side_index.h"

namespace wrist::evaluation {

struct ClientsSpec {
  double class_concentration = 0.5;  // [Hsu et al. 2019 vary it from 0.05 to 100; from memory]
  double strap_concentration = 1, watch_concentration = 1;  // [assumed]
  double amount_spread = 0.5;  // sd of the logarithm of how much a client has [assumed]
  double share = 0.6;          // of a person's recordings, of the median client [assumed]
  std::uint64_t seed = 1;
};

struct Client {
  std::string subject;
  std::vector<std::size_t> recordings;  // of SideIndex::recordings, ascending; at least one
};

/// In the order of the persons' names. Throws Error(usage) for numbers out of range.
std::vector<Client> draw_clients(const SideIndex& train, const ClientsSpec& spec);

}  // namespace wrist::evaluation
