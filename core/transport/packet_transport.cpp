#include "core/transport/packet_transport.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "core/distributions.h"
#include "core/transport/packet_emission.h"
#include "core/transport/packet_move.h"

namespace myoaxis {
namespace {

/// One step of one factor: the parts in the order in which they are applied.
class PacketStep {
 public:
  PacketStep(Cargo& cargo, CargoKind const& kind, Layout const& layout, StepTables const& tables,
             Step const& step, TagWatch* watch)
      : cargo_{cargo},
        kind_{kind},
        layout_{layout},
        tables_{tables},
        step_{step},
        watch_{watch},
        tags_{cargo.provenance, layout, cargo.counts.quanta, watched_cells()},
        parts_(layout.places(), 0),
        arrived_(layout.places(), 0) {}

  void run(std::span<Release const> releases) {
    move_packets();
    move_counts();
    for (auto const& release : releases) add_release(release);
    settle();
    auto reports = tags_.finish(cargo_.counts.quanta, kind_.session_tags);
    if (watch_) watch_->tags = std::move(reports);
  }

 private:
  std::optional<WatchedCells> watched_cells() const {
    return watch_ ? std::optional<WatchedCells>{{*watch_, tables_.propagator}} : std::nullopt;
  }

  Draws draws(Purpose purpose, std::uint64_t entity) const {
    return Draws{kind_.luck, purpose, child_key(kind_.key, entity), step_.begin.seconds()};
  }

  /// Spreads `number` > 0 parcels of `quanta_each` over the places of a row; returns how many went to each.
  std::span<std::int64_t const> scatter(Draws& source, std::int64_t number, SplitTable const& table,
                                        CellId row, std::int64_t quanta_each = 1) {
    table(source, row.index(), number, parts_);
    for (std::size_t place = 0; place < parts_.size(); ++place)
      arrived_[place] += parts_[place] * quanta_each;
    return parts_;
  }

  /// Draws what crosses from each cell of packets; takes it from them, and moves them.
  void move_packets() {
    auto& packets = cargo_.packets;
    ChunkTotals const totals{packets, layout_.cells()};
    auto const held = totals.sum();
    std::vector<Donation> donations(layout_.cells());
    std::vector<std::vector<std::int64_t>> parts(layout_.cells());  // where the quanta of each cell went
    for (std::size_t i = 0; i < layout_.cells(); ++i) {
      if (held[i] == 0) continue;
      auto const key = layout_.key(id_at<CellId>(i));
      auto crossing = draws(Purpose::crossing, key);
      auto const lost = sample_binomial(crossing, held[i], tables_.crossing[i]);
      donations[i] = {held[i], lost, 0};
      if (lost == 0) continue;
      auto const to = scatter(crossing, lost, tables_.crossed_to, id_at<CellId>(i));
      parts[i].assign(to.begin(), to.end());
      auto const start = draws(Purpose::crossing_donor, key)() % static_cast<std::uint64_t>(held[i]);
      donations[i].start = static_cast<std::int64_t>(start);
    }
    moved_ = myoaxis::move_packets(packets, totals, tables_, donations,
                                   DrawKey{kind_.luck, Purpose::packet_move}, step_.begin);
    tag_crossed(donations, parts);
  }

  /// Which packets gave the quanta that crossed is known; where each of them went is not.
  void tag_crossed(std::vector<Donation> const& donations,
                   std::vector<std::vector<std::int64_t>> const& parts) {
    for (std::size_t i = 0; i < moved_.crossed.tags.size(); ++i) {
      auto const given = moved_.crossed.row(i);
      for (std::size_t cell = 0; cell < given.size(); ++cell) {
        if (given[cell] == 0) continue;
        auto const share = static_cast<double>(given[cell]) / static_cast<double>(donations[cell].lost);
        tags_.arrive(moved_.crossed.tags[i], share, id_at<CellId>(cell), Departure::held, parts[cell]);
      }
    }
  }

  void move_counts() {
    for (std::size_t i = 0; i < layout_.cells(); ++i) {
      auto const cell = id_at<CellId>(i);
      auto move = draws(Purpose::count_move, layout_.key(cell));
      auto const quanta = std::exchange(cargo_.counts.quanta[i], 0);
      if (quanta == 0) continue;
      tags_.carry(cell, quanta, scatter(move, quanta, tables_.counts_to, cell));
    }
  }

