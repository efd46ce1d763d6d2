#include <fmt/core.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/runs.h"

using namespace myoaxis;

namespace {

/// Levels in arterial blood and receptor occupancies over rest, a row a step and factor.
struct Levels {
  std::vector<double> artery, fold;
};

Levels levels(std::string const& resolution, std::string const& factors) {
  auto experiment = test::day_with_run({"transport.engine=\"mean\"",
                                        fmt::format("circulation.resolution=\"{}\"", resolution),
                                        fmt::format("factors={}", factors), "circulation.vessel_cells=20"});
  Model const model{experiment};
  auto organism = make_organism(model);
  Levels seen;
  test::advance_until(organism, model, Tick{4 * kHour}, [&](StepReport const& report) {
    for (auto const& factor : report.factors) {
      seen.artery.push_back(factor.artery.value());
      seen.fold.push_back(factor.occupancy_fold[0]);
    }
  });
  return seen;
}

/// Largest relative difference of two series.
double distance(std::vector<double> const& a, std::vector<double> const& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] / b[i] - 1));
  return largest;
}

}  // namespace

TEST_CASE("a lumped bed and the vessels of its tree give the same levels through a run", "[conservation]") {
  auto const lumped = levels("lumped", "[\"bdnf\", \"il6\"]");
  auto const resolved = levels("resolved", "[\"bdnf\", \"il6\"]");
  CAPTURE(distance(lumped.artery, resolved.artery), distance(lumped.fold, resolved.fold));
  CHECK(distance(lumped.artery, resolved.artery) < 0.003);
  CHECK(distance(lumped.fold, resolved.fold) < 0.0003);
}
