#include "core/transport/packet_move.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/draw_words.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// Rows that one thread takes at a time; their columns and random words fit into the first caches.
constexpr std::size_t kRows = 2048;

std::size_t chunks_of(std::size_t packets) { return (packets + kRows - 1) / kRows; }

/// Systematic sampling from one cell, packet after packet: the rest of (w K + start) / W so far.
struct Sampling {
  std::int64_t total = 1;
  std::int64_t lost = 0;
  std::int64_t rest = 0;
  double ratio = 0;

  Sampling() = default;
  explicit Sampling(Donation const& donation)
      : total{donation.total},
        lost{donation.lost},
        rest{donation.start},
        ratio{static_cast<double>(donation.lost) / static_cast<double>(donation.total)} {}

  /// How many of the next `quanta` go: the whole part of (quanta K + rest) / W. The quotient of quanta K / W
  /// in floating point is off by one at most as W < 2^51; its remainder, exact modulo 2^64, tells. Whether
  /// the rest makes one more go nobody can guess, so that is no branch.
  std::int64_t take(std::int64_t quanta) {
    auto taken = static_cast<std::int64_t>(static_cast<double>(quanta) * ratio);
    auto const wide = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
    auto remainder = static_cast<std::int64_t>(wide(quanta) * wide(lost) - wide(taken) * wide(total));
    for (; remainder < 0; remainder += total) --taken;
    for (; remainder >= total; remainder -= total) ++taken;
    auto const sum = rest + remainder;
    auto const one_more = std::int64_t{sum >= total};
    rest = sum - (total & -one_more);
    return taken + one_more;
  }
};

/// Quanta that cross, by tag and cell. Most packets have one of a few tags.
class CrossedTags {
 public:
  explicit CrossedTags(std::size_t cells) { rows_.cells = cells; }
  void add(Tag tag, std::size_t cell, std::int64_t quanta) {
    auto& row = cache_[(tag.session * 5u + tag.source * 3u + tag.group) % kCached];
    if (row >= rows_.tags.size() || rows_.tags[row] != tag) row = rows_.row_of(tag);
    rows_.values[row * rows_.cells + cell] += quanta;
  }
  TagRows<std::int64_t> take() { return std::move(rows_); }

 private:
  static constexpr std::size_t kCached = 64;
  TagRows<std::int64_t> rows_;
  std::array<std::size_t, kCached> cache_{};
};

/// The packets of one chunk.
class ChunkMove {
 public:
  ChunkMove(Packets& packets, StepTables const& tables, std::size_t first, std::vector<Sampling> samplings)
      : packets_{packets},
        tables_{tables},
        first_{first},
        number_{std::min(kRows, packets.size() - first)},
        samplings_{std::move(samplings)},
        crossed_{samplings_.size()} {}

  Moved run(std::size_t places, DrawKey luck, Tick begin) {
    std::array<std::uint64_t, kRows> words;
    first_words(luck, std::span{packets_.key}.subspan(first_, number_), begin.seconds(),
                std::span{words}.first(number_));
    give();
    std::vector<std::int64_t> carried(places, 0);  // quanta in packets that reached each place
    auto const cells = samplings_.size();
    auto* const cell = packets_.cell.data() + first_;
    auto* const weight = packets_.weight.data() + first_;
    std::array<std::uint32_t, kRows> gone;
    std::size_t gone_number = 0;
    // No branch on where the packet goes, which nobody can guess.
    for (std::size_t i = 0; i < number_; ++i) {
      auto const quanta = weight[i];
      auto const place = quanta > 0 ? tables_.moved_to(cell[i], unit_interval(words[i])) : cell[i];
      carried[place] += quanta;
      auto const left = place < cells ? quanta : 0;
      cell[i] = place;
      weight[i] = left;
      gone[gone_number] = static_cast<std::uint32_t>(first_ + i);
      gone_number += left == 0;
    }
    return {{carried.begin() + static_cast<std::ptrdiff_t>(cells), carried.end()},
            {gone.begin(), gone.begin() + static_cast<std::ptrdiff_t>(gone_number)},
            returned(),
            crossed_.take()};
  }

 private:
  /// Every packet gives up what crosses.
  void give() {
    auto const* const cell = packets_.cell.data() + first_;
    auto const* const source = packets_.source.data() + first_;
    auto const* const group = packets_.group.data() + first_;
    auto const* const session = packets_.session.data() + first_;
    auto* const weight = packets_.weight.data() + first_;
    auto* const samplings = samplings_.data();
    for (std::size_t i = 0; i < number_; ++i) {
      auto& sampling = samplings[cell[i]];
      if (sampling.lost == 0) continue;
      auto const taken = sampling.take(weight[i]);
      weight[i] -= taken;
      if (taken > 0) crossed_.add({source[i], group[i], session[i]}, cell[i], taken);
    }
  }