  void add_release(Release const& release) {
    if (!(release.rate > 0)) return;
    if (layout_.kept_as(layout_.place(release.cell)) == Representation::packets) {
      release_packets(release);
    } else {
      release_counts(release);
    }
  }

  /// A Poisson number of packets, of which only those that survive the step come into being. What was cleared
  /// already, and what has crossed already (quantum by quantum), are independent Poisson numbers.
  void release_packets(Release const& release) {
    auto const& row = tables_.release_rows[release.cell.index()];
    auto const quanta = release.rate * step_.length().value();
    auto const packets = quanta / static_cast<double>(kind_.packet_weight);
    auto const key = child_key(release.source_key, layout_.key(release.cell));

    auto surviving = draws(Purpose::release_surviving, key);
    auto const born = sample_poisson(surviving, packets * row.surviving);
    add_packets(cargo_.packets, kind_, layout_, tables_, step_, release, static_cast<std::size_t>(born));

    auto cleared_draws = draws(Purpose::release_cleared, key);
    auto const cleared = sample_poisson(cleared_draws, packets * row.cleared);
    if (cleared > 0)
      scatter(cleared_draws, cleared, tables_.release_cleared_to, release.cell, kind_.packet_weight);

    auto crossed_draws = draws(Purpose::release_crossed, key);
    auto const crossed = sample_poisson(crossed_draws, quanta * row.crossed);
    if (crossed > 0)
      tag_released(release, scatter(crossed_draws, crossed, tables_.release_crossed_to, release.cell));
    cargo_.ledger.released[release.source] += (born + cleared) * kind_.packet_weight + crossed;
  }

  void tag_released(Release const& release, std::span<std::int64_t const> parts) {
    for (auto const& [group, share] : group_shares(release))
      tags_.arrive({static_cast<std::uint8_t>(release.source), group, release.session}, share, release.cell,
                   Departure::released, parts);
  }

  void release_counts(Release const& release) {
    auto source = draws(Purpose::release_crossed, child_key(release.source_key, layout_.key(release.cell)));
    auto const quanta = sample_poisson(source, release.rate * step_.length().value());
    if (quanta > 0) tag_released(release, scatter(source, quanta, tables_.release_counts_to, release.cell));
    cargo_.ledger.released[release.source] += quanta;
  }

  /// Clears what reached a sink, takes in what arrived by counts, and drops packets that are gone.
  void settle() {
    for (std::size_t sink = 0; sink < layout_.sinks(); ++sink)
      cargo_.ledger.cleared[sink] += moved_.cleared[sink];
    for (std::size_t place = 0; place < arrived_.size(); ++place) take_in(place, arrived_[place]);
    merge_returned();
    fill_gone(cargo_.packets, moved_.gone);
  }

  void take_in(std::size_t place, std::int64_t quanta) {
    if (quanta == 0) return;
    if (place >= layout_.cells()) {
      cargo_.ledger.cleared[place - layout_.cells()] += quanta;
    } else if (layout_.kept_as(place) == Representation::counts) {
      cargo_.counts.quanta[place] += quanta;
    } else {
      add_returned(place, quanta);
    }
  }

  void add_returned(std::size_t place, std::int64_t quanta) {
    auto& packets = cargo_.packets;
    moved_.returned.push_back(static_cast<std::uint32_t>(packets.size()));
    packets.key.push_back(child_key(kind_.key, layout_.key(id_at<CellId>(place)), kReturned,
                                    static_cast<std::uint64_t>(step_.begin.seconds())));
    packets.weight.push_back(quanta);
    packets.origin.push_back(kNoOrigin);
    packets.birth.push_back(static_cast<std::int32_t>(step_.end().seconds()));
    packets.cell.push_back(static_cast<std::uint16_t>(place));
    packets.session.push_back(kNoSession);
    packets.source.push_back(kReturned);
    packets.group.push_back(kNoGroup);
  }

  /// Packets that came back from the brain are small and many: where a cell holds more than a few of them,
  /// they go on as one.
  void merge_returned() {
    constexpr int few = 4;
    auto& packets = cargo_.packets;
    std::vector<int> held(layout_.cells(), 0);
    for (auto const row : moved_.returned) ++held[packets.cell[row]];
    std::vector<std::optional<std::uint32_t>> heirs(layout_.cells());
    auto const before = static_cast<std::ptrdiff_t>(moved_.gone.size());
    for (auto const row : moved_.returned) {
      if (held[packets.cell[row]] <= few) continue;
      auto& heir = heirs[packets.cell[row]];
      if (heir) {
        packets.weight[*heir] += std::exchange(packets.weight[row], 0);
        moved_.gone.push_back(row);
      } else {
        heir = row;
      }
    }
    std::inplace_merge(moved_.gone.begin(), moved_.gone.begin() + before, moved_.gone.end());
  }

