#include <catch2/catch.hpp>

#include "agents/organism.h"
#include "tests/support/lineages.h"
#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

constexpr Tick kAfterRun{kHour + 2400 + 600};

/// A run to shortly after its session, with enough fibers, packets and cells for more than one chunk of each.
std::string hash_after_run(int threads, std::uint64_t seed, std::uint64_t subject) {
  auto experiment =
      test::day_with_run({"scale.fibers=1200", "scale.packets=6000", "scale.dentate_fraction=0.05"});
  experiment.luck = {seed, subject};
  Model const model{experiment};
  std::string hash;
  Workers workers{threads};
  workers.run([&] { hash = test::hash_of(test::run(model, kAfterRun).organism); });
  return hash;
}

bool same_events(LineageEvents const& a, LineageEvents const& b) {
  auto const one = test::named(a);
  auto const other = test::named(b);
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](auto const& x, auto const& y) {
    return x.first == y.first && std::abs(x.second - y.second) < 1e-6;
  });
}

}  // namespace

TEST_CASE("one thread and two give the same state, bit for bit", "[reproducible]") {
  auto const one = hash_after_run(1, 7, 0);
  CHECK(hash_after_run(2, 7, 0) == one);
}

TEST_CASE("without niche signals births and deaths know nothing of steps and sessions", "[reproducible]") {
  auto const events = [](Experiment experiment) {
    experiment.loop.niche_signals = false;
    return test::run(experiment).events;
  };
  auto const reference = events(test::day_with_run());
  CHECK(reference.size() > 20);
  CHECK(same_events(reference, events(test::day_of_rest())));
  CHECK(same_events(reference, events(test::day_of_rest({"numerics.step_rest=\"15 min\""}))));
  CHECK(same_events(reference, events(test::day_with_run({"numerics.step_exercise=\"4 s\""}))));
}

TEST_CASE("with niche signals a session changes the life of the lineage", "[law]") {
  CHECK_FALSE(same_events(test::run(test::day_with_run()).events, test::run(test::day_of_rest()).events));
}

TEST_CASE("a factor travels the same way with and without another one", "[reproducible]") {
  // Half of the packets for one factor alone is the same number for it as all of them for two.
  auto const both_model = Model{test::day_with_run({"scale.packets=600"})};
  auto const alone_model = Model{test::day_with_run({"scale.packets=300", "factors=[\"il6\"]"})};
  REQUIRE(alone_model.factors.size() == 1);
  REQUIRE(both_model.factors.size() == 2);
  auto const number = both_model.factors[0].params.name == "il6" ? 0u : 1u;
  REQUIRE(both_model.factors[number].kind.packet_weight == alone_model.factors[0].kind.packet_weight);
  auto const both = test::run(both_model, kAfterRun);
  auto const alone = test::run(alone_model, kAfterRun);
  auto const& a = both.organism.factors[number].load.cargo;
  auto const& b = alone.organism.factors[0].load.cargo;
  CHECK(a.packets.key == b.packets.key);
  CHECK(a.packets.cell == b.packets.cell);
  CHECK(a.packets.weight == b.packets.weight);
  CHECK(a.packets.origin == b.packets.origin);
  CHECK(a.counts.quanta == b.counts.quanta);
  CHECK(a.ledger.cleared == b.ledger.cleared);
}
