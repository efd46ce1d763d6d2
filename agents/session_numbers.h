/// Sessions in the state of a factor, when it is to live on by another calendar.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "agents/factor_state.h"

namespace myoaxis {

/// Session i becomes session `to[i]`; one that becomes none, or that `to` does not have, is no longer told
/// apart.
void renumber_sessions(FactorState& state, std::vector<std::optional<std::size_t>> const& to);

}  // namespace myoaxis
