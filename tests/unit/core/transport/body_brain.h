/// A small organism for tests of transport: a body of packets, a brain of counts, sinks on both sides.
///
///     blood <-> tissue      blood <-> niche -> fluid -> blood      blood, tissue -> organ      niche ->
///     uptake
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/address.h"
#include "core/state_hash.h"
#include "core/transport/packet_transport.h"

namespace myoaxis {

struct BodyBrain {
  Layout layout;
  CellId blood = layout.add_cell("blood", Representation::packets);
  CellId tissue = layout.add_cell("tissue", Representation::packets);
  CellId niche = layout.add_cell("niche", Representation::counts);
  CellId fluid = layout.add_cell("fluid", Representation::counts);
  SinkId organ = layout.add_sink("organ", Representation::packets);
  SinkId uptake = layout.add_sink("uptake", Representation::counts);

  /// `crossing`: rate from blood to niche, s^-1.
  Generator generator(double crossing = 0.004) const {
    Generator rates{layout};
    rates.add(blood, tissue, PerSecond{0.05});
    rates.add(tissue, blood, PerSecond{0.02});
    rates.add(blood, niche, PerSecond{crossing});
    rates.add(niche, blood, PerSecond{0.003});
    rates.add(niche, fluid, PerSecond{0.01});
    rates.add(fluid, blood, PerSecond{0.006});
    rates.add(blood, organ, PerSecond{0.01});
    rates.add(tissue, organ, PerSecond{0.002});
    rates.add(niche, uptake, PerSecond{0.005});
    return rates;
  }
};

inline StepTables tables_of(Layout const& layout, Generator const& generator, std::int64_t seconds) {
  return {layout, make_propagators(generator, std::span{&seconds, 1}).at(seconds)};
}

inline CargoKind kind_of(std::string const& factor, std::uint64_t seed, std::int64_t packet_weight) {
  return {factor, name_key(factor), Luck{seed, 0}, packet_weight};
}

/// Advances by `steps` steps of the tables' length, from `begin` on.
inline void advance(Cargo& cargo, CargoKind const& kind, Layout const& layout, StepTables const& tables,
                    Tick begin, int steps, std::span<Release const> releases) {
  for (int i = 0; i < steps; ++i) {
    Step const step{begin + i * tables.propagator.seconds, tables.propagator.seconds};
    advance_cargo(cargo, kind, layout, tables, step, releases);
  }
}

inline std::string hash_of(Cargo const& cargo) {
  StateHash hash;
  hash.add_population(cargo.packets);
  hash.add_population(cargo.counts);
  hash.add(std::span<std::int64_t const>{cargo.ledger.released});
  hash.add(std::span<std::int64_t const>{cargo.ledger.cleared});
  return hash.digest();
}

}  // namespace myoaxis
