#include "agents/factor_state.h"

#include <utility>

#include "agents/session_numbers.h"
#include "core/transport/booking.h"

namespace myoaxis {
namespace {

template <class T>
void move_terms(std::vector<T>& terms, std::vector<std::size_t> const& to, std::size_t number) {
  auto const before = std::exchange(terms, std::vector<T>(terms.empty() ? 0 : number));
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (to[i] != kInitial) terms[to[i]] = before[i];
  }
}

/// What a source has released counts as there at the beginning; gives what rounding withholds from that.
double count_as_initial(FieldLedger const& ledger, std::size_t source, double& initial) {
  double withheld = 0;
  book(initial, withheld, ledger.released[source]);
  book(initial, withheld, ledger.released_rest[source]);
  return withheld;
}

/// Codes beyond the sources (initial, returned) stay.
void move_code(std::uint8_t& source, std::vector<std::size_t> const& to) {
  if (source < to.size()) source = static_cast<std::uint8_t>(to[source]);
}

/// Sessions are merged, or outside of any, beyond the numbers.
void move_session(std::uint16_t& session, std::vector<std::optional<std::size_t>> const& to) {
  if (session >= kMergedSessions) return;
  auto const known = session < to.size() && to[session];
  session = known ? static_cast<std::uint16_t>(*to[session]) : kMergedSessions;
}

/// Tags that have become the same share one row.
void join_equal_tags(Provenance& provenance) {
  Provenance joined{.cells = provenance.cells, .tags = {}, .values = {}};
  for (std::size_t i = 0; i < provenance.tags.size(); ++i) {
    auto const to = joined.row(joined.row_of(provenance.tags[i]));
    auto const from = provenance.row(i);
    for (std::size_t cell = 0; cell < from.size(); ++cell) to[cell] += from[cell];
  }
  provenance = std::move(joined);
}

}  // namespace

void renumber_sources(FactorState& state, std::vector<std::size_t> const& to, std::size_t number) {
  auto& cargo = state.load.cargo;
  auto& field = state.load.field.ledger;
  double withheld = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i] != kInitial) continue;
    if (i < cargo.ledger.released.size()) cargo.ledger.initial += cargo.ledger.released[i];
    if (i < field.released.size()) withheld += count_as_initial(field, i, field.initial);
  }
  move_terms(cargo.ledger.released, to, number);
  move_terms(field.released, to, number);
  move_terms(field.released_rest, to, number);
  if (!field.released_rest.empty()) field.released_rest.front() += withheld;
  for (auto& source : cargo.packets.source) move_code(source, to);
  for (auto& tag : cargo.provenance.tags) move_code(tag.source, to);
  join_equal_tags(cargo.provenance);
}

void renumber_sessions(FactorState& state, std::vector<std::optional<std::size_t>> const& to) {
  auto& cargo = state.load.cargo;
  for (auto& session : cargo.packets.session) move_session(session, to);
  for (auto& tag : cargo.provenance.tags) move_session(tag.session, to);
  join_equal_tags(cargo.provenance);
}

}  // namespace myoaxis
