/// Transport of one factor over one step by the engine `particles`: the body is packets, the brain is counts.
///
/// A packet that crossed the barrier whole would be pure noise in a niche. So the quanta of a body cell cross
/// one by one: of its W quanta, K ~ Binomial(W, p) cross, spread by a multinomial over the brain's cells and
/// sinks; the cell's packets lose them by systematic sampling over their weights; what is left of each packet
/// moves by the propagator's row, conditioned on not crossing. Counts move by multinomials of their rows;
/// quanta that come back become small packets. Where the quanta in the brain come from is kept beside the
/// counts (provenance.h). The means are those of the exact propagator at any step
/// length.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/draws.h"
#include "core/step_plan.h"
#include "core/transport/ledger.h"
#include "core/transport/packets.h"
#include "core/transport/provenance.h"
#include "core/transport/step_tables.h"

namespace myoaxis {

/// What does not change from step to step: whose luck, which factor, how heavy a new packet is.
struct CargoKind {
  std::string factor;
  std::uint64_t key = 0;  // name_key(factor)
  Luck luck;
  std::int64_t packet_weight = 1;  // quanta
  /// Sessions whose quanta in the brain are told apart, at least 1; changes no draw.
  std::size_t session_tags = kMostSessionTags;
};

/// All quanta of one factor.
struct Cargo {
  Packets packets;
  CellCounts counts;
  Ledger ledger;
  Provenance provenance;  // of the counts
};

/// One source of the factor in one cell, constant over the step; at most one for each source and cell.
struct Release {
  std::size_t source;        // its number in the ledger
  std::uint64_t source_key;  // permanent key of the source
  CellId cell;
  double rate;  // quanta/s
  /// Running sum of the rates of the agents behind the source, to choose a packet's origin; may be empty.
  std::span<double const> origins;
  std::uint16_t session = kNoSession;
  /// Class of each agent, one an entry of `origins`; may be empty.
  std::span<std::uint8_t const> groups = {};
};

/// Draws the initial content: in cells of packets a Poisson number of packets, in cells of counts a Poisson
/// number of quanta, of the given expectation (quanta, one entry a cell). The ledger begins with it.
Cargo make_cargo(CargoKind const& kind, Layout const& layout, std::span<double const> expected,
                 std::size_t sources, Tick now);

/// Advances the cargo over `step`: crossing, movement, clearance, release. Throws InvariantError when the
/// ledger does not close afterwards. `watch`, if given, gets what came into its cells, and stayed there, by
/// tag.
void advance_cargo(Cargo& cargo, CargoKind const& kind, Layout const& layout, StepTables const& tables,
                   Step const& step, std::span<Release const> releases, TagWatch* watch = nullptr);

/// Expected content of each cell (quanta), averaged over the coming step, given the state at its start.
/// Signals and concentrations are read so: the noise of packets then does not enter them twice.
std::vector<double> average_content(Cargo const& cargo, Layout const& layout, Propagator const& propagator,
                                    std::span<Release const> releases);

}  // namespace myoaxis
