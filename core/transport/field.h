/// A factor of so many molecules that noise is nil: its concentration travels instead of packets.
///
/// Lactate or kynurenine is a `Field`: a content in mol for each cell of the transport graph. Over a step of
/// length h it moves by the same propagators as packets and counts do (P, Phi and Psi of propagator.h):
///
///     content'  = content P   + h sum over flows of rate Phi(cell, .)     at the end of the step
///     <content> = content Phi + h sum over flows of rate Psi(cell, .)     mean over the step
///
/// A flow is constant over the step. What is not linear (a reversible carrier, a conversion) is a flow too,
/// whose rate the caller reads from the mean content by `midpoint_flows`.
///
/// What reaches a sink is cleared. Rounding makes or loses some 1e-16 of what a step moves; each step gives
/// that difference to the place that got the most, so that the balance closes after any number of steps.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "core/columns.h"
#include "core/step_plan.h"
#include "core/transport/graph.h"
#include "core/transport/ledger.h"
#include "core/transport/propagator.h"

namespace myoaxis {

/// Terms in mol since the beginning of the run: initial + released = carried + cleared. What is converted
/// into another factor leaves by a sink, and enters there by a source. All terms are >= 0.
struct FieldLedger {
  double initial = 0;
  std::vector<double> released;  // by source
  std::vector<double> cleared;   // by sink
  /// What rounding has withheld from each term so far, for the next booking: a million equal amounts would
  /// otherwise be a million equal errors. Part of the state, as a restarted run has to give the same bits.
  std::vector<double> released_rest, cleared_rest;

  static constexpr auto members() {
    using L = FieldLedger;
    return std::tuple{
        member("initial", "mol", "amount at the beginning of the run", &L::initial),
        member("released", "mol", "amount released since then, by source", &L::released),
        member("cleared", "mol", "amount cleared since then, by sink", &L::cleared),
        member("released_rest", "mol", "what rounding has withheld from released", &L::released_rest),
        member("cleared_rest", "mol", "what rounding has withheld from cleared", &L::cleared_rest)};
  }

  /// All that ever entered or left.
  double turnover() const;
  /// What must still be carried.
  double expected_content() const;
};

struct Field {
  std::vector<double> content;  // one a cell, >= 0
  FieldLedger ledger;

  static constexpr auto columns() {
    return std::tuple{column("content", "mol", "amount in the cell", &Field::content)};
  }
};

/// What flows into a cell (rate > 0) or out of it (rate < 0) besides the linear transport, constant over the
/// step. An inflow may have a source, where it is booked as released; an outflow may have a sink, where it is
/// booked as cleared. One with neither is an end of a transfer between cells of this field: the ends of all
/// transfers of a step have to cancel.
struct FieldFlow {
  CellId cell;
  double rate;  // mol/s
  std::optional<std::size_t> source = std::nullopt;
  std::optional<std::size_t> sink = std::nullopt;
};

/// `expected`: initial content (mol, one entry a cell, >= 0). The ledger begins with it.
Field make_field(Layout const& layout, std::span<double const> expected, std::size_t sources);

/// What the ledger demands minus what is carried, mol, without the rounding of a plain sum.
double imbalance(Field const& field);

/// Content of each cell (mol), averaged over the coming step.
std::vector<double> average_content(Field const& field, Layout const& layout, Propagator const& propagator,
                                    std::span<FieldFlow const> flows);

/// Advances the field over `step`. Throws InvariantError, naming factor, cell and time,
/// - when a flow contradicts its source or sink, or transfers do not cancel to 1e-12 of their sum;
/// - when a place would get less than -1e-9 of what the field held and took in: the flows take more than
/// there
///   is, so the step is too long for them. A smaller deficit is set to 0, at the expense of all other places
///   in proportion;
/// - when the ledger does not close afterwards to 1e-12 of what the field held and took in, which is never
///   more than the turnover.
void advance_field(Field& field, std::string const& factor, Layout const& layout,
                   Propagator const& propagator, Step const& step, std::span<FieldFlow const> flows);

/// The `constant` flows of a step and those that depend on content, `flows_of(content)` with content a span
/// of mol, one a cell: read at the content that the step would have on average if they stayed as they are at
/// its start (exponential midpoint rule, an error of second order in the step's length). Content that flows
/// would draw below 0 is handed on as it is.
template <class FlowsOf>
std::vector<FieldFlow> midpoint_flows(Field const& field, Layout const& layout, Propagator const& propagator,
                                      std::span<FieldFlow const> constant, FlowsOf&& flows_of) {
  auto const with = [&](std::span<double const> content) {
    std::vector<FieldFlow> flows{constant.begin(), constant.end()};
    for (FieldFlow const& flow : flows_of(content)) flows.push_back(flow);
    return flows;
  };
  return with(average_content(field, layout, propagator, with(field.content)));
}

}  // namespace myoaxis
