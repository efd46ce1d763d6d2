#include "io/export/layouts.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

namespace myoaxis {
namespace {

constexpr double kWidth = 2000;   // um of the drawing, from veins to arteries
constexpr double kSpacing = 250;  // between beds
constexpr double kArcRadius = 500;

/// The way from one point to another in equal pieces.
std::vector<VtkPoint> pieces_between(VtkPoint from, VtkPoint to, std::size_t pieces) {
  std::vector<VtkPoint> points;
  auto const at = [&](std::size_t i) {
    auto const share = static_cast<double>(i) / static_cast<double>(pieces);
    VtkPoint point{};
    for (std::size_t axis = 0; axis < 3; ++axis) point[axis] = from[axis] + share * (to[axis] - from[axis]);
    return point;
  };
  for (std::size_t i = 0; i < pieces; ++i) {
    points.push_back(at(i));
    points.push_back(at(i + 1));
  }
  return points;
}

}  // namespace

std::vector<VtkPoint> muscle_section(std::span<double const> areas, std::span<std::uint64_t const> keys) {
  std::vector<std::size_t> order(areas.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
  auto const golden_angle = std::numbers::pi * (3 - std::sqrt(5.0));
  std::vector<VtkPoint> centers(areas.size());
  double inside = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    auto const area = areas[order[rank]];
    auto const radius = std::sqrt((inside + area / 2) / std::numbers::pi);
    auto const angle = golden_angle * static_cast<double>(rank);
    centers[order[rank]] = {radius * std::cos(angle), radius * std::sin(angle), 0};
    inside += area;
  }
  return centers;
}

std::vector<VtkPoint> great_vessel(std::string const& name, std::size_t pieces, std::size_t beds) {
  auto const bottom = -kSpacing * static_cast<double>(beds + 1);
  auto const third = kWidth / 3;
  if (name == "veins") return pieces_between({0, bottom, 0}, {0, 0, 0}, pieces);
  if (name == "arteries") return pieces_between({kWidth, 0, 0}, {kWidth, bottom, 0}, pieces);
  if (name == "right_heart") return pieces_between({0, 0, 0}, {third, 0, 0}, pieces);
  if (name == "lungs") return pieces_between({third, 0, 0}, {2 * third, 0, 0}, pieces);
  return pieces_between({2 * third, 0, 0}, {kWidth, 0, 0}, pieces);
}

std::vector<VtkPoint> capillary_bed(std::size_t row, std::size_t pieces) {
  auto const y = -kSpacing * static_cast<double>(row + 1);
  return pieces_between({kWidth, y, 0}, {0, y, 0}, pieces);
}

std::vector<VtkPoint> niche_arc(std::size_t niches) {
  std::vector<VtkPoint> points;
  for (std::size_t i = 0; i < niches; ++i) {
    auto const angle = std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(niches);
    points.push_back({kArcRadius * std::cos(angle), kArcRadius * std::sin(angle), 0});
  }
  return points;
}

}  // namespace myoaxis
