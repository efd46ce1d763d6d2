/// The pass over all packets of a step: each gives up what crosses the barrier, then goes to its place.
///
/// Of a cell's W quanta, K are to cross. They are taken packet after packet by systematic sampling with a
/// random start: of the cell's first w quanta, floor((w K + start) / W) cross.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/clock.h"
#include "core/draws.h"
#include "core/transport/packets.h"
#include "core/transport/provenance.h"
#include "core/transport/step_tables.h"

namespace myoaxis {

/// What crosses from one cell of packets.
struct Donation {
  std::int64_t total = 0;  // W, quanta in the cell, below 2^51
  std::int64_t lost = 0;   // K
  std::int64_t start = 0;  // from 0 .. W - 1
};

/// What became of the packets.
struct Moved {
  std::vector<std::int64_t> cleared;    // quanta that reached each sink in packets
  std::vector<std::uint32_t> gone;      // rows that hold nothing any more, ascending
  std::vector<std::uint32_t> returned;  // rows of packets that had come back from the brain, ascending
  TagRows<std::int64_t> crossed;        // quanta that each cell gave, by tag
};

/// Quanta of the packets in each cell, chunk by chunk of the rows.
class ChunkTotals {
 public:
  ChunkTotals(Packets const& packets, std::size_t cells);
  std::size_t chunks() const { return chunks_; }
  std::span<std::int64_t const> of(std::size_t chunk) const {
    return {totals_.data() + chunk * cells_, cells_};
  }
  std::vector<std::int64_t> sum() const;

 private:
  std::size_t chunks_;
  std::size_t cells_;
  std::vector<std::int64_t> totals_;
};

/// Takes the donations (one a cell) from the packets, whose totals are given, and moves the packets. Rows
/// stay where they are; those that are gone have weight 0.
Moved move_packets(Packets& packets, ChunkTotals const& totals, StepTables const& tables,
                   std::span<Donation const> donations, DrawKey luck, Tick begin);

/// Drops the rows `gone` (ascending): packets from the end take their places.
void fill_gone(Packets& packets, std::span<std::uint32_t const> gone);

}  // namespace myoaxis
