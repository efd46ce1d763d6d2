/// Where the quanta in the brain come from: by source, group of the agent that released them, and session.
///
/// Counts have no identity. But the quanta in one cell are exchangeable: whichever of them go, each had the
/// same chance. So given the realized flows F(i, j) between cells and the totals n(i), the expected number of
/// quanta of tag t that goes from i to j is F(i, j) x(t, i) / n(i), where x(t, i) is the expectation of those
/// of tag t in i. That is what is kept: the conditional expectation of the tagged counts given all totals
/// (Rao-Blackwell), as doubles that sum to the integer total of each cell. No random number is drawn for it,
/// so how many tags are kept changes no draw and no total.
///
/// Sessions are many. Where there are too many tags, those of the earliest session lose it, whatever their
/// content, so that sources stay comparable: they join the tag of the same source and group with session
/// kMergedSessions. Tags without a session, or merged, are one for each source and group.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "core/state_visit.h"
#include "core/transport/graph.h"
#include "core/transport/packets.h"
#include "core/transport/propagator.h"

namespace myoaxis {

/// What is known of the release of a quantum.
struct Tag {
  std::uint8_t source = kInitial;
  std::uint8_t group = kNoGroup;
  std::uint16_t session = kNoSession;
  auto operator<=>(Tag const&) const = default;
};

/// The session of quanta whose session is no longer told apart.
inline constexpr std::uint16_t kMergedSessions = kNoSession - 1;
/// How many tags with a session of their own a factor keeps in the brain.
inline constexpr std::size_t kMostSessionTags = 24;

/// One row of numbers a tag, one number a cell.
template <class T>
struct TagRows {
  std::size_t cells = 0;
  std::vector<Tag> tags;
  std::vector<T> values;  // row by row

  std::span<T> row(std::size_t i) { return {values.data() + i * cells, cells}; }
  std::span<T const> row(std::size_t i) const { return {values.data() + i * cells, cells}; }
  /// Number of the tag's row, which is appended when there is none.
  std::size_t row_of(Tag tag) {
    std::size_t i = 0;
    while (i < tags.size() && tags[i] != tag) ++i;
    if (i < tags.size()) return i;
    tags.push_back(tag);
    values.resize(values.size() + cells, T{});
    return i;
  }
};

/// Tags, member by member.
struct TagColumns {
  std::vector<std::uint8_t> source;
  std::vector<std::uint8_t> group;
  std::vector<std::uint16_t> session;

  static constexpr auto columns() {
    return std::tuple{
        column("source", "1", "number of the factor's source, as of a packet", &TagColumns::source),
        column("group", "1", "class of the origin, as of a packet", &TagColumns::group),
        column("session", "1", "session of release, as of a packet; 65534 when merged",
               &TagColumns::session)};
  }
};
TagColumns split(std::vector<Tag> const& tags);
std::vector<Tag> joined(TagColumns const& columns);

/// Expected quanta of each tag in each cell, 0 in cells that hold packets.
using Provenance = TagRows<double>;

/// Shows the tags as three arrays.
template <class Visitor, StateOf<Provenance> State>
void visit_state(Visitor const& visitor, State& provenance) {
  TagColumns columns = split(provenance.tags);
  visit_columns(visitor, columns);
  if constexpr (!std::is_const_v<State>) provenance.tags = joined(columns);
  visitor(About{"cells", "1", "length of a row of values"}, provenance.cells);
  visitor(About{"values", "1", "expected quanta of each tag in each cell, row by row"}, provenance.values);
}

/// All that is in cells of counts at the beginning is of the tag kInitial.
Provenance make_provenance(std::span<std::int64_t const> counts);

struct TagContent {
  Tag tag;
  double quanta = 0;
};

/// Content of the cells `watched` together, tag by tag.
std::vector<TagContent> content_by_tag(Provenance const& provenance, std::span<CellId const> watched);

/// What a tag did in a set of cells during a step.
struct TagReport {
  Tag tag;
  double arrived = 0;   // quanta that came from outside of the set, or were released in it
  double exposure = 0;  // quanta x s
};

/// A set of cells of counts to be watched during a step, and what happened there.
struct TagWatch {
  std::span<CellId const> cells;
  std::vector<TagReport> tags;  // written by the step
};

/// Why a quantum of a cell is on its way: it was there at the beginning of the step, or was released during
/// it.
enum class Departure { held, released };

/// What the flows of one step say of a set of cells beyond its end.
///
/// Of the quanta that come into a cell during a step, some have left it again at its end. A step draws only
/// where they are then, so the flow F from cell j to the watched cell i stands for more arrivals, and for a
/// time there, as they are expected of all quanta that set out where it did:
///
///     exposure = F h A / E         arrived = F (1 + x A / E)         x = -ln P(i, i)
///
/// where E is the probability of being in i at the end of the step and A the mean share of the step spent
/// there: P(j, i) and Phi(j, i) of what was held, Phi(j, i) and Psi(j, i) of what was released. x is how
/// often a quantum in i would leave in a step of length h; those that return within the same step are taken
/// for not having left. So the sums do not depend on the length of steps. What the watched cells held at the
/// beginning is exposed as expected, h Phi(j, i) a quantum, and has not arrived.
class WatchedCells {
 public:
  /// All outlive this.
  WatchedCells(TagWatch const& watch, Propagator const& propagator);

  bool contains(std::size_t cell) const;
  /// Quanta arrived and their exposure, of a flow from a cell outside of the set or a release anywhere.
  TagReport of_flow(CellId from, Departure departure, std::span<std::int64_t const> parts) const;
  /// Exposure, s, of one quantum that the watched cell `from` held.
  double of_held(CellId from) const;

 private:
  std::span<CellId const> cells_;
  Propagator const& propagator_;
  std::vector<double> exits_;  // x of each watched cell
};

/// One step of the provenance, along the flows of counts that the step draws.
class TagFlows {
 public:
  /// `counts`: quanta of each cell at the beginning of the step. Those of no tag become kInitial. `watched`,
  /// if given, are the cells that `finish` reports on.
  TagFlows(Provenance& provenance, Layout const& layout, std::span<std::int64_t const> counts,
           std::optional<WatchedCells> watched = std::nullopt);

  /// Of the quanta that were in `from`, all `total` of them, `parts` went to each place.
  void carry(CellId from, std::int64_t total, std::span<std::int64_t const> parts);
  /// `parts` arrived at each place from `from`, which holds packets or where a source is; a `share` of them
  /// of this tag.
  void arrive(Tag tag, double share, CellId from, Departure departure, std::span<std::int64_t const> parts);
  /// Ends the step. `counts`: quanta of each cell at its end. Returns what each tag did in the watched cells.
  std::vector<TagReport> finish(std::span<std::int64_t const> counts, std::size_t most_session_tags);

 private:
  void add_moved(double share, std::span<std::int64_t const> parts, std::span<double> row) const;
  void add_arrivals(std::size_t most_session_tags);
  Tag make_room(Tag tag, std::size_t most_session_tags);
  void merge_negligible();
  void merge_session(std::size_t row);
  void match(std::span<std::int64_t const> counts);
  std::vector<TagReport> take_reports();

  Provenance& provenance_;
  Provenance moved_;
  Provenance arrived_;
  std::optional<WatchedCells> watched_;
  std::vector<TagReport> of_carried_;  // a row of provenance_ each
  std::vector<TagReport> of_arrived_;  // a row of arrived_ each
  std::size_t first_ = 0;              // cells of counts lie from here
  std::size_t end_ = 0;                // to here
};

}  // namespace myoaxis
