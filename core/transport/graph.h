/// The one transport graph: cells that quanta travel between, and sinks that end their way.
///
/// Vessel segments, interstitia, organs and niches are all cells of one continuous-time Markov chain; flow,
/// exchange, barrier crossing and clearance are its rates. The graph knows no biology: whoever builds it adds
/// rates in s^-1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.h"
#include "core/quantity.h"

namespace myoaxis {

using CellId = Id<struct Cell_>;
using SinkId = Id<struct Sink_>;

/// How the quanta of a place are kept: as packets that move whole, or as an integer count. The body is
/// packets; the brain, where a packet of plasma size would be pure noise, is counts.
enum class Representation : std::uint8_t { packets, counts };

/// The places of a graph: its cells, then its sinks, numbered through.
class Layout {
 public:
  CellId add_cell(std::string name, Representation kept_as);
  /// A sink is an absorbing state; `kept_as` says on which side of the barrier it lies.
  SinkId add_sink(std::string name, Representation kept_as);

  std::size_t cells() const { return cells_.size(); }
  std::size_t sinks() const { return sinks_.size(); }
  std::size_t places() const { return cells() + sinks(); }
  std::size_t place(CellId cell) const { return cell.index(); }
  std::size_t place(SinkId sink) const { return cells() + sink.index(); }

  std::string const& name(CellId cell) const { return cells_[cell.index()].name; }
  std::string const& name(SinkId sink) const { return sinks_[sink.index()].name; }
  /// Permanent key of a cell, from its name: adding another cell changes no draw of this one.
  std::uint64_t key(CellId cell) const { return cells_[cell.index()].key; }
  Representation kept_as(std::size_t place) const;
  /// Keeps every place as counts.
  void count_everywhere();
  std::optional<CellId> find_cell(std::string_view name) const;
  std::optional<SinkId> find_sink(std::string_view name) const;

 private:
  struct Place {
    std::string name;
    std::uint64_t key;
    Representation kept_as;
  };
  std::vector<Place> cells_;
  std::vector<Place> sinks_;
};

/// The rates of one factor in one hemodynamic state, over the places of a layout.
class Generator {
 public:
  struct Rate {
    std::size_t from;
    std::size_t to;
    double per_second;
  };

  /// Holds for a layout that is complete: places are numbered through.
  explicit Generator(Layout const& layout) : layout_{&layout} {}

  /// Adds to the rate (>= 0) at which a quantum of `from` goes to `to`.
  void add(CellId from, CellId to, PerSecond rate);
  void add(CellId from, SinkId to, PerSecond rate);

  Layout const& layout() const { return *layout_; }
  std::vector<Rate> const& rates() const { return rates_; }
  /// Total rate at which a quantum leaves each cell, s^-1.
  std::vector<double> exit_rates() const;

 private:
  void add_rate(std::size_t from, std::size_t to, double per_second);

  Layout const* layout_;
  std::vector<Rate> rates_;
};

/// Expected quanta in each cell at rest under constant sources (quanta/s, one entry a cell): the solution of
/// 0 = source + x Q. Throws
/// std::runtime_error, naming the cell, when one reaches no sink.
std::vector<double> stationary_content(Generator const& generator, std::vector<double> const& source);

}  // namespace myoaxis
