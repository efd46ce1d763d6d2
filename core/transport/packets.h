/// The quanta of one factor on their way: packets in the body, counts in the brain.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

#include "core/columns.h"
#include "core/transport/graph.h"

namespace myoaxis {

/// What a packet of quanta that came back from the brain has for its source.
inline constexpr std::uint8_t kReturned = std::numeric_limits<std::uint8_t>::max();
/// What a packet that was there at the beginning of the run has for its source.
inline constexpr std::uint8_t kInitial = kReturned - 1;
/// The origin of a packet that no single agent released.
inline constexpr std::uint32_t kNoOrigin = std::numeric_limits<std::uint32_t>::max();
/// The session of a packet that was released outside of any.
inline constexpr std::uint16_t kNoSession = std::numeric_limits<std::uint16_t>::max();

/// The group of a packet whose origin belongs to none.
inline constexpr std::uint8_t kNoGroup = std::numeric_limits<std::uint8_t>::max();

/// Parcels of quanta that travel together and share one history.
struct Packets {
  std::vector<std::uint64_t> key;
  std::vector<std::int64_t> weight;
  std::vector<std::uint32_t> origin;
  std::vector<std::int32_t> birth;
  std::vector<std::uint16_t> cell;
  std::vector<std::uint16_t> session;
  std::vector<std::uint8_t> source;
  std::vector<std::uint8_t> group;

  static constexpr auto columns() {
    return std::tuple{
        column("key", "1", "permanent address of the packet's luck", &Packets::key),
        column("weight", "1", "quanta in the packet", &Packets::weight),
        column("origin", "1", "number of the fiber that released it, 4294967295 for none", &Packets::origin),
        column("birth", "s", "time of the end of the step of release", &Packets::birth),
        column("cell", "1", "number of the transport cell it is in", &Packets::cell),
        column("session", "1", "number of the session of release, 65535 for none", &Packets::session),
        column(
            "source", "1",
            "number of the factor's source, 254 when there from the start, 255 when returned from the brain",
            &Packets::source),
        column("group", "1", "class of its origin, such as the fiber type; 255 for none", &Packets::group)};
  }
  std::size_t size() const { return key.size(); }
};

/// Quanta counted cell by cell; entries of cells that hold packets stay 0.
struct CellCounts {
  std::vector<std::int64_t> quanta;

  static constexpr auto columns() {
    return std::tuple{column("quanta", "1", "quanta in the cell", &CellCounts::quanta)};
  }
};

/// Quanta of each cell, whichever way they are kept.
std::vector<std::int64_t> cell_totals(Layout const& layout, Packets const& packets, CellCounts const& counts);

}  // namespace myoaxis
