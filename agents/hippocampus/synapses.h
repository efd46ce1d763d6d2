/// Synapses of the granule cells: the sites at which each cell may carry a dendritic spine, one byte a site.
///
/// A step moves every site by the exact probabilities of its chain (spine_rates.h), with the plasticity of
/// the cell's niche and the maturity of the cell in the middle of the step. So the law of a mature cell's
/// spines does not depend on the length of the steps; that of a growing cell's does, by 1e-3 of their number
/// for half days and with the square of the length.
///
/// One random number decides about a site: low ones move it down the chain, high ones up it. So the luck that
/// two regimes share never gives a site less where there is more plasticity, and their difference is seen
/// with the fewest cells.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "agents/hippocampus/spine_rates.h"
#include "core/clock.h"
#include "core/columns.h"
#include "core/draws.h"
#include "core/state_visit.h"

namespace myoaxis {

/// The granule cells that carry the spines.
struct SpineCells {
  std::vector<std::uint64_t> key;
  std::vector<double> born;
  std::vector<std::uint16_t> niche;

  static constexpr auto columns() {
    return std::tuple{column("key", "1", "permanent address of the granule cell's luck", &SpineCells::key),
                      column("born", "s", "time of its last division (birth)", &SpineCells::born),
                      column("niche", "1", "number of the niche it lives in", &SpineCells::niche)};
  }
  std::size_t size() const { return key.size(); }
};

struct Synapses {
  SpineCells cells;
  std::size_t sites = 0;            // of each cell
  std::vector<std::uint8_t> state;  // SpineState of site k of cell i at i * sites + k
};

template <class Visitor, StateOf<Synapses> State>
void visit_state(Visitor const& visitor, State& synapses) {
  visit_columns(visitor.in("cells"), synapses.cells);
  visitor(About{"sites", "1", "sites of each cell"}, synapses.sites);
  visitor(About{"state", "1", "state of the spine at each site, cell by cell"}, synapses.state);
}

/// Mature granule cells that were born long before `now`, spread over the niches one after the other, with
/// the spines to which rest settles.
Synapses make_mature_spines(SynapseParams const& params, std::size_t cells, std::size_t sites,
                            std::size_t niches, Luck luck, Tick now);

/// Appends a cell without a spine.
void add_spine_cell(Synapses& synapses, std::uint64_t key, double born, std::uint16_t niche);

/// Removes the cells of these keys, with their spines; the others keep their order.
void remove_spine_cells(Synapses& synapses, std::unordered_set<std::uint64_t> const& keys);

/// Advances all spines from `begin` to `end` (any length). `plasticity` has one entry a niche.
void advance_synapses(Synapses& synapses, SynapseParams const& params, std::span<double const> plasticity,
                      Luck luck, Tick begin, Tick end);

/// Number of sites in each state.
std::array<std::int64_t, kSpineStates> count_spines(Synapses const& synapses);

/// The same of the cells `first` .. `last` - 1 (rows).
std::array<std::int64_t, kSpineStates> count_spines(Synapses const& synapses, std::size_t first,
                                                    std::size_t last);

}  // namespace myoaxis
