/// Mass is kept whatever is done: infusions, conversions, knockouts, all factors at once.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

InterventionParams infusion(std::string factor, std::string site, double kg_per_second,
                            std::optional<Tick> from = {}, std::optional<Tick> to = {}) {
  InterventionParams intervention;
  intervention.kind = InterventionKind::infuse;
  intervention.factor = std::move(factor);
  intervention.site = std::move(site);
  intervention.rate = KilogramsPerSecond{kg_per_second};
  intervention.from = from;
  intervention.to = to;
  return intervention;
}

Experiment busy_day() {
  auto experiment = test::day_with_run(
      {"factors=[\"bdnf\", \"il6\", \"kynurenic_acid\", \"kynurenine\", \"lactate\", \"vegf\"]"});
  experiment.interventions = {infusion("il6", "vein", 1e-16, Tick{1800}, Tick{2 * kHour}),
                              infusion("bdnf", "csf", 1e-17),
                              infusion("lactate", "vein", 1e-10, Tick{1800}, Tick{2 * kHour}),
                              infusion("kynurenine", "artery", 1e-12)};
  return experiment;
}

double sum(std::vector<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

std::size_t number_of(Model const& model, std::string const& name) {
  std::size_t i = 0;
  while (model.factors[i].params.name != name) ++i;
  return i;
}

}  // namespace

TEST_CASE("every ledger closes at each step, with infusions and conversions in play", "[conservation]") {
  Model const model{busy_day()};
  auto organism = make_organism(model);
  test::advance_until(organism, model, Tick{4 * kHour}, [&](StepReport const&) {
    for (std::size_t i = 0; i < model.factors.size(); ++i) {
      auto const& state = organism.factors[i];
      if (model.factors[i].is_field()) {
        auto const& ledger = state.load.field.ledger;
        REQUIRE(std::abs(sum(state.load.field.content) - ledger.expected_content()) <=
                1e-12 * ledger.turnover());
      } else {
        auto const& weight = state.load.cargo.packets.weight;
        auto const& counts = state.load.cargo.counts.quanta;
        auto const carried = std::accumulate(weight.begin(), weight.end(), std::int64_t{0}) +
                             std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
        REQUIRE(carried == state.load.cargo.ledger.expected_content());
      }
    }
  });
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    for (std::size_t k = 0; k < model.factors[i].sources.size(); ++k) {
      if (!model.factors[i].sources[k].infusion) continue;
      auto const& state = organism.factors[i];
      CHECK((model.factors[i].is_field() ? state.load.field.ledger.released[k]
                                         : static_cast<double>(state.load.cargo.ledger.released[k])) > 0);
    }
  }
}

TEST_CASE("as many moles enter kynurenic acid as kynurenine loses by conversion", "[conservation]") {
  auto experiment = busy_day();
  Model const model{experiment};
  auto organism = make_organism(model);
  // Trained fibers convert more than the linear part of the graph: both ways of it are in play.
  std::fill(organism.fibers.oxidative.begin(), organism.fibers.oxidative.end(),
            experiment.organism.adaptation.oxidative.gain.value());
  test::advance_until(organism, model, Tick{3 * kHour}, [](StepReport const&) {});
  auto const from = number_of(model, "kynurenine");
  auto const into = number_of(model, "kynurenic_acid");
  double lost = 0;
  for (auto const& path : model.factors[from].conversions) {
    lost += organism.factors[from].load.field.ledger.cleared[path.sink.index()];
  }
  auto const source = model.factors[from].conversions.front().source;
  REQUIRE(lost > 0);
  CHECK(organism.factors[into].load.field.ledger.released[source] == Approx(lost).epsilon(1e-12));
}

TEST_CASE("an infusion that lasts raises a field by its rate over the clearance", "[law]") {
  // Far from the clearing organs a vein's infusion mixes whole; one compartment is the limit to which a
  // clearance far below all flows leads.
  auto experiment = test::day_of_rest({"factors=[\"kynurenic_acid\", \"kynurenine\"]"});
  auto const plain = [](Experiment const& e) {
    Model const model{e};
    auto organism = make_organism(model);
    double vein = 0;
    test::advance_until(organism, model, model.end(), [&](StepReport const& report) {
      vein = report.factors[number_of(model, "kynurenic_acid")].vein.value();
    });
    return vein;
  };
  auto const before = plain(experiment);
  auto const rate = 1e-13;
  experiment.interventions = {infusion("kynurenic_acid", "vein", rate)};
  auto const rise = plain(experiment) - before;
  experiment.interventions = {infusion("kynurenic_acid", "vein", 2 * rate)};
  CHECK(plain(experiment) - before == Approx(2 * rise).epsilon(1e-9));  // linear
  auto const clearance = experiment.factors[0].clearance.value();
  CHECK(rise == Approx(rate / clearance).epsilon(0.35));
}

TEST_CASE("what is knocked out from birth is never there", "[conservation]") {
  auto experiment = test::day_with_run();
  InterventionParams knockout;
  knockout.kind = InterventionKind::knockout;
  knockout.factor = "il6";
  experiment.interventions = {knockout};
  Model const model{experiment};
  auto organism = make_organism(model);
  auto const il6 = number_of(model, "il6");
  test::advance_until(organism, model, Tick{3 * kHour}, [&](StepReport const& report) {
    REQUIRE(organism.factors[il6].load.cargo.packets.size() == 0);
    REQUIRE(report.factors[il6].artery.value() == 0);
    REQUIRE(report.factors[il6].occupancy_fold[0] == 0);
  });
}

TEST_CASE("a block takes its share of the occupancy and moves no molecule", "[law]") {
  auto experiment = test::day_with_run();
  auto const fold = [](Experiment const& e, std::string* hash) {
    Model const model{e};
    auto organism = make_organism(model);
    std::vector<double> folds;
    test::advance_until(organism, model, Tick{2 * kHour}, [&](StepReport const& report) {
      folds.push_back(report.factors[number_of(model, "bdnf")].occupancy_fold[0]);
    });
    StateHash all;
    for (auto const& state : organism.factors) add_to_hash(all, state);
    *hash = all.digest();
    return folds;
  };
  std::string free_hash, blocked_hash;
  auto const free = fold(experiment, &free_hash);
  InterventionParams block;
  block.kind = InterventionKind::block;
  block.factor = "bdnf";
  block.fraction = Fraction{0.75};
  experiment.interventions = {block};
  auto const blocked = fold(experiment, &blocked_hash);
  for (std::size_t i = 0; i < free.size(); ++i) CHECK(blocked[i] == Approx(0.25 * free[i]).epsilon(1e-12));
  CHECK(free_hash == blocked_hash);
}
