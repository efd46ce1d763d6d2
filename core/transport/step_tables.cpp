#include "core/transport/step_tables.h"

#include <algorithm>
#include <functional>
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

void add_packet_row(StepTables& tables, Layout const& layout, std::span<double const> row) {
  auto const crosses = [&](std::size_t place) { return layout.kept_as(place) == Representation::counts; };
  auto crossed = part_of(row, crosses);
  tables.moved_to.add_row(part_of(row, std::not_fn(crosses)));
  // Rounding must not leave a quantum behind where there is nowhere to stay.
  auto const nowhere = tables.moved_to.empty(tables.moved_to.rows() - 1);
  auto const probability = nowhere ? 1.0 : std::min(1.0, sum_of(crossed));
  tables.packet_rows.push_back({probability, std::move(crossed)});
}

void add_release_row(StepTables& tables, Layout const& layout, std::span<double const> row) {
  auto const is_cell = [&](std::size_t place) { return place < layout.cells(); };
  auto const in_body = [&](std::size_t place) { return layout.kept_as(place) == Representation::packets; };
  auto const surviving = part_of(row, [&](std::size_t place) { return in_body(place) && is_cell(place); });
  auto cleared = part_of(row, [&](std::size_t place) { return in_body(place) && !is_cell(place); });
  auto crossed = part_of(row, std::not_fn(in_body));
  auto const cleared_share = sum_of(cleared);
  auto const crossed_share = sum_of(crossed);
  tables.surviving_in.add_row(surviving);
  tables.release_rows.push_back(
      {sum_of(surviving), cleared_share, crossed_share, std::move(cleared), std::move(crossed)});
}

}  // namespace

void PlaceTable::add_row(std::span<double const> weights) {
  auto const first = entries_.size();
  auto const total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double sum = 0;
  for (std::size_t place = 0; total > 0 && place < weights.size(); ++place) {
    if (!(weights[place] > 0)) continue;
    sum += weights[place];
    entries_.push_back({sum / total, static_cast<std::uint16_t>(place)});
  }
  rows_.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(guide_.size()),
                   static_cast<std::uint32_t>(entries_.size() - first)});
  if (entries_.size() == first) return;
  entries_.back().upper = 1.0;
  auto entry = first;
  for (std::size_t k = 0; k < kGuide; ++k) {
    while (entries_[entry].upper <= static_cast<double>(k) / kGuide) ++entry;
    guide_.push_back(static_cast<std::uint16_t>(entry - first));
  }
}

StepTables::StepTables(Layout const& layout, Propagator step_propagator)
    : propagator{std::move(step_propagator)} {
  for (std::size_t i = 0; i < layout.cells(); ++i) {
    if (layout.kept_as(i) == Representation::packets) {
      add_packet_row(*this, layout, propagator.at_end.row(id_at<CellId>(i)));
      add_release_row(*this, layout, propagator.average.row(id_at<CellId>(i)));
    } else {
      packet_rows.emplace_back();
      release_rows.emplace_back();
      moved_to.add_row({});
      surviving_in.add_row({});
    }
  }
}

}  // namespace myoaxis
