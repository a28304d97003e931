// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/clients.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

constexpr double kAlike = 1e6;

// Written digit by digit: g++ 12 sees an overflow in texts put together.
std::string numbered(char name, int number) {
  return {name, static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

// 40 people, each 10 recordings of every one of 10 classes, straps in turn.
SideIndex train_side() {
  SideIndex side;
  side.shards = {"shard-00000-of-00001.h5"};
  for (int i = 0; i < 4000; ++i) {
    SideRecording r;
    r.row = i;
    r.class_name = numbered('c', i / 40 % 10);
    r.subject = numbered('p', i % 40);
    r.watch = "w";
    r.strap = i / 400 % 2 == 0 ? "sport" : "nylon";
    side.recordings.push_back(r);
  }
  return side;
}

// Mean over clients of the share of the class it has most of.
double top_share(const std::vector<Client>& clients, const SideIndex& side) {
  double sum = 0;
  for (const Client& c : clients) {
    std::map<std::string, int> count;
    int most = 0;
    for (const std::size_t i : c.recordings)
      most = std::max(most, ++count[side.recordings[i].class_name]);
    sum += most / static_cast<double>(c.recordings.size());
  }
  return sum / static_cast<double>(clients.size());
}

ClientsSpec spec(double concentration, double share = 0.3) {
  ClientsSpec s;
  s.class_concentration = concentration;
  s.strap_concentration = s.watch_concentration = kAlike;
  s.amount_spread = 0;
  s.share = share;
  s.seed = 3;
  return s;
}

TEST(Clients, EachHasItsOwnPersonAlone) {
  const SideIndex side = train_side();
  const std::vector<Client> clients = draw_clients(side, spec(0.5));
  ASSERT_EQ(clients.size(), 40U);
  for (const Client& c : clients) {
    EXPECT_EQ(c.recordings.size(), 30U);
    EXPECT_TRUE(std::is_sorted(c.recordings.begin(), c.recordings.end()));
    EXPECT_EQ(std::adjacent_find(c.recordings.begin(), c.recordings.end()), c.recordings.end());
    for (const std::size_t i : c.recordings) EXPECT_EQ(side.recordings[i].subject, c.subject);
  }
}

// Alike: hypergeometric counts, 3 +- 1.4 of 30 each, whose greatest of ten is 0.17 to 0.22 of them.
// A concentration of 0.1 leaves one or two classes, of which 10 of 30 is all there is.
TEST(Clients, ConcentrationMakesThemUnequal) {
  const SideIndex side = train_side();
  const double alike = top_share(draw_clients(side, spec(kAlike)), side),
               some = top_share(draw_clients(side, spec(1)), side),
               unlike = top_share(draw_clients(side, spec(0.1)), side);
  EXPECT_GT(alike, 0.15);
  EXPECT_LT(alike, 0.23);
  EXPECT_GT(some, alike + 0.03);
  EXPECT_GT(unlike, some + 0.03);
  EXPECT_LE(unlike, 1.0 / 3 + 1e-12);
}

// The logarithm of the amounts has the spread asked for, within four standard errors of it over 40
// clients: sd / sqrt(2 * 39).
TEST(Clients, AmountsSpreadAsAsked) {
  const SideIndex side = train_side();
  ClientsSpec s = spec(kAlike, 0.2);
  s.amount_spread = 0.4;
  double sum = 0, squares = 0;
  for (const Client& c : draw_clients(side, s)) {
    const double log_amount = std::log(static_cast<double>(c.recordings.size()) / 20);
    sum += log_amount;
    squares += log_amount * log_amount;
  }
  const double sd = std::sqrt((squares - sum * sum / 40) / 39);
  EXPECT_NEAR(sd, 0.4, 4 * 0.4 / std::sqrt(2 * 39.0));
}

TEST(Clients, StrapsAreATasteToo) {
  const SideIndex side = train_side();
  ClientsSpec s = spec(kAlike);
  s.strap_concentration = 0.1;
  double lopsided = 0;
  for (const Client& c : draw_clients(side, s)) {
    double sport = 0;
    for (const std::size_t i : c.recordings) sport += side.recordings[i].strap == "sport";
    lopsided += std::abs(sport / static_cast<double>(c.recordings.size()) - 0.5) / 40;
  }
  EXPECT_GT(lopsided, 0.35) << "alike, the mean would be 0.06";
}

TEST(Clients, TheSeedDrawsAndNumbersOutOfRangeAreRefused) {
  const SideIndex side = train_side();
  ClientsSpec s = spec(0.5);
  const auto first = draw_clients(side, s)[0].recordings;
  EXPECT_EQ(draw_clients(side, s)[0].recordings, first);
  s.seed = 4;
  EXPECT_NE(draw_clients(side, s)[0].recordings, first);
  for (const double bad : {0.0, -1.0, 1e7, std::nan("")})
    EXPECT_THROW(draw_clients(side, spec(bad)), Error) << bad;
  EXPECT_THROW(draw_clients(side, spec(1, 1.5)), Error);
}

}  // namespace
}  // namespace wrist::evaluation
