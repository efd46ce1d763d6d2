/// One step's propagator, cut into the tables that packets and counts are moved by.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

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
    auto const [first, guide, entries] = rows_[row];
    auto const* entry = entries_.data() + first + guide_[guide + static_cast<std::size_t>(u * kGuide)];
    // Two steps without a branch spare the processor most wrong guesses.
    entry += entry->upper <= u;
    entry += entry->upper <= u;
    while (entry->upper <= u) ++entry;
    return entry->place;
  }

 private:
  static constexpr std::size_t kGuide = 128;
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
  std::vector<std::uint16_t> guide_;  // which of the row's entries is the first that may be meant
};

/// What a step does to the quanta of one cell that holds packets.
struct PacketRow {
  /// Probability of being on the side of counts (brain cells and brain sinks) at the end of the step.
  double crossing = 0;
  /// Where quanta that crossed are, in proportion; one entry a place.
  std::vector<double> crossed_to;
};

/// What becomes of quanta that a cell's source releases during the step, as fractions that sum to 1.
struct ReleaseRow {
  double surviving = 0;  // still in cells that hold packets
  double cleared = 0;    // in the sinks of their side
  double crossed = 0;    // on the side of counts
  std::vector<double> cleared_to;
  std::vector<double> crossed_to;
};

struct StepTables {
  StepTables(Layout const& layout, Propagator step_propagator);

  Propagator propagator;
  // One row a cell each, blank for cells of counts.
  std::vector<PacketRow> packet_rows;
  PlaceTable moved_to;  // where a packet is, given that it did not cross
  std::vector<ReleaseRow> release_rows;
  PlaceTable surviving_in;  // where a packet is that was released and survived
};

}  // namespace myoaxis
