/// The first words of many addresses at once: for loops over agents that take one number each.
///
/// The same bits as `Draws` gives, one address after another. Philox has no branches and no state, so several
/// addresses go through its rounds side by side in the lanes of a vector register.
#pragma once

#include <cstdint>
#include <span>

#include "core/draws.h"

namespace myoaxis {

/// words[i] = Draws{key, entities[i], event}(). As many words as entities.
void first_words(DrawKey key, std::span<std::uint64_t const> entities, std::int64_t event,
                 std::span<std::uint64_t> words);

/// The number from [0, 1) that `unit_interval` makes of this word.
inline double unit_interval(std::uint64_t word) {
  // Signed, as processors convert those in one instruction.
  return static_cast<double>(static_cast<std::int64_t>(word >> 11)) * 0x1.0p-53;
}

}  // namespace myoaxis
