#include "io/export/layouts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "core/address.h"
#include "core/contracts.h"

namespace myoaxis {
namespace {

constexpr double kFibersPerOwn = 10;  // of all units in the territory of one, for each of its own
constexpr double kNicheWidth = 200;   // um along the arc
constexpr double kSmallestArc = 500;  // um, radius
constexpr double kBlade = 100;        // um across the arc

double const kGoldenAngle = std::numbers::pi * (3 - std::sqrt(5.0));

double fractional(double x) { return x - std::floor(x); }

VtkPoint polar(double radius, double angle) {
  return {radius * std::cos(angle), radius * std::sin(angle), 0};
}

/// The `number` places of the lattice that are nearest to its origin, row by row, each from left to right.
std::vector<VtkPoint> hexagonal_places(std::size_t number, double area) {
  if (number == 0) return {};
  EXPECTS(std::isfinite(area) && area > 0);
  auto const pitch = std::sqrt(2 * area / std::numbers::sqrt3);
  auto const rise = pitch * std::numbers::sqrt3 / 2;
  auto const reach = std::sqrt(static_cast<double>(number) * area / std::numbers::pi) + 2 * pitch;
  auto const rows = static_cast<int>(std::ceil(reach / rise));
  auto const columns = static_cast<int>(std::ceil(reach / pitch)) + 1;
  std::vector<VtkPoint> places;
  for (int row = -rows; row <= rows; ++row) {
    for (int column = -columns; column <= columns; ++column)
      places.push_back({pitch * (column + (row % 2 == 0 ? 0.0 : 0.5)), rise * row, 0});
  }
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const from_center = [&](std::size_t i) { return std::hypot(places[i][0], places[i][1]); };
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return from_center(a) < from_center(b) - 1e-9 * pitch; });
  order.resize(number);
  std::sort(order.begin(), order.end());
  std::vector<VtkPoint> nearest;
  for (auto const i : order) nearest.push_back(places[i]);
  return nearest;
}

/// Where each fiber would lie in the territory of its unit, in a section of radius 1.
std::vector<VtkPoint> wished_places(std::span<std::uint64_t const> units) {
  std::map<std::uint64_t, std::size_t> size, placed;
  for (auto const unit : units) ++size[unit];
  std::vector<VtkPoint> wished;
  for (auto const unit : units) {
    auto const share = static_cast<double>(size[unit]) / static_cast<double>(units.size());
    auto const radius = std::sqrt(std::min(1.0, kFibersPerOwn * share));
    // Centers fill the section evenly (a sequence of low discrepancy in two dimensions).
    auto const number = static_cast<double>(unit + 1);
    auto const center = polar((1 - radius) * std::sqrt(fractional(0.7548776662466927 * number)),
                              2 * std::numbers::pi * fractional(0.5698402909980532 * number));
    auto const rank = static_cast<double>(placed[unit]++);
    auto const inside =
        polar(radius * std::sqrt((rank + 0.5) / static_cast<double>(size[unit])), kGoldenAngle * rank);
    wished.push_back({center[0] + inside[0], center[1] + inside[1], 0});
  }
  return wished;
}

double arc_radius(std::size_t niches) {
  return std::max(kSmallestArc, kNicheWidth * static_cast<double>(niches) / std::numbers::pi);
}

/// Where cells of a stage lie, um outward from the inner border of the granule layer: an
/// order as in the dentate gyrus, with widths assumed for the drawing.
struct Depth {
  double from, to;
};
constexpr std::array<Depth, kStages> kDepths{{{0, 8}, {0, 8}, {0, 10}, {4, 14}, {12, 40}, {20, 70}}};

/// One of three independent numbers in 0..1 that a key gives.
double coordinate_of(std::uint64_t key, std::uint64_t number) {
  return static_cast<double>(child_key(key, number) >> 11) * 0x1p-53;
}

}  // namespace

std::vector<VtkPoint> muscle_section(std::span<std::uint64_t const> units, double mean_area) {
  auto const places = hexagonal_places(units.size(), mean_area);
  auto const wished = wished_places(units);
  std::vector<std::size_t> order(units.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const sort_by = [&](std::size_t first, std::size_t last, std::size_t axis) {
    auto const begin = order.begin();
    std::stable_sort(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
                     [&](auto a, auto b) { return wished[a][axis] < wished[b][axis]; });
  };
  // Fibers take the rows in the order of their wishes, and the places of a row likewise.
  sort_by(0, order.size(), 1);
  std::vector<VtkPoint> centers(units.size());
  for (std::size_t first = 0; first < places.size();) {
    auto last = first;
    while (last < places.size() && places[last][1] == places[first][1]) ++last;
    sort_by(first, last, 0);
    for (; first < last; ++first) centers[order[first]] = places[first];
  }
  return centers;
}

std::vector<VtkPoint> niche_arc(std::size_t niches) {
  std::vector<VtkPoint> points;
  for (std::size_t i = 0; i < niches; ++i) {
    auto const angle = std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(niches);
    points.push_back(polar(arc_radius(niches), angle));
  }
  return points;
}

VtkPoint place_in_niche(std::size_t niche, std::size_t niches, Stage stage, std::uint64_t key) {
  auto const along = static_cast<double>(niche) + coordinate_of(key, 0);
  auto const [from, to] = kDepths[static_cast<std::size_t>(stage)];
  auto place = polar(arc_radius(niches) + from + (to - from) * coordinate_of(key, 1),
                     std::numbers::pi * along / static_cast<double>(niches));
  place[2] = kBlade * (coordinate_of(key, 2) - 0.5);
  return place;
}

}  // namespace myoaxis
