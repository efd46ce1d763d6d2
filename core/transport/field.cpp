#include "core/transport/field.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/statistics/moments.h"
#include "core/transport/booking.h"

namespace myoaxis {
namespace {

/// To what share of what it moved a step's balance has to close.
constexpr double kClosure = 1e-12;
/// Deficit of a place, as a share of what the step moved, that is taken for an error of the flows' rule.
constexpr double kRuleError = 1e-9;
/// What a compensated sum resolves, as a share of the turnover.
constexpr double kResolution = 1e-24;

/// A sum in twice the precision (Neumaier 1974).
class CompensatedSum {
 public:
  void add(double term) {
    auto const [sum, error] = exact_sum(sum_, term);
    sum_ = sum;
    rest_ += error;
  }
  void add(std::span<double const> terms, double sign) {
    for (auto const term : terms) add(sign * term);
  }
  double value() const { return sum_ + rest_; }

 private:
  double sum_ = 0;
  double rest_ = 0;
};

CompensatedSum demanded(FieldLedger const& ledger) {
  CompensatedSum sum;
  sum.add(ledger.initial);
  sum.add(ledger.released, 1);
  sum.add(ledger.cleared, -1);
  sum.add(ledger.released_rest, 1);
  sum.add(ledger.cleared_rest, -1);
  return sum;
}

/// Adds `amount` times the first entries of `row` to `to`.
void add_row(std::vector<double>& to, double amount, std::span<double const> row) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += amount * row[i];
}

/// Adds to `to` what the matrix makes of one amount a cell.
void add_product(std::vector<double>& to, std::span<double const> amounts, PlaceMatrix const& matrix) {
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (amounts[i] != 0) add_row(to, amounts[i], matrix.row(id_at<CellId>(i)));
  }
}

/// What flows bring to each cell during the step, mol.
std::vector<double> net_inflow(Layout const& layout, std::span<FieldFlow const> flows, double length) {
  std::vector<double> amounts(layout.cells(), 0.0);
  for (auto const& flow : flows) {
    EXPECTS(flow.cell.index() < amounts.size());
    amounts[flow.cell.index()] += length * flow.rate;
  }
  return amounts;
}

/// What is wrong with a flow; empty when nothing is.
std::string_view contradiction(FieldFlow const& flow, FieldLedger const& ledger) {
  if (!std::isfinite(flow.rate)) return "its rate is not a number";
  if (flow.source && flow.sink) return "it has both a source and a sink";
  if (flow.source && *flow.source >= ledger.released.size()) return "its source is not in the ledger";
  if (flow.sink && *flow.sink >= ledger.cleared.size()) return "its sink is not in the ledger";
  if (flow.source && flow.rate < 0) return "a source cannot take";
  if (flow.sink && flow.rate > 0) return "a sink cannot give";
  return {};
}

/// One step of one field: the parts in the order in which they are applied.
class FieldStep {
 public:
  FieldStep(Field& field, std::string const& factor, Layout const& layout, Step const& step)
      : field_{field},
        factor_{factor},
        layout_{layout},
        step_{step},
        arrived_(layout.places(), 0.0),
        moved_{sum_of(field.content)} {}

  void run(Propagator const& propagator, std::span<FieldFlow const> flows) {
    check_flows(flows);
    add_product(arrived_, field_.content, propagator.at_end);
    add_product(arrived_, net_inflow(layout_, flows, length()), propagator.average);
    add_outflows(flows);
    settle_deficits();
    book_released(flows);
    take_in();
    close();
  }

 private:
  double length() const { return step_.length().value(); }
  std::string when() const { return to_string(step_.end()); }

  void check_flows(std::span<FieldFlow const> flows) {
    CompensatedSum transferred;
    double both_ways = 0;
    for (auto const& flow : flows) {
      check_flow(flow);
      moved_ += length() * std::max(flow.rate, 0.0);
      if (flow.source || flow.sink) continue;
      transferred.add(flow.rate);
      both_ways += std::abs(flow.rate);
    }
    if (std::abs(transferred.value()) <= kClosure * both_ways) return;
    throw InvariantError{
        fmt::format("transfers of {} between cells do not cancel in the step to {}: {} mol/s of {} mol/s are "
                    "left (a flow without source and sink leaves one cell and enters another)",
                    factor_, when(), transferred.value(), both_ways)};
  }

  void check_flow(FieldFlow const& flow) const {
    auto const known = flow.cell.index() < layout_.cells();
    auto const problem = known ? contradiction(flow, field_.ledger) : "its cell is not in the graph";
    if (problem.empty()) return;
    throw InvariantError{fmt::format("a flow of {} {} mol/s in {} is wrong in the step to {}: {}", factor_,
                                     flow.rate, known ? layout_.name(flow.cell) : "an unknown cell", when(),
                                     problem)};
  }

  /// What flows take to a sink is there whole at the end of the step; the rows of Phi have told which places
  /// lack it.
  void add_outflows(std::span<FieldFlow const> flows) {
    for (auto const& flow : flows) {
      if (flow.sink) arrived_[layout_.cells() + *flow.sink] -= length() * flow.rate;
    }
  }

