#include "io/verification/verification.h"

#include <catch2/catch.hpp>

#include "agents/organism_state.h"
#include "tests/support/experiments.h"

namespace myoaxis {
namespace {

struct Fixture {
  LoadedExperiment loaded = test::load_shipped(
      "endurance",
      test::joined(test::small_day(), {"organism.motor_units.count=12", "output.every=\"2 h\""}));
  Model model{loaded.experiment};
  Verification verification{loaded, model, Tick{8 * kHour}};
};

}  // namespace

TEST_CASE("all ways of running give one path of states", "[io][reproducible]") {
  Fixture const f;
  auto const ways = f.verification.ways(2);
  REQUIRE(ways.size() == 4);
  auto const reference = f.verification.run(ways.front());
  CHECK(reference.times ==
        std::vector<Tick>{Tick{2 * kHour}, Tick{4 * kHour}, Tick{6 * kHour}, Tick{8 * kHour}});
  for (auto const& way : ways) {
    CAPTURE(way.name);
    auto const path = f.verification.run(way);
    CHECK(path.times == reference.times);
    CHECK(path.states == reference.states);
    CHECK(path.recorded == reference.recorded);
  }
}

TEST_CASE("a way that differs is found, with time, population, column and agent", "[io][reproducible]") {
  Fixture const f;
  auto const reference = f.verification.run({"one"});
  Way wrong{"wrong"};
  wrong.after_step = [](Organism& organism) {
    if (organism.now == Tick{5 * kHour}) organism.fibers.oxidative[17] += 1e-9;
  };
  auto const path = f.verification.run(wrong);
  CHECK(path.states[1] == reference.states[1]);
  CHECK(path.states[2] != reference.states[2]);
  auto const found = f.verification.find_difference({"one"}, wrong, reference, path);
  REQUIRE(found);
  CHECK(found->time == Tick{5 * kHour});
  CHECK(found->where.part == "fibers");
  CHECK(found->where.column == "oxidative");
  CHECK(found->where.row == 17);
  CHECK(std::stod(found->where.other) - std::stod(found->where.one) == Approx(1e-9).epsilon(1e-3));
}

TEST_CASE("an agent too many is a difference in its row", "[io][reproducible]") {
  Fixture const f;
  auto organism = make_organism(f.model);
  auto other = organism;
  auto const agents = other.factors[1].load.cargo.packets.weight.size();
  other.factors[1].load.cargo.packets.weight.push_back(3);
  auto const difference = first_difference(organism, other);
  REQUIRE(difference);
  CHECK(difference->part == "factors/il6/packets");
  CHECK(difference->column == "weight");
  CHECK(difference->row == agents);
  CHECK(difference->one == "none");
  CHECK(difference->other == "3");
  CHECK_FALSE(first_difference(organism, organism));
}

}  // namespace myoaxis
