/// The draws that lay out designs: each has an address of its own, whatever the design.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/draws.h"

namespace myoaxis {

/// What a draw decides, within `Purpose::design`. Append only: the numbers are part of published results.
enum class DesignPart : std::uint64_t { order = 1, place = 2, shift = 3, level = 4, turn = 5 };

/// `event`: the point or the trajectory.
inline Draws design_draws(std::uint64_t seed, std::uint64_t dimension, DesignPart part, std::size_t event) {
  return Draws{Luck{seed}, Purpose::design, child_key(dimension, static_cast<std::uint64_t>(part)),
               static_cast<std::int64_t>(event)};
}

}  // namespace myoaxis
