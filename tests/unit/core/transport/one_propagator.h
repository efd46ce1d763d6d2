/// The propagator of steps of one length.
#pragma once

#include <cstdint>
#include <span>

#include "core/transport/propagator.h"

namespace myoaxis {

inline Propagator propagator_of(Generator const& generator, std::int64_t seconds) {
  return make_propagators(generator, std::span{&seconds, 1}).at(seconds);
}

}  // namespace myoaxis
