#include "core/transport/step_tables.h"

#include <algorithm>
#include <functional>

#include "core/contracts.h"
#include "core/distributions.h"
#include "core/statistics/moments.h"

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

/// The rows of a cell that holds packets.
void add_packet_rows(StepTables& tables, Layout const& layout, CellId cell) {
  auto const is_cell = [&](std::size_t place) { return place < layout.cells(); };
  auto const crosses = [&](std::size_t place) { return layout.kept_as(place) == Representation::counts; };
  auto const moving = tables.propagator.at_end.row(cell), released = tables.propagator.average.row(cell);
  auto const crossed = part_of(moving, crosses);
  tables.moved_to.add_row(part_of(moving, std::not_fn(crosses)));
  // Rounding must not leave a quantum behind where there is nowhere to stay.
  auto const nowhere = tables.moved_to.empty(tables.moved_to.rows() - 1);
  tables.crossing.push_back(nowhere ? 1.0 : std::min(1.0, sum_of(crossed)));
  tables.crossed_to.add_row(crossed);

  auto const surviving =
      part_of(released, [&](std::size_t place) { return !crosses(place) && is_cell(place); });
  auto const cleared =
      part_of(released, [&](std::size_t place) { return !crosses(place) && !is_cell(place); });
  auto const released_crossed = part_of(released, crosses);
  tables.release_rows.push_back({sum_of(surviving), sum_of(cleared), sum_of(released_crossed)});
  tables.surviving_in.add_row(surviving);
  tables.release_cleared_to.add_row(cleared);
  tables.release_crossed_to.add_row(released_crossed);
  tables.counts_to.add_row({});
  tables.release_counts_to.add_row({});
}

/// The rows of a cell of counts.
void add_count_rows(StepTables& tables, CellId cell) {
  tables.crossing.push_back(0);
  tables.release_rows.emplace_back();
  for (auto* places : {&tables.moved_to, &tables.surviving_in}) places->add_row({});
  for (auto* splits : {&tables.crossed_to, &tables.release_cleared_to, &tables.release_crossed_to})
    splits->add_row({});
  tables.counts_to.add_row(tables.propagator.at_end.row(cell));
  tables.release_counts_to.add_row(tables.propagator.average.row(cell));
}

}  // namespace

void PlaceTable::add_row(std::span<double const> weights) {
  auto const first = entries_.size();
  auto const total = sum_of(weights);
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
    auto const alone = entries_[entry].upper >= static_cast<double>(k + 1) / kGuide;
    guide_.push_back(alone ? entries_[entry].place : static_cast<std::uint16_t>(kSearch + (entry - first)));
  }
}

void SplitTable::add_row(std::span<double const> weights) {
  auto const largest = std::max_element(weights.begin(), weights.end());
  if (largest != weights.end() && *largest > 0) {
    // The likeliest place comes last and takes what is left: rare ones keep their relative precision.
    auto const last = static_cast<std::size_t>(largest - weights.begin());
    auto remaining = *largest;
    splits_.push_back({1.0, static_cast<std::uint16_t>(last)});
    for (auto place = weights.size(); place-- > 0;) {
      if (place == last) continue;
      remaining += weights[place];
      if (weights[place] > 0)
        splits_.push_back({weights[place] / remaining, static_cast<std::uint16_t>(place)});
    }
    std::reverse(splits_.begin() + static_cast<std::ptrdiff_t>(begin_.back()), splits_.end());
  }
  begin_.push_back(splits_.size());
}

void SplitTable::operator()(Draws& draws, std::size_t row, std::int64_t n,
                            std::span<std::int64_t> counts) const {
  EXPECTS(n == 0 || begin_[row] < begin_[row + 1]);
  std::fill(counts.begin(), counts.end(), std::int64_t{0});
  for (auto i = begin_[row]; n > 0; ++i) {
    auto const taken = sample_binomial(draws, n, splits_[i].probability);
    counts[splits_[i].place] = taken;
    n -= taken;
  }
}

StepTables::StepTables(Layout const& layout, Propagator step_propagator)
    : propagator{std::move(step_propagator)} {
  EXPECTS(layout.places() < 0x8000);
  for (std::size_t i = 0; i < layout.cells(); ++i) {
    if (layout.kept_as(i) == Representation::packets) {
      add_packet_rows(*this, layout, id_at<CellId>(i));
    } else {
      add_count_rows(*this, id_at<CellId>(i));
    }
  }
}

}  // namespace myoaxis
