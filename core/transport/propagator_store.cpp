#include "core/transport/propagator_store.h"

#include "core/state_hash.h"

namespace myoaxis {

std::string propagator_key(Generator const& generator, std::span<std::int64_t const> lengths) {
  StateHash hash;
  hash.add(generator.layout().cells());
  hash.add(generator.layout().sinks());
  for (auto const& rate : generator.rates()) {
    hash.add(rate.from);
    hash.add(rate.to);
    hash.add(rate.per_second);
  }
  hash.add(lengths);
  return hash.digest();
}

Propagators find_or_make(PropagatorStore* store, Generator const& generator,
                         std::span<std::int64_t const> lengths) {
  if (!store) return make_propagators(generator, lengths);
  auto const key = propagator_key(generator, lengths);
  if (auto found = store->find(key)) return std::move(*found);
  auto made = make_propagators(generator, lengths);
  store->keep(key, made);
  return made;
}

}  // namespace myoaxis
