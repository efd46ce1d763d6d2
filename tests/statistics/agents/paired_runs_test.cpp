/// Two runs of one subject that differ in one thing are the same until that thing first has an effect.
#include <catch2/catch.hpp>
#include <functional>

#include "agents/outcomes.h"
#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

/// A day with a run and all factors.
Experiment whole_day(std::function<void(Experiment&)> const& change = [](Experiment&) {}) {
  auto experiment =
      test::day_with_run({"factors=[\"bdnf\", \"ctsb\", \"igf1\", \"il6\", \"irisin\", \"kynurenic_acid\", "
                          "\"kynurenine\", \"lactate\", \"vegf\"]",
                          "scale.packets=900"});
  change(experiment);
  return experiment;
}

std::string hash_of_factor(FactorState const& state) {
  StateHash hash;
  add_to_hash(hash, state);
  return hash.digest();
}

/// Fingerprints of every factor after each step of the first `hours`.
std::vector<std::vector<std::string>> factor_paths(Experiment const& experiment, std::int64_t hours) {
  Model const model{experiment};
  auto organism = make_organism(model);
  std::vector<std::vector<std::string>> path;
  test::advance_until(organism, model, Tick{hours * kHour}, [&](StepReport const&) {
    auto& now = path.emplace_back();
    for (auto const& factor : organism.factors) now.push_back(hash_of_factor(factor));
  });
  return path;
}

/// Fingerprints of the whole organism after each step.
std::vector<std::string> paths(Experiment const& experiment, std::int64_t hours) {
  Model const model{experiment};
  auto organism = make_organism(model);
  std::vector<std::string> path;
  test::advance_until(organism, model, Tick{hours * kHour},
                      [&](StepReport const&) { path.push_back(test::hash_of(organism)); });
  return path;
}

InterventionParams knockout(std::string factor, std::optional<Tick> from = {}) {
  InterventionParams intervention;
  intervention.kind = InterventionKind::knockout;
  intervention.factor = std::move(factor);
  intervention.from = from;
  return intervention;
}

std::size_t factor_number(Experiment const& experiment, std::string const& factor) {
  std::size_t i = 0;
  while (experiment.factors[i].name != factor) ++i;
  return i;
}

/// First step after which the fingerprints differ; their number when they never do.
std::size_t first_other_line(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  return i;
}

}  // namespace

TEST_CASE("a factor that is knocked out leaves every other factor's draws as they were", "[reproducible]") {
  auto const from = GENERATE(std::optional<Tick>{}, std::optional<Tick>{Tick{kHour + 600}});
  // No other factor depends on BDNF within a day but through the next session's effort.
  auto const plain = whole_day();
  auto const without = whole_day([&](Experiment& e) { e.interventions = {knockout("bdnf", from)}; });
  auto const bdnf = factor_number(plain, "bdnf");
  auto const before = factor_paths(plain, 4);
  auto const after = factor_paths(without, 4);
  REQUIRE(before.size() == after.size());
  for (std::size_t step = 0; step < before.size(); ++step) {
    for (std::size_t i = 0; i < plain.factors.size(); ++i) {
      if (i != bdnf) REQUIRE(before[step][i] == after[step][i]);
    }
  }
  CHECK(before.back()[bdnf] != after.back()[bdnf]);
}

TEST_CASE("a knockout within the run changes nothing before it begins", "[reproducible]") {
  auto const at = Tick{kHour + 600};
  // The same step plan: the knockout's begin is a mark in both.
  auto const early = whole_day([&](Experiment& e) { e.interventions = {knockout("il6", at)}; });
  auto const with_mark = whole_day([&](Experiment& e) {
    e.interventions = {knockout("il6", Tick{2 * kHour})};
    AssayParams mark;
    mark.kind = AssayKind::dcx;
    mark.readings = {at};
    e.assays.push_back(mark);
  });
  Model const model{early};
  auto organism = make_organism(model);
  std::size_t steps_before = 0;
  test::advance_until(organism, model, at, [&](StepReport const&) { ++steps_before; });
  CHECK(first_other_line(paths(early, 2), paths(with_mark, 2)) == steps_before);
}

TEST_CASE("opening a loop path changes nothing before its first effect", "[reproducible]") {
  auto const closed = paths(whole_day(), 4);
  Model const model{whole_day()};
  auto organism = make_organism(model);
  std::size_t to_session = 0;
  test::advance_until(organism, model, Tick{kHour}, [&](StepReport const&) { ++to_session; });
  auto const open = [&](bool LoopParams::*path) {
    return first_other_line(closed, paths(whole_day([&](Experiment& e) { e.loop.*path = false; }), 4));
  };
  // Without work there is nothing to adapt to, to be tired of or to come to.
  CHECK(open(&LoopParams::adaptation) >= to_session);
  CHECK(open(&LoopParams::adaptation) < closed.size());
  CHECK(open(&LoopParams::central_drive) >= to_session);
  // Mood at rest asks for whole effort: its first effect is the second session at the earliest.
  CHECK(open(&LoopParams::mood) >= to_session);
}

TEST_CASE("signals that no cell hears change no factor", "[reproducible]") {
  auto const path = GENERATE(&LoopParams::niche_signals, &LoopParams::inflammation);
  auto const closed = whole_day();
  auto const open = whole_day([&](Experiment& e) { e.loop.*path = false; });
  CHECK(factor_paths(closed, 4) == factor_paths(open, 4));
  CHECK(paths(closed, 4) != paths(open, 4));
}

TEST_CASE("all factors give the same state on one thread and on two", "[reproducible]") {
  auto const hash = [](int threads) {
    std::string result;
    Workers workers{threads};
    workers.run([&] { result = test::hash_of(test::run(whole_day()).organism); });
    return result;
  };
  CHECK(hash(1) == hash(2));
}

TEST_CASE("births and deaths know nothing of transport steps when all paths to the brain are open",
          "[reproducible]") {
  auto const events = [](std::int64_t exercise, std::int64_t rest) {
    auto const ran = test::run(whole_day([&](Experiment& e) {
      e.loop.niche_signals = false;
      e.numerics.step_exercise = exercise;
      e.numerics.step_rest = rest;
    }));
    return std::pair{ran.events.cell, ran.events.time};
  };
  CHECK(events(8, kHour) == events(4, 900));
}
