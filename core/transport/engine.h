/// The three ways to carry a factor over the transport graph, behind one interface and under one law.
///
/// Every quantum moves on its own by the graph's rates. The engines differ in what they keep of that:
///
///     particles   packets with their history in the body, integer counts in the brain
///     counts      an integer for every cell, moved by multinomials over the step's propagator
///     mean        the expectation of either, a real number for every cell
///
/// Their means are equal at any length of step. `particles` is what an experiment is run with; `counts` has
/// no packets and so only the noise of single quanta; `mean` has none at all, so what saturates downstream
/// differs from the others' average by Jensen's gap.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/transport/field.h"
#include "core/transport/packet_transport.h"

namespace myoaxis {

enum class Engine : std::uint8_t { particles, counts, mean };

/// The same places, kept as the engine keeps them: `counts` holds no packets.
Layout layout_for(Engine engine, Layout layout);

/// The content of one factor: a cargo under `particles` and `counts`, a field under `mean`. The other one
/// stays empty.
struct Load {
  Cargo cargo;
  Field field;
};

/// What is carried and how; constant during a run.
struct Freight {
  Engine engine;
  CargoKind const& kind;
  Layout const& layout;  // layout_for(engine, ...)
};

/// The content at the beginning, in quanta: drawn with the expectation `expected` (one entry a cell), or that
/// expectation itself. The ledger begins with it.
Load make_load(Freight const& freight, std::span<double const> expected, std::size_t sources, Tick now);

/// Quanta in each cell.
std::vector<double> content_of(Load const& load, Freight const& freight);

/// Expected quanta in each cell, averaged over the coming step, given the state at its start.
std::vector<double> average_content(Load const& load, Freight const& freight, StepTables const& tables,
                                    std::span<Release const> releases);

/// Advances the content over `step`. Throws InvariantError when the ledger does not close afterwards.
/// `watch`, if given, gets what came into its cells, and stayed there, by tag: nothing under `mean`, whose
/// real numbers do not say where they come from.
void advance_load(Load& load, Freight const& freight, StepTables const& tables, Step const& step,
                  std::span<Release const> releases, TagWatch* watch = nullptr);

/// What the sources release, as flows of a field.
std::vector<FieldFlow> release_flows(std::span<Release const> releases);

}  // namespace myoaxis
