#include "agents/factor_state.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "agents/session_numbers.h"

namespace myoaxis {
namespace {

/// Packets and counts of three sources and three sessions.
FactorState state_of_three() {
  FactorState state;
  auto& cargo = state.load.cargo;
  cargo.ledger = {1000, {10, 20, 30}, {60}};
  cargo.packets.source = {0, 1, 2, kInitial, kReturned};
  cargo.packets.session = {0, 1, 2, kNoSession, kMergedSessions};
  cargo.provenance.cells = 2;
  cargo.provenance.tags = {{0, 1, 0}, {1, 1, 1}, {2, 1, 1}, {kInitial, 1, 1}, {1, 1, kMergedSessions}};
  cargo.provenance.values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  state.load.field.ledger = {1.0, {0.1, 0.2, 0.3}, {0.05}, {1e-18, 2e-18, 3e-18}, {0}};
  return state;
}

}  // namespace

TEST_CASE("what a source without a successor has released counts as initial", "[conservation]") {
  auto state = state_of_three();
  renumber_sources(state, {1, kInitial, 0}, 2);
  auto const& cargo = state.load.cargo;
  CHECK(cargo.ledger.initial == 1020);
  CHECK(cargo.ledger.released == std::vector<std::int64_t>{30, 10});
  CHECK(cargo.ledger.expected_content() == state_of_three().load.cargo.ledger.expected_content());
  CHECK(cargo.packets.source == std::vector<std::uint8_t>{1, kInitial, 0, kInitial, kReturned});
}

TEST_CASE("tags that become the same share a row, and no content is lost", "[conservation]") {
  auto state = state_of_three();
  renumber_sources(state, {1, kInitial, 0}, 2);
  auto const& provenance = state.load.cargo.provenance;
  CHECK(provenance.tags ==
        std::vector<Tag>{{1, 1, 0}, {kInitial, 1, 1}, {0, 1, 1}, {kInitial, 1, kMergedSessions}});
  CHECK(provenance.values == std::vector<double>{1, 2, 10, 12, 5, 6, 9, 10});
}

TEST_CASE("a field's balance is exact after a source has gone", "[conservation]") {
  auto state = state_of_three();
  auto& ledger = state.load.field.ledger;
  ledger.initial = 1e-13;  // below what 7.7e3 resolves
  ledger.released = {1e-3, 7.7e3, 1e-3};
  // In long double: the sum of all that entered, rounding included.
  auto const entered = [&] {
    long double sum = ledger.initial;
    for (auto const term : ledger.released) sum += term;
    for (auto const term : ledger.released_rest) sum += term;
    return sum;
  };
  auto const before = entered();
  renumber_sources(state, {0, kInitial, 1}, 2);
  CHECK(std::abs(static_cast<double>(entered() - before)) < 5e-15);
  CHECK(ledger.initial == Approx(7.7e3));
  CHECK(ledger.released_rest.front() == Approx(1e-13).epsilon(0.01));  // what a plain sum would have lost
}

TEST_CASE("a session without a successor is no longer told apart") {
  auto state = state_of_three();
  renumber_sessions(state, {std::nullopt, 0});
  auto const& cargo = state.load.cargo;
  CHECK(cargo.packets.session ==
        std::vector<std::uint16_t>{kMergedSessions, 0, kMergedSessions, kNoSession, kMergedSessions});
  CHECK(cargo.provenance.tags ==
        std::vector<Tag>{
            {0, 1, kMergedSessions}, {1, 1, 0}, {2, 1, 0}, {kInitial, 1, 0}, {1, 1, kMergedSessions}});
}

TEST_CASE("the same numbers change nothing", "[reproducible]") {
  auto state = state_of_three();
  renumber_sources(state, {0, 1, 2}, 3);
  renumber_sessions(state, {0, 1, 2});
  auto const& before = state_of_three().load;
  CHECK(state.load.cargo.packets.source == before.cargo.packets.source);
  CHECK(state.load.cargo.packets.session == before.cargo.packets.session);
  CHECK(state.load.cargo.provenance.tags == before.cargo.provenance.tags);
  CHECK(state.load.cargo.provenance.values == before.cargo.provenance.values);
  CHECK(state.load.field.ledger.released == before.field.ledger.released);
  CHECK(state.load.field.ledger.released_rest == before.field.ledger.released_rest);
}

}  // namespace myoaxis
