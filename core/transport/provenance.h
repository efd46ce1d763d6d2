/// Where the quanta in the brain come from: by source, group of the agent that released them, and session.
///
/// Counts have no identity. But the quanta in one cell are exchangeable: whichever of them go, each had the
/// same chance. So given the realized flows F(i, j) between cells and the totals n(i), the expected number of
/// quanta of tag t that goes from i to j is F(i, j) x(t, i) / n(i), where x(t, i) is the expectation of those
/// of tag t in i. That is what is kept: the conditional expectation of the tagged counts given all totals
/// (Rao-Blackwell), as doubles that sum to the integer total of each cell. No random number is drawn for it,
/// so how many tags are kept changes no draw and no total.
///
/// Sessions are many. Tags of the least content lose their session: they join the tag of the same source and
/// group with session kMergedSessions. Tags without a session, or merged, are one for each source and group.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "core/state_visit.h"
#include "core/transport/graph.h"
#include "core/transport/packets.h"

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
  double arrived = 0;   // quanta that came by crossing or release, not from other cells of counts
  double exposure = 0;  // quanta x s: mean of the content at begin and end of the step, times its length
};

/// A set of cells of counts to be watched during a step, and what happened there.
struct TagWatch {
  std::span<CellId const> cells;
  std::vector<TagReport> tags;  // written by the step
};

/// One step of the provenance, along the flows of counts that the step draws.
class TagFlows {
 public:
  /// `counts`: quanta of each cell at the beginning of the step. Those of no tag become kInitial.
  TagFlows(Provenance& provenance, Layout const& layout, std::span<std::int64_t const> counts);

  /// Of the quanta that were in `from`, all `total` of them, `parts` went to each place.
  void carry(std::size_t from, std::int64_t total, std::span<std::int64_t const> parts);
  /// `parts` arrived at each place from outside of the counts, a `share` of them of this tag.
  void arrive(Tag tag, double share, std::span<std::int64_t const> parts);
  /// Ends the step of `seconds`. `counts`: quanta of each cell at its end. `watch` may be null.
  void finish(std::span<std::int64_t const> counts, std::size_t most_session_tags, double seconds,
              TagWatch* watch);

 private:
  void add_moved(double share, std::span<std::int64_t const> parts, std::span<double> row) const;
  void add_arrivals(std::size_t most_session_tags);
  void merge_negligible();
  void merge_session(std::size_t row);
  void match(std::span<std::int64_t const> counts);
  void report(TagWatch& watch, double seconds) const;

  Provenance& provenance_;
  Provenance moved_;
  Provenance arrived_;
  std::size_t first_ = 0;  // cells of counts lie from here
  std::size_t end_ = 0;    // to here
};

}  // namespace myoaxis
