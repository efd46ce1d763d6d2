/// What a random draw is for. The list is append-only: its numbers are part of every published result.
#pragma once

#include <cstdint>

namespace myoaxis {

enum class Purpose : std::uint32_t {
  fiber_size = 1,
  fiber_secretion = 2,
  fiber_fatigability = 3,
  initial_packets = 4,
  initial_counts = 5,
  release_surviving = 6,
  release_cleared = 7,
  release_crossed = 8,
  release_place = 9,
  release_origin = 10,
  packet_move = 11,
  crossing = 12,
  crossing_donor = 13,
  count_move = 14,
  lineage_threshold = 15,
  lineage_branch = 16,
  lineage_place = 17,
  spine_initial = 18,
  spine_move = 19,
  permutation = 20,
  session_attended = 21,
  measurement = 22,
  vessel_geometry = 23,
  vessel_path = 24,
  bootstrap = 25,
  subject_variation = 26,
  design = 27,
};

}  // namespace myoaxis
