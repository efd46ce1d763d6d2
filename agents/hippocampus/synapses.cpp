#include "agents/hippocampus/synapses.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/address.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// Cells that a thread takes at once; each has some thousand sites.
constexpr std::size_t kCellsAtOnce = 16;

/// Bounds of the random numbers (31 bits, 0 .. 2^31 - 1) that lead to each state: the state is the number of
/// bounds that lie below the number. A state that cannot be reached is never reached; other probabilities are
/// right to 2^-31.
using Bounds = std::array<std::int32_t, kSpineStates>;  // the last is never used: a row fills 16 bytes

Bounds bounds_of(std::array<double, kSpineStates> const& probabilities) {
  Bounds bounds{};
  double below = 0;
  for (std::size_t j = 0; j + 1 < kSpineStates; ++j) {
    below = std::min(1.0, below + probabilities[j]);
    bounds[j] = static_cast<std::int32_t>(std::llround(below * 0x1p31) - 1);
  }
  return bounds;
}

std::uint8_t chosen(Bounds const& bounds, std::int32_t number) {
  return static_cast<std::uint8_t>((number > bounds[0]) + (number > bounds[1]) + (number > bounds[2]));
}

/// Calls `visit(k, number)` for each site with its own 31 bits: site k always reads the same part of the
/// stream.
template <class Visit>
void for_each_site(std::size_t sites, Draws draws, Visit&& visit) {
  auto const number = [](std::uint64_t word) { return static_cast<std::int32_t>((word & 0xffffffffu) >> 1); };
  std::size_t k = 0;
  for (; k + 1 < sites; k += 2) {
    auto const word = draws();
    visit(k, number(word));
    visit(k + 1, number(word >> 32));
  }
  if (k < sites) visit(k, number(draws()));
}

/// The moves of the sites of a cell, by the state before.
class Moves {
 public:
  Moves() = default;
  Moves(SynapseParams const& params, double maturity, double plasticity, Seconds dt) {
    auto const transition = spine_transition(params, maturity, plasticity, dt);
    for (std::size_t i = 0; i < kSpineStates; ++i) bounds_[i] = bounds_of(transition[i]);
  }

  void apply(std::span<std::uint8_t> state, Draws draws) const {
    for_each_site(state.size(), draws, [&](std::size_t k, std::int32_t number) {
      EXPECTS(state[k] < kSpineStates);
      state[k] = chosen(bounds_[state[k]], number);
    });
  }

 private:
  std::array<Bounds, kSpineStates> bounds_{};
};

/// The moves of one step. Cells before their first spine and grown ones share those of their niche.
class SynapseStep {
 public:
  SynapseStep(SynapseParams const& params, std::span<double const> plasticity, Tick begin, Tick end)
      : params_{params},
        plasticity_{plasticity},
        middle_{(static_cast<double>(begin.seconds()) + static_cast<double>(end.seconds())) / 2},
        dt_{as_seconds(end - begin)} {
    for (auto const gain : plasticity) {
      bare_.emplace_back(params, 0.0, gain, dt_);
      grown_.emplace_back(params, 1.0, gain, dt_);
    }
  }

  void move(std::span<std::uint8_t> state, double born, std::uint16_t niche, Draws draws) const {
    EXPECTS(niche < plasticity_.size());
    auto const maturity = spine_maturity(Seconds{middle_ - born}, params_);
    if (maturity >= 1) {
      grown_[niche].apply(state, draws);
    } else if (maturity <= 0) {
      bare_[niche].apply(state, draws);
    } else {
      Moves{params_, maturity, plasticity_[niche], dt_}.apply(state, draws);
    }
  }

 private:
  SynapseParams const& params_;
  std::span<double const> plasticity_;
  double middle_;  // s
  Seconds dt_;
  std::vector<Moves> bare_;
  std::vector<Moves> grown_;
};

std::span<std::uint8_t> sites_of(Synapses& synapses, std::size_t cell) {
  return std::span{synapses.state}.subspan(cell * synapses.sites, synapses.sites);
}

/// Number of sites in each state, that can be added.
struct Counts {
  std::array<std::int64_t, kSpineStates> number{};
  Counts& operator+=(Counts const& other) {
    for (std::size_t state = 0; state < kSpineStates; ++state) number[state] += other.number[state];
    return *this;
  }
};

