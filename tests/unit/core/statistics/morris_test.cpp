#include "core/statistics/morris.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "core/address.h"

using namespace myoaxis;
using Keys = std::vector<std::uint64_t>;

namespace {

Keys const kMorrisKeys{name_key("a"), name_key("b"), name_key("c")};

template <class Model>
std::vector<double> outputs_of(MorrisDesign const& design, Model&& model) {
  std::vector<double> outputs;
  for (auto const& point : design.points) outputs.push_back(model(point));
  return outputs;
}

double linear(UnitPoint const& x) { return 7 + 3 * x[0] - 0.5 * x[1]; }

int changed_between(UnitPoint const& a, UnitPoint const& b) {
  int changed = 0;
  for (std::size_t d = 0; d < a.size(); ++d) changed += a[d] != b[d] ? 1 : 0;
  return changed;
}

}  // namespace

TEST_CASE("a trajectory changes each dimension once by delta, on the grid", "[law]") {
  auto const shape = GENERATE(TrajectoryShape::winding, TrajectoryShape::radial);
  auto const design = morris_design(20, 4, shape, kMorrisKeys, 1);
  CHECK(design.delta == Approx(2.0 / 3));
  REQUIRE(design.points.size() == 20 * 4);
  for (std::size_t t = 0; t < design.trajectories; ++t) {
    std::set<std::size_t> seen{design.steps[t].begin(), design.steps[t].end()};
    CHECK(seen.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) {
      auto const after = design.first_point(t) + k + 1;
      auto const before = shape == TrajectoryShape::winding ? after - 1 : design.first_point(t);
      auto const d = design.steps[t][k];
      CHECK(changed_between(design.points[before], design.points[after]) == 1);
      CHECK(std::abs(design.points[after][d] - design.points[before][d]) == Approx(design.delta));
    }
  }
  for (auto const& point : design.points) {
    for (auto const x : point) CHECK(std::abs(3 * x - std::round(3 * x)) < 1e-12);
  }
}

TEST_CASE("the effects of an additive linear model are its coefficients", "[law]") {
  auto const shape = GENERATE(TrajectoryShape::winding, TrajectoryShape::radial);
  auto const levels = GENERATE(std::size_t{2}, std::size_t{4}, std::size_t{8});
  auto const design = morris_design(6, levels, shape, kMorrisKeys, 2);
  auto const effects = elementary_effects(design, outputs_of(design, linear), kMorrisKeys, 1);
  double const coefficients[] = {3, -0.5, 0};
  for (std::size_t d = 0; d < 3; ++d) {
    CHECK(effects[d].mu == Approx(coefficients[d]).margin(1e-12));
    CHECK(effects[d].mu_star == Approx(std::abs(coefficients[d])).margin(1e-12));
    CHECK(effects[d].sigma < 1e-12);
    CHECK(effects[d].mu_star_interval.low == Approx(effects[d].mu_star).margin(1e-12));
    CHECK(effects[d].mu_star_interval.high == Approx(effects[d].mu_star).margin(1e-12));
    CHECK(effects[d].used == 6);
  }
}

TEST_CASE("an interaction shows in sigma, and rises that cancel falls in the mean size only", "[law]") {
  // Effect of x0: 4 (x1 - 1/2), with x1 at 0, 1/3, 2/3, 1 alike: mean 0, mean size 4/3, s.d. 4 sqrt(5)/6.
  auto const shape = GENERATE(TrajectoryShape::winding, TrajectoryShape::radial);
  constexpr std::size_t n = 4000;
  constexpr double z = 5;
  auto const design = morris_design(n, 4, shape, kMorrisKeys, 3);
  auto const model = [](UnitPoint const& x) { return 4 * x[0] * (x[1] - 0.5); };
  auto const effect = elementary_effects(design, outputs_of(design, model), kMorrisKeys, 1).front();
  auto const sigma = 4 * std::sqrt(5.0) / 6;
  auto const error = 1 / std::sqrt(double{n});
  CHECK(std::abs(effect.mu) < z * sigma * error);
  CHECK(std::abs(effect.mu_star - 4.0 / 3) < z * (2.0 / 3) * error);  // sizes are 2 and 2/3
  CHECK(effect.sigma == Approx(sigma).epsilon(0.05));
  CHECK(effect.mu_star > 1);
}

