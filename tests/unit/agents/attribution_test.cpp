#include "agents/attribution.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "core/state_hash.h"
#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

/// Quanta of a factor in all niches.
double in_niches(Organism const& organism, Model const& model, std::size_t factor) {
  auto const content = content_of(organism.factors[factor].load, model.factors[factor].freight());
  double sum = 0;
  for (std::size_t i = 0; i < model.body.niches; ++i) sum += content[model.body.tissues[i].cell.index()];
  return sum;
}

/// Sum over all entries of one session, or of all.
double sum_of(std::vector<double> const& values, Attribution const& shape,
              std::optional<std::int64_t> session) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!session || shape.sessions()[i % shape.sessions().size()] == *session) sum += values[i];
  }
  return sum;
}

}  // namespace

TEST_CASE("exposure by provenance sums to the content of the niches over time", "[conservation]") {
  Model const model{test::day_with_run({"factors=[\"bdnf\"]"})};
  auto organism = make_organism(model);
  Attribution attribution{model};
  double expected = 0;  // molecules x s
  auto before = in_niches(organism, model, 0);
  test::advance_until(organism, model, Tick{6 * kHour}, [&](StepReport const& report) {
    attribution.see(report);
    auto const after = in_niches(organism, model, 0);
    expected += (before + after) / 2 * report.step.length().value() * model.factors[0].quantum;
    before = after;
  });
  REQUIRE(expected > 0);
  // A tag that ends in a step, merged into another, is missing from half of that step.
  CHECK(sum_of(attribution.exposure(), attribution, {}) == Approx(expected).epsilon(1e-5));
}

TEST_CASE("nothing is of a session before it began, and something is afterwards") {
  Model const model{test::day_with_run({"factors=[\"irisin\"]"})};
  auto organism = make_organism(model);
  Attribution attribution{model};
  auto const see = [&](StepReport const& report) { attribution.see(report); };
  auto const& session = model.calendar.sessions().front();
  test::advance_until(organism, model, session.begin, see);
  CHECK(sum_of(attribution.arrived(), attribution, 0) == 0);
  auto const outside = sum_of(attribution.arrived(), attribution, Attribution::kOutside);
  CHECK(outside > 0);
  test::advance_until(organism, model, Tick{12 * kHour}, see);
  CHECK(sum_of(attribution.arrived(), attribution, 0) > 0);
  CHECK(sum_of(attribution.arrived(), attribution, Attribution::kOutside) > outside);
}

TEST_CASE("factors that are fields have no provenance") {
  Model const model{test::day_of_rest({"factors=[\"il6\", \"lactate\"]"})};
  Attribution const attribution{model};
  CHECK(attribution.factors() == std::vector<std::string>{"il6"});
  CHECK(attribution.sessions() == std::vector<std::int64_t>{-2, -1});
  CHECK(attribution.arrived().size() == attribution.sources().size() * attribution.fiber_types().size() * 2);
}

TEST_CASE("what was attributed shows in the fingerprint") {
  Model const model{test::day_with_run({"factors=[\"bdnf\"]"})};
  auto organism = make_organism(model);
  Attribution attribution{model};
  auto const before = fingerprint_of(attribution);
  test::advance_until(organism, model, Tick{kHour}, [&](StepReport const& r) { attribution.see(r); });
  CHECK(fingerprint_of(attribution) != before);
}