/// Sites of one state. Blocks of 255 fit a sum of single bytes, of which a vector register holds many.
std::int64_t count_of(std::span<std::uint8_t const> sites, std::uint8_t state) {
  constexpr std::size_t block = 255;
  std::int64_t total = 0;
  for (std::size_t begin = 0; begin < sites.size(); begin += block) {
    std::uint8_t number = 0;
    for (auto const site : sites.subspan(begin, std::min(block, sites.size() - begin)))
      number = static_cast<std::uint8_t>(number + (site == state ? 1 : 0));
    total += number;
  }
  return total;
}

}  // namespace

Synapses make_mature_spines(SynapseParams const& params, std::size_t cells, std::size_t sites,
                            std::size_t niches, Luck luck, Tick now) {
  EXPECTS(niches > 0);
  auto const first_key = name_key("granule cell");
  // Twice the time that spines need, so that no rounding leaves a cell short of maturity.
  auto const born = static_cast<double>(now.seconds()) - 2 * params.spines_full.value();
  Synapses synapses;
  synapses.sites = sites;
  resize(synapses.cells, cells);
  synapses.state.resize(cells * sites);
  DrawKey const key{luck, Purpose::spine_initial};
  auto const bounds = bounds_of(settled_spines(params, 1, 1));
  for_each_index(
      cells,
      [&](std::size_t i) {
        synapses.cells.key[i] = child_key(first_key, i);
        synapses.cells.born[i] = born;
        synapses.cells.niche[i] = static_cast<std::uint16_t>(i % niches);
        auto const state = sites_of(synapses, i);
        for_each_site(sites, Draws{key, synapses.cells.key[i], 0},
                      [&](std::size_t k, std::int32_t number) { state[k] = chosen(bounds, number); });
      },
      kCellsAtOnce);
  return synapses;
}

void add_spine_cell(Synapses& synapses, std::uint64_t key, double born, std::uint16_t niche) {
  synapses.cells.key.push_back(key);
  synapses.cells.born.push_back(born);
  synapses.cells.niche.push_back(niche);
  synapses.state.resize(synapses.state.size() + synapses.sites);
}

void remove_spine_cells(Synapses& synapses, std::unordered_set<std::uint64_t> const& keys) {
  auto const stays = [&](std::size_t cell) { return !keys.contains(synapses.cells.key[cell]); };
  std::size_t kept = 0;
  for (std::size_t cell = 0; cell < synapses.cells.size(); ++cell) {
    if (!stays(cell)) continue;
    if (kept != cell) std::ranges::copy(sites_of(synapses, cell), sites_of(synapses, kept).begin());
    ++kept;
  }
  synapses.state.resize(kept * synapses.sites);
  keep_rows(synapses.cells, stays);
}

void advance_synapses(Synapses& synapses, SynapseParams const& params, std::span<double const> plasticity,
                      Luck luck, Tick begin, Tick end) {
  EXPECTS(begin < end && synapses.state.size() == synapses.cells.size() * synapses.sites);
  SynapseStep const step{params, plasticity, begin, end};
  DrawKey const key{luck, Purpose::spine_move};
  auto const& cells = synapses.cells;
  for_each_index(
      cells.size(),
      [&](std::size_t i) {
        step.move(sites_of(synapses, i), cells.born[i], cells.niche[i],
                  Draws{key, cells.key[i], begin.seconds()});
      },
      kCellsAtOnce);
}

std::array<std::int64_t, kSpineStates> count_spines(Synapses const& synapses, std::size_t first,
                                                    std::size_t last) {
  EXPECTS(first <= last && last <= synapses.cells.size());
  auto const total = sum_over<Counts>(last - first, [&](std::size_t i) {
    Counts counts;
    auto const row = std::span{synapses.state}.subspan((first + i) * synapses.sites, synapses.sites);
    for (std::size_t state = 0; state < kSpineStates; ++state)
      counts.number[state] = count_of(row, static_cast<std::uint8_t>(state));
    return counts;
  });
  return total.number;
}

std::array<std::int64_t, kSpineStates> count_spines(Synapses const& synapses) {
  return count_spines(synapses, 0, synapses.cells.size());
}

}  // namespace myoaxis