TEST_CASE("a point without output costs the effects that need it, and they are counted", "[law]") {
  auto const design = morris_design(5, 4, TrajectoryShape::winding, kMorrisKeys, 2);
  auto outputs = outputs_of(design, linear);
  outputs[design.first_point(2) + 1] = std::numeric_limits<double>::quiet_NaN();
  auto const effects = elementary_effects(design, outputs, kMorrisKeys, 1);
  for (std::size_t d = 0; d < 3; ++d) {
    auto const needs_it = design.steps[2][0] == d || design.steps[2][1] == d;
    CHECK(effects[d].left_out == (needs_it ? 1u : 0u));
    CHECK(effects[d].used + effects[d].left_out == 5);
    CHECK(std::isfinite(effects[d].mu_star));
  }
  CHECK(effects[0].mu == Approx(3));
}

TEST_CASE("an effect is per step really made, and one without a step is left out", "[law]") {
  auto design = morris_design(6, 4, TrajectoryShape::winding, kMorrisKeys, 2);
  for (auto& point : design.points) {
    point[0] = point[0] > 0.5 ? 1 : 0;  // an input of two values
    point[1] = 0.25;                    // and one of a single value
  }
  auto const effects = elementary_effects(design, outputs_of(design, linear), kMorrisKeys, 1);
  CHECK(effects[0].mu_star == Approx(3));
  CHECK(effects[1].left_out == 6);
  CHECK(std::isnan(effects[1].mu_star));
}

TEST_CASE("nothing is claimed of too few effects", "[law]") {
  auto const design = morris_design(1, 4, TrajectoryShape::winding, kMorrisKeys, 2);
  auto const one = elementary_effects(design, outputs_of(design, linear), kMorrisKeys, 1).front();
  CHECK(one.mu == Approx(3));
  CHECK(std::isnan(one.sigma));
  CHECK(std::isnan(one.mu_star_interval.low));
  std::vector<double> const none(design.points.size(), std::numeric_limits<double>::quiet_NaN());
  auto const nothing = elementary_effects(design, none, kMorrisKeys, 1).front();
  CHECK(std::isnan(nothing.mu_star));
  CHECK(nothing.left_out == 1);
}

TEST_CASE("more trajectories begin with the same ones, in which a dimension keeps its steps",
          "[reproducible]") {
  auto const few = morris_design(3, 4, TrajectoryShape::winding, kMorrisKeys, 2);
  auto const many = morris_design(9, 4, TrajectoryShape::winding, kMorrisKeys, 2);
  CHECK(std::equal(few.points.begin(), few.points.end(), many.points.begin()));
  Keys const turned{kMorrisKeys[1], kMorrisKeys[0]};
  auto const other = morris_design(3, 4, TrajectoryShape::winding, turned, 2);
  for (std::size_t t = 0; t < 3; ++t)
    CHECK(other.points[other.first_point(t)][1] == few.points[few.first_point(t)][0]);
}

TEST_CASE("effects do not depend on the order of the dimensions", "[reproducible]") {
  auto const model = [](double a, double b, double c) { return a * b + std::exp(c) * a; };
  Keys const turned{kMorrisKeys[2], kMorrisKeys[0], kMorrisKeys[1]};
  auto const design = morris_design(8, 4, TrajectoryShape::winding, kMorrisKeys, 2);
  auto const other = morris_design(8, 4, TrajectoryShape::winding, turned, 2);
  auto const ours = elementary_effects(
      design, outputs_of(design, [&](auto const& x) { return model(x[0], x[1], x[2]); }), kMorrisKeys, 9);
  auto const theirs = elementary_effects(
      other, outputs_of(other, [&](auto const& x) { return model(x[1], x[2], x[0]); }), turned, 9);
  CHECK(ours[2].mu_star == theirs[0].mu_star);
  CHECK(ours[2].mu_star_interval.high == theirs[0].mu_star_interval.high);
  CHECK(ours[0].sigma == theirs[1].sigma);
}
