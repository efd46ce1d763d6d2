#include "io/export/layouts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "core/address.h"

using namespace myoaxis;

namespace {

constexpr double kArea = 1500;  // um2

/// 40 units of 20 to 98 fibers.
std::vector<std::uint64_t> units() {
  std::vector<std::uint64_t> all;
  for (std::uint64_t unit = 0; unit < 40; ++unit) all.insert(all.end(), 20 + 2 * unit, unit);
  return all;
}

double distance(VtkPoint const& a, VtkPoint const& b) { return std::hypot(a[0] - b[0], a[1] - b[1]); }

/// Mean distance of the fibers of each unit from their center.
double mean_spread(std::vector<VtkPoint> const& centers, std::vector<std::uint64_t> const& unit) {
  std::vector<VtkPoint> middle(40, VtkPoint{});
  std::vector<double> number(40, 0.0);
  for (std::size_t i = 0; i < unit.size(); ++i) {
    for (std::size_t axis = 0; axis < 2; ++axis) middle[unit[i]][axis] += centers[i][axis];
    number[unit[i]] += 1;
  }
  for (std::size_t k = 0; k < 40; ++k) middle[k] = {middle[k][0] / number[k], middle[k][1] / number[k], 0};
  double sum = 0;
  for (std::size_t i = 0; i < unit.size(); ++i) sum += distance(centers[i], middle[unit[i]]);
  return sum / static_cast<double>(unit.size());
}

}  // namespace

TEST_CASE("fibers fill a round section as large as their areas, none on another") {
  auto const unit = units();
  auto const centers = muscle_section(unit, kArea);
  REQUIRE(centers.size() == unit.size());
  auto const radius = std::sqrt(static_cast<double>(unit.size()) * kArea / std::numbers::pi);
  auto const pitch = std::sqrt(2 * kArea / std::numbers::sqrt3);
  double farthest = 0, nearest = 1e9;
  for (std::size_t i = 0; i < centers.size(); ++i) {
    farthest = std::max(farthest, std::hypot(centers[i][0], centers[i][1]));
    for (std::size_t k = 0; k < i; ++k) nearest = std::min(nearest, distance(centers[i], centers[k]));
  }
  CHECK(nearest == Approx(pitch).epsilon(1e-9));
  CHECK(farthest < radius + pitch);
  CHECK(farthest > radius - pitch);
  CHECK(muscle_section(unit, kArea) == centers);
}

TEST_CASE("fibers of a motor unit lie in its territory, which others share") {
  auto const unit = units();
  auto const centers = muscle_section(unit, kArea);
  auto mixed = centers;
  // The same places in another order know no territories: two thirds of the section's radius.
  std::vector<std::size_t> order(mixed.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [](auto a, auto b) { return mix64(a) < mix64(b); });
  for (std::size_t i = 0; i < order.size(); ++i) mixed[i] = centers[order[i]];
  auto const spread = mean_spread(centers, unit);
  CHECK(spread < 0.85 * mean_spread(mixed, unit));
  // Around a fiber there are few of its own unit.
  std::size_t own = 0, others = 0;
  for (std::size_t i = 0; i < centers.size(); ++i) {
    for (std::size_t k = 0; k < centers.size(); ++k) {
      if (i != k && distance(centers[i], centers[k]) < 60) ++(unit[i] == unit[k] ? own : others);
    }
  }
  CHECK(static_cast<double>(own) < 0.3 * static_cast<double>(others));
}

TEST_CASE("a section of few fibers, or of none, is drawn, too") {
  CHECK(muscle_section({}, 0).empty());
  std::vector<std::uint64_t> const one{7};
  CHECK(muscle_section(one, kArea).size() == 1);
}

TEST_CASE("cells keep their place in their niche, and go outward as they mature") {
  constexpr std::size_t niches = 4;
  auto const middle = niche_arc(niches);
  REQUIRE(middle.size() == niches);
  auto const radius_of = [](VtkPoint const& place) { return std::hypot(place[0], place[1]); };
  auto const angle_of = [](VtkPoint const& place) { return std::atan2(place[1], place[0]); };
  for (std::uint64_t number = 0; number < 300; ++number) {
    auto const key = child_key(5, number);
    auto const niche = number % niches;
    auto const stem = place_in_niche(niche, niches, Stage::quiescent_stem, key);
    auto const mature = place_in_niche(niche, niches, Stage::mature, key);
    CHECK(angle_of(stem) == Approx(angle_of(mature)));
    CHECK(stem[2] == mature[2]);
    CHECK(radius_of(stem) < radius_of(mature));
    CHECK(std::abs(angle_of(stem) - angle_of(middle[niche])) < std::numbers::pi / niches / 2);
  }
}
