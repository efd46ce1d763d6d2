#include "core/transport/graph.h"

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "core/address.h"
#include "core/contracts.h"

namespace myoaxis {

CellId Layout::add_cell(std::string name, Representation kept_as) {
  EXPECTS(!find_cell(name));
  EXPECTS(places() < std::numeric_limits<std::uint16_t>::max());  // packets store places in 16 bits
  auto const key = name_key(name);
  cells_.push_back({std::move(name), key, kept_as});
  return id_at<CellId>(cells_.size() - 1);
}

SinkId Layout::add_sink(std::string name, Representation kept_as) {
  EXPECTS(!find_sink(name));
  auto const key = name_key(name);
  sinks_.push_back({std::move(name), key, kept_as});
  return id_at<SinkId>(sinks_.size() - 1);
}

Representation Layout::kept_as(std::size_t place) const {
  EXPECTS(place < places());
  return place < cells() ? cells_[place].kept_as : sinks_[place - cells()].kept_as;
}

void Layout::count_everywhere() {
  for (auto* places : {&cells_, &sinks_}) {
    for (auto& place : *places) place.kept_as = Representation::counts;
  }
}

std::optional<CellId> Layout::find_cell(std::string_view name) const {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].name == name) return id_at<CellId>(i);
  }
  return {};
}

std::optional<SinkId> Layout::find_sink(std::string_view name) const {
  for (std::size_t i = 0; i < sinks_.size(); ++i) {
    if (sinks_[i].name == name) return id_at<SinkId>(i);
  }
  return {};
}

void Generator::add(CellId from, CellId to, PerSecond rate) {
  add_rate(layout_->place(from), layout_->place(to), rate.value());
}

void Generator::add(CellId from, SinkId to, PerSecond rate) {
  add_rate(layout_->place(from), layout_->place(to), rate.value());
}

void Generator::add_rate(std::size_t from, std::size_t to, double per_second) {
  EXPECTS(from != to && per_second >= 0);
  if (per_second > 0) rates_.push_back({from, to, per_second});
}

std::vector<double> Generator::exit_rates() const {
  std::vector<double> exit(layout_->cells(), 0.0);
  for (auto const& rate : rates_) exit[rate.from] += rate.per_second;
  return exit;
}

namespace {

/// Throws unless every cell reaches a sink along the rates. Elimination would not notice: its last pivot,
/// which ought to be 0, is a rounding error.
void check_reaches_sink(Generator const& generator) {
  auto const& layout = generator.layout();
  std::vector<bool> reaches(layout.places(), false);
  std::fill(reaches.begin() + static_cast<std::ptrdiff_t>(layout.cells()), reaches.end(), true);
  for (bool changed = true; changed;) {
    changed = false;
    for (auto const& rate : generator.rates()) {
      if (reaches[rate.from] || !reaches[rate.to]) continue;
      reaches[rate.from] = true;
      changed = true;
    }
  }
  for (std::size_t i = 0; i < layout.cells(); ++i) {
    if (reaches[i]) continue;
    throw std::runtime_error{"no stationary state: the cell '" + layout.name(id_at<CellId>(i)) +
                             "' reaches no sink"};
  }
}

}  // namespace

std::vector<double> stationary_content(Generator const& generator, std::vector<double> const& source) {
  auto const n = static_cast<Eigen::Index>(generator.layout().cells());
  EXPECTS(source.size() == generator.layout().cells());
  check_reaches_sink(generator);
  // x Q = -source, transposed: the columns of the system are the cells that quanta leave.
  std::vector<Eigen::Triplet<double>> entries;
  for (auto const& rate : generator.rates()) {
    auto const from = static_cast<int>(rate.from);
    entries.emplace_back(from, from, rate.per_second);
    if (rate.to < generator.layout().cells())
      entries.emplace_back(static_cast<int>(rate.to), from, -rate.per_second);
  }
  Eigen::SparseMatrix<double> system{n, n};
  system.setFromTriplets(entries.begin(), entries.end());
  Eigen::SparseLU<Eigen::SparseMatrix<double>> solver{system};
  if (solver.info() != Eigen::Success) {
    throw std::runtime_error{"the stationary state of the transport graph cannot be solved for"};
  }
  Eigen::VectorXd const content = solver.solve(Eigen::Map<Eigen::VectorXd const>{source.data(), n});
  return {content.data(), content.data() + n};
}

}  // namespace myoaxis