  std::vector<std::uint32_t> returned() const {
    std::vector<std::uint32_t> rows;
    auto const* const source = packets_.source.data() + first_;
    auto const* const end = source + number_;
    // They are rare: a search through bytes passes over all others.
    for (auto const* at = source; at != end; ++at) {
      at = static_cast<std::uint8_t const*>(std::memchr(at, kReturned, static_cast<std::size_t>(end - at)));
      if (at == nullptr) break;
      auto const row = first_ + static_cast<std::size_t>(at - source);
      if (packets_.weight[row] > 0) rows.push_back(static_cast<std::uint32_t>(row));
    }
    return rows;
  }

  Packets& packets_;
  StepTables const& tables_;
  std::size_t first_;
  std::size_t number_;
  std::vector<Sampling> samplings_;  // one a cell
  CrossedTags crossed_;
};

/// Where the systematic sampling of each chunk begins.
std::vector<std::vector<Sampling>> samplings_of(ChunkTotals const& totals,
                                                std::span<Donation const> donations) {
  std::vector<Sampling> now(donations.size());
  for (std::size_t cell = 0; cell < donations.size(); ++cell) {
    EXPECTS(donations[cell].total < std::int64_t{1} << 51);
    if (donations[cell].lost > 0) now[cell] = Sampling{donations[cell]};
  }
  std::vector<std::vector<Sampling>> samplings;
  for (std::size_t chunk = 0; chunk < totals.chunks(); ++chunk) {
    samplings.push_back(now);
    auto const passed = totals.of(chunk);
    for (std::size_t cell = 0; cell < now.size(); ++cell) {
      if (now[cell].lost > 0) now[cell].take(passed[cell]);
    }
  }
  return samplings;
}

}  // namespace

ChunkTotals::ChunkTotals(Packets const& packets, std::size_t cells)
    : chunks_{chunks_of(packets.size())}, cells_{cells}, totals_(chunks_ * cells, 0) {
  for_each_chunk(chunks_, [&](std::size_t chunk) {
    auto const first = chunk * kRows, end = std::min(packets.size(), first + kRows);
    auto* const totals = totals_.data() + chunk * cells_;
    // Neighbors are often in one cell: two sums a cell do not wait for each other.
    std::vector<std::int64_t> other(cells_, 0);
    auto i = first;
    for (; i + 1 < end; i += 2) {
      totals[packets.cell[i]] += packets.weight[i];
      other[packets.cell[i + 1]] += packets.weight[i + 1];
    }
    if (i < end) totals[packets.cell[i]] += packets.weight[i];
    for (std::size_t cell = 0; cell < cells_; ++cell) totals[cell] += other[cell];
  });
}

std::vector<std::int64_t> ChunkTotals::sum() const {
  std::vector<std::int64_t> sum(cells_, 0);
  for (std::size_t i = 0; i < totals_.size(); ++i) sum[i % cells_] += totals_[i];
  return sum;
}

Moved move_packets(Packets& packets, ChunkTotals const& totals, StepTables const& tables,
                   std::span<Donation const> donations, DrawKey luck, Tick begin) {
  auto const places = tables.propagator.at_end.row(CellId{0}).size();
  auto const sinks = places - donations.size();
  auto samplings = samplings_of(totals, donations);
  std::vector<Moved> parts(totals.chunks());
  for_each_chunk(parts.size(), [&](std::size_t chunk) {
    ChunkMove move{packets, tables, chunk * kRows, std::move(samplings[chunk])};
    parts[chunk] = move.run(places, luck, begin);
  });
  Moved moved;
  moved.cleared.assign(sinks, 0);
  moved.crossed.cells = donations.size();
  for (auto const& part : parts) {
    for (std::size_t sink = 0; sink < sinks; ++sink) moved.cleared[sink] += part.cleared[sink];
    moved.gone.insert(moved.gone.end(), part.gone.begin(), part.gone.end());
    moved.returned.insert(moved.returned.end(), part.returned.begin(), part.returned.end());
    for (std::size_t i = 0; i < part.crossed.tags.size(); ++i) {
      auto const row = moved.crossed.row(moved.crossed.row_of(part.crossed.tags[i]));
      for (std::size_t cell = 0; cell < row.size(); ++cell) row[cell] += part.crossed.row(i)[cell];
    }
  }
  return moved;
}

void fill_gone(Packets& packets, std::span<std::uint32_t const> gone) {
  EXPECTS(std::is_sorted(gone.begin(), gone.end()));
  auto const left = packets.size() - gone.size();
  std::vector<std::uint32_t> from;  // for each gone row below `left`, the packet that takes it
  auto next_gone = std::lower_bound(gone.begin(), gone.end(), left);
  auto const holes = static_cast<std::size_t>(next_gone - gone.begin());
  for (auto row = left; row < packets.size(); ++row) {
    if (next_gone != gone.end() && *next_gone == row) {
      ++next_gone;
    } else {
      from.push_back(static_cast<std::uint32_t>(row));
    }
  }
  ENSURES(from.size() == holes);
  for_each_column(packets, [&](auto const&, auto& values) {
    for (std::size_t i = 0; i < holes; ++i) values[gone[i]] = values[from[i]];
    values.resize(left);
  });
}

}  // namespace myoaxis
