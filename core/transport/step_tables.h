/// One step's propagator, cut into the tables that packets and counts are moved by.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/transport/propagator.h"

namespace myoaxis {

/// A discrete distribution over places, sampled by inversion with a guide table (Chen and Asau 1974): one
/// number from [0, 1) gives a place, and a slightly different distribution mostly the same place.
class PlaceSampler {
 public:
  /// `weights` >= 0, one a place; places of weight 0 are never drawn. All weights may be 0: then `empty()`.
  explicit PlaceSampler(std::span<double const> weights);
  bool empty() const { return places_.empty(); }
  /// The place at `u` from [0, 1).
  std::size_t operator()(double u) const {
    auto i = guide_[static_cast<std::size_t>(u * static_cast<double>(guide_.size()))];
    while (cumulative_[i] <= u) ++i;
    return places_[i];
  }

 private:
  std::vector<double> cumulative_;
  std::vector<std::uint16_t> places_;
  std::vector<std::uint16_t> guide_;
};

/// What a step does to the quanta of one cell that holds packets.
struct PacketRow {
  /// Probability of being on the side of counts (brain cells and brain sinks) at the end of the step.
  double crossing = 0;
  /// Where quanta that crossed are, in proportion; one entry a place.
  std::vector<double> crossed_to;
  /// Where a packet is, given that it did not cross.
  PlaceSampler moved_to;
};

/// What becomes of quanta that a cell's source releases during the step, as fractions that sum to 1.
struct ReleaseRow {
  double surviving = 0;  // still in cells that hold packets
  double cleared = 0;    // in the sinks of their side
  double crossed = 0;    // on the side of counts
  std::vector<double> cleared_to;
  std::vector<double> crossed_to;
  PlaceSampler surviving_in;
};

struct StepTables {
  StepTables(Layout const& layout, Propagator step_propagator);

  Propagator propagator;
  std::vector<PacketRow> packet_rows;    // one a cell, used for cells that hold packets
  std::vector<ReleaseRow> release_rows;  // likewise
};

}  // namespace myoaxis
