/// One step's propagator, cut into the tables that packets and counts are moved by.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/draws.h"
#include "core/transport/propagator.h"

namespace myoaxis {

/// Discrete distributions over places, one a row, sampled by inversion with a guide table (Chen and Asau
/// 1974): one number from [0, 1) gives a place, and a slightly different distribution mostly the same place.
/// All rows lie side by side, as packets of all cells are looked up one after another.
class PlaceTable {
 public:
  /// Appends a row. `weights` >= 0, one a place; places of weight 0 are never drawn. All weights may be 0:
  /// then the row is `empty`.
  void add_row(std::span<double const> weights);
  std::size_t rows() const { return rows_.size(); }
  bool empty(std::size_t row) const { return rows_[row].entries == 0; }
  /// The place at `u` from [0, 1) of a row that is not empty.
  std::uint16_t operator()(std::size_t row, double u) const {
    auto const& [first, guide, entries] = rows_[row];
    auto const hint = guide_[guide + static_cast<std::uint32_t>(static_cast<std::int64_t>(u * kGuide))];
    if (hint < kSearch) return hint;
    auto const* entry = entries_.data() + first + (hint - kSearch);
    while (entry->upper <= u) ++entry;
    return entry->place;
  }

 private:
  static constexpr std::size_t kGuide = 256;
  static constexpr std::uint16_t kSearch = 0x8000;
  struct Row {
    std::uint32_t first;    // of its entries
    std::uint32_t guide;    // of its kGuide numbers
    std::uint32_t entries;  // how many
  };
  struct Entry {
    double upper;  // cumulative probability up to and with the place
    std::uint16_t place;
  };
  std::vector<Row> rows_;
  std::vector<Entry> entries_;
  /// For each 256th of [0, 1) its place, or, where several share it, kSearch + the first of their entries.
  std::vector<std::uint16_t> guide_;
};

/// Quanta of one row spread over places by conditional binomials, the likeliest place last: the bits of
/// `sample_multinomial`, with the probabilities computed beforehand and without places of weight 0.
class SplitTable {
 public:
  /// Appends a row. `weights` >= 0, one a place; all may be 0.
  void add_row(std::span<double const> weights);
  /// Spreads `n` over the places of a row; `counts`, one a place, is overwritten. `n` > 0 needs a weight > 0.
  void operator()(Draws& draws, std::size_t row, std::int64_t n, std::span<std::int64_t> counts) const;

 private:
  struct Split {
    double probability;  // that a quantum left over by the places before goes here
    std::uint16_t place;
  };
  std::vector<std::size_t> begin_{0};
  std::vector<Split> splits_;
};

/// What becomes of quanta that a cell's source releases during the step, as fractions that sum to 1.
struct ReleaseRow {
  double surviving = 0;  // still in cells that hold packets
  double cleared = 0;    // in the sinks of their side
  double crossed = 0;    // on the side of counts
};

struct StepTables {
  StepTables(Layout const& layout, Propagator step_propagator);

  Propagator propagator;
  /// What a step does to the quanta of cells that hold packets, one row a cell. Probability of being on the
  /// side of counts (brain cells and brain sinks) at the end of the step:
  std::vector<double> crossing;
  SplitTable crossed_to;  // where those are then
  PlaceTable moved_to;    // where a packet is, given that it did not cross
  std::vector<ReleaseRow> release_rows;
  SplitTable release_cleared_to;
  SplitTable release_crossed_to;
  PlaceTable surviving_in;
  /// What it does to the quanta of cells of counts, likewise.
  SplitTable counts_to;
  SplitTable release_counts_to;
};

}  // namespace myoaxis
