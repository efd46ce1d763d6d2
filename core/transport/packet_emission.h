/// Packets that one source releases in a step and that survive it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/transport/packet_transport.h"

namespace myoaxis {

/// Chooses among agents in proportion to their rates.
class OriginSampler {
 public:
  /// `running`: sums of the rates so far, not empty, the last > 0. `draws`: how many are to come; where they
  /// are many, a guide table (Chen and Asau 1974) spares them most of the search.
  OriginSampler(std::span<double const> running, std::size_t draws);
  /// The agent at `u` from [0, 1): the first whose sum exceeds u times the last.
  std::uint32_t operator()(double u) const;

 private:
  std::span<double const> running_;
  std::vector<std::uint32_t> guide_;
};

struct GroupShare {
  std::uint8_t group;
  double share;
};

/// Shares of the groups of agents in the rate of a release; they sum to 1.
std::vector<GroupShare> group_shares(Release const& release);

/// Appends `number` packets of the release, with their places at the end of the step.
void add_packets(Packets& packets, CargoKind const& kind, Layout const& layout, StepTables const& tables,
                 Step const& step, Release const& release, std::size_t number);

}  // namespace myoaxis