  /// The linear transport leaves nothing negative; flows out of a cell may, by rounding or by the error of
  /// the rule that their rates come from.
  void settle_deficits() {
    double positive = 0, negative = 0;
    for (auto const amount : arrived_) (amount < 0 ? negative : positive) += amount;
    if (negative == 0) return;
    auto const worst = std::min_element(arrived_.begin(), arrived_.end());
    if (*worst < -kRuleError * moved_) throw_deficit(static_cast<std::size_t>(worst - arrived_.begin()));
    auto const kept = std::max(0.0, 1 + negative / positive);
    for (auto& amount : arrived_) amount = amount < 0 ? 0 : amount * kept;
  }

  [[noreturn]] void throw_deficit(std::size_t place) const {
    auto const is_cell = place < layout_.cells();
    throw InvariantError{fmt::format(
        "{} in {} would fall to {} mol at {} (its flows take more than there is in a step of {} s). Use "
        "shorter steps",
        factor_,
        is_cell ? layout_.name(id_at<CellId>(place)) : layout_.name(id_at<SinkId>(place - layout_.cells())),
        arrived_[place], when(), step_.seconds)};
  }

  void book_released(std::span<FieldFlow const> flows) {
    auto& ledger = field_.ledger;
    for (auto const& flow : flows) {
      if (!flow.source) continue;
      book(ledger.released[*flow.source], ledger.released_rest[*flow.source], length() * flow.rate);
    }
  }

  void book_cleared(std::size_t sink, double amount) {
    book(field_.ledger.cleared[sink], field_.ledger.cleared_rest[sink], amount);
  }

  void take_in() {
    auto const cells = layout_.cells();
    for (std::size_t i = 0; i < cells; ++i) field_.content[i] = arrived_[i];
    for (std::size_t i = cells; i < arrived_.size(); ++i) book_cleared(i - cells, arrived_[i]);
  }

  /// Checks the balance, then evens out what rounding left of it, lest it grow from step to step.
  void close() {
    auto const missing = imbalance(field_);
    auto const turnover = field_.ledger.turnover();
    auto const unseen = kResolution * turnover;
    if (!(std::abs(missing) <= std::max(kClosure * std::min(moved_, turnover), unseen))) throw_imbalance();
    if (std::abs(missing) <= unseen) return;
    auto const most = std::max_element(arrived_.begin(), arrived_.end());
    auto const place = static_cast<std::size_t>(most - arrived_.begin());
    if (place < layout_.cells()) {
      field_.content[place] += missing;
    } else {
      book_cleared(place - layout_.cells(), missing);
    }
  }

  [[noreturn]] void throw_imbalance() const {
    auto const& ledger = field_.ledger;
    throw InvariantError{
        fmt::format("the ledger of {} does not close at {}: initial {} + released {} - cleared {} = {} mol, "
                    "but {} are carried",
                    factor_, when(), ledger.initial, sum_of(ledger.released), sum_of(ledger.cleared),
                    ledger.expected_content(), sum_of(field_.content))};
  }

  Field& field_;
  std::string const& factor_;
  Layout const& layout_;
  Step const& step_;
  std::vector<double> arrived_;  // mol at each place at the end of the step
  double moved_;                 // mol that the field held and took in
};

}  // namespace

double FieldLedger::turnover() const { return initial + sum_of(released) + sum_of(cleared); }

double FieldLedger::expected_content() const { return demanded(*this).value(); }

Field make_field(Layout const& layout, std::span<double const> expected, std::size_t sources) {
  EXPECTS(expected.size() == layout.cells());
  EXPECTS(std::all_of(expected.begin(), expected.end(), [](double content) { return content >= 0; }));
  std::vector<double> const none(sources, 0.0), uncleared(layout.sinks(), 0.0);
  CompensatedSum initial;
  initial.add(expected, 1);
  return {{expected.begin(), expected.end()}, {initial.value(), none, uncleared, none, uncleared}};
}

double imbalance(Field const& field) {
  auto sum = demanded(field.ledger);
  sum.add(field.content, -1);
  return sum.value();
}

std::vector<double> average_content(Field const& field, Layout const& layout, Propagator const& propagator,
                                    std::span<FieldFlow const> flows) {
  EXPECTS(field.content.size() == layout.cells());
  std::vector<double> content(layout.cells(), 0.0);
  add_product(content, field.content, propagator.average);
  add_product(content, net_inflow(layout, flows, as_seconds(propagator.seconds).value()),
              propagator.released);
  return content;
}

void advance_field(Field& field, std::string const& factor, Layout const& layout,
                   Propagator const& propagator, Step const& step, std::span<FieldFlow const> flows) {
  EXPECTS(field.content.size() == layout.cells());
  EXPECTS(field.ledger.cleared.size() == layout.sinks());
  EXPECTS(propagator.seconds == step.seconds);
  FieldStep{field, factor, layout, step}.run(propagator, flows);
}

}  // namespace myoaxis
