#include "agents/factor_state.h"

#include <utility>

namespace myoaxis {
namespace {

template <class T>
void move_terms(std::vector<T>& terms, std::vector<std::size_t> const& to, std::size_t number) {
  auto const before = std::exchange(terms, std::vector<T>(terms.empty() ? 0 : number));
  for (std::size_t i = 0; i < before.size(); ++i) terms[to[i]] = before[i];
}

/// Codes beyond the sources (initial, returned) stay.
void move_code(std::uint8_t& source, std::vector<std::size_t> const& to) {
  if (source < to.size()) source = static_cast<std::uint8_t>(to[source]);
}

}  // namespace

void renumber_sources(FactorState& state, std::vector<std::size_t> const& to, std::size_t number) {
  auto& cargo = state.load.cargo;
  auto& field = state.load.field.ledger;
  move_terms(cargo.ledger.released, to, number);
  move_terms(field.released, to, number);
  move_terms(field.released_rest, to, number);
  for (auto& source : cargo.packets.source) move_code(source, to);
  for (auto& tag : cargo.provenance.tags) move_code(tag.source, to);
}

}  // namespace myoaxis
