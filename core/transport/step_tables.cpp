#include "core/transport/step_tables.h"

#include <algorithm>
#include <numeric>

#include "core/contracts.h"

namespace myoaxis {
namespace {

/// `row` with all entries set to 0 that `wanted(place)` does not choose.
template <class Wanted>
std::vector<double> part_of(std::span<double const> row, Wanted wanted) {
  std::vector<double> part(row.size(), 0.0);
  for (std::size_t place = 0; place < row.size(); ++place) {
    if (wanted(place)) part[place] = row[place];
  }
  return part;
}

double sum_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

PacketRow packet_row(Layout const& layout, std::span<double const> row) {
  auto crossed =
      part_of(row, [&](std::size_t place) { return layout.kept_as(place) == Representation::counts; });
  auto const stays =
      part_of(row, [&](std::size_t place) { return layout.kept_as(place) == Representation::packets; });
  PlaceSampler moved_to{stays};
  // Rounding must not leave a quantum behind where there is nowhere to stay.
  auto const probability = moved_to.empty() ? 1.0 : std::min(1.0, sum_of(crossed));
  return {probability, std::move(crossed), std::move(moved_to)};
}

ReleaseRow release_row(Layout const& layout, std::span<double const> row) {
  auto const is_cell = [&](std::size_t place) { return place < layout.cells(); };
  auto const in_body = [&](std::size_t place) { return layout.kept_as(place) == Representation::packets; };
  auto const surviving = part_of(row, [&](std::size_t place) { return in_body(place) && is_cell(place); });
  auto cleared = part_of(row, [&](std::size_t place) { return in_body(place) && !is_cell(place); });
  auto crossed = part_of(row, [&](std::size_t place) { return !in_body(place); });
  auto const cleared_share = sum_of(cleared);
  auto const crossed_share = sum_of(crossed);
  return {sum_of(surviving),  cleared_share,      crossed_share,
          std::move(cleared), std::move(crossed), PlaceSampler{surviving}};
}

}  // namespace

PlaceSampler::PlaceSampler(std::span<double const> weights) {
  auto const total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(total > 0)) return;
  double sum = 0;
  for (std::size_t place = 0; place < weights.size(); ++place) {
    if (!(weights[place] > 0)) continue;
    sum += weights[place];
    cumulative_.push_back(sum / total);
    places_.push_back(static_cast<std::uint16_t>(place));
  }
  cumulative_.back() = 1.0;
  guide_.resize(cumulative_.size());
  std::size_t i = 0;
  for (std::size_t k = 0; k < guide_.size(); ++k) {
    auto const u = static_cast<double>(k) / static_cast<double>(guide_.size());
    while (cumulative_[i] <= u) ++i;
    guide_[k] = static_cast<std::uint16_t>(i);
  }
}

StepTables::StepTables(Layout const& layout, Propagator step_propagator)
    : propagator{std::move(step_propagator)} {
  for (std::size_t i = 0; i < layout.cells(); ++i) {
    auto const cell = id_at<CellId>(i);
    packet_rows.push_back(packet_row(layout, propagator.at_end.row(cell)));
    release_rows.push_back(release_row(layout, propagator.average.row(cell)));
  }
}

}  // namespace myoaxis