  Cargo& cargo_;
  CargoKind const& kind_;
  Layout const& layout_;
  StepTables const& tables_;
  Step const& step_;
  TagWatch* watch_;
  TagFlows tags_;
  Moved moved_;
  std::vector<std::int64_t> parts_;    // of the last scatter
  std::vector<std::int64_t> arrived_;  // quanta that reach each place one by one
};

std::int64_t carried(Cargo const& cargo) {
  auto const& weight = cargo.packets.weight;
  return std::accumulate(weight.begin(), weight.end(), std::int64_t{0}) +
         std::accumulate(cargo.counts.quanta.begin(), cargo.counts.quanta.end(), std::int64_t{0});
}

}  // namespace

std::vector<std::int64_t> cell_totals(Layout const& layout, Packets const& packets,
                                      CellCounts const& counts) {
  std::vector<std::int64_t> totals = counts.quanta;
  EXPECTS(totals.size() == layout.cells());
  for (std::size_t i = 0; i < packets.size(); ++i) totals[packets.cell[i]] += packets.weight[i];
  return totals;
}

Cargo make_cargo(CargoKind const& kind, Layout const& layout, std::span<double const> expected,
                 std::size_t sources, Tick now) {
  EXPECTS(expected.size() == layout.cells());
  Cargo cargo;
  cargo.counts.quanta.assign(layout.cells(), 0);
  cargo.ledger.released.assign(sources, 0);
  cargo.ledger.cleared.assign(layout.sinks(), 0);
  for (std::size_t i = 0; i < layout.cells(); ++i) {
    auto const cell_key = child_key(kind.key, layout.key(id_at<CellId>(i)));
    if (layout.kept_as(i) == Representation::counts) {
      Draws draws{kind.luck, Purpose::initial_counts, cell_key, 0};
      cargo.counts.quanta[i] = sample_poisson(draws, expected[i]);
      continue;
    }
    Draws draws{kind.luck, Purpose::initial_packets, cell_key, 0};
    auto const number = sample_poisson(draws, expected[i] / static_cast<double>(kind.packet_weight));
    for (std::int64_t k = 0; k < number; ++k) {
      cargo.packets.key.push_back(child_key(cell_key, static_cast<std::uint64_t>(k)));
      cargo.packets.weight.push_back(kind.packet_weight);
      cargo.packets.origin.push_back(kNoOrigin);
      cargo.packets.birth.push_back(static_cast<std::int32_t>(now.seconds()));
      cargo.packets.cell.push_back(static_cast<std::uint16_t>(i));
      cargo.packets.session.push_back(kNoSession);
      cargo.packets.source.push_back(kInitial);
      cargo.packets.group.push_back(kNoGroup);
    }
  }
  cargo.ledger.initial = carried(cargo);
  cargo.provenance = make_provenance(cargo.counts.quanta);
  return cargo;
}

void advance_cargo(Cargo& cargo, CargoKind const& kind, Layout const& layout, StepTables const& tables,
                   Step const& step, std::span<Release const> releases, TagWatch* watch) {
  PacketStep{cargo, kind, layout, tables, step, watch}.run(releases);
  check_balance(cargo.ledger, carried(cargo), kind.factor, to_string(step.end()));
}

std::vector<double> average_content(Cargo const& cargo, Layout const& layout, Propagator const& propagator,
                                    std::span<Release const> releases) {
  auto const totals = cell_totals(layout, cargo.packets, cargo.counts);
  std::vector<double> content(layout.cells(), 0.0);
  auto const add = [&](double quanta, std::span<double const> row) {
    for (std::size_t i = 0; i < content.size(); ++i) content[i] += quanta * row[i];
  };
  for (std::size_t i = 0; i < totals.size(); ++i) {
    if (totals[i] > 0) add(static_cast<double>(totals[i]), propagator.average.row(id_at<CellId>(i)));
  }
  for (auto const& release : releases) {
    add(release.rate * static_cast<double>(propagator.seconds), propagator.released.row(release.cell));
  }
  return content;
}

}  // namespace myoaxis
