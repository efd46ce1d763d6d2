/// A place where propagators wait for the next run that needs the same ones.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/transport/propagator.h"

namespace myoaxis {

using Propagators = std::map<std::int64_t, Propagator>;  // by length, s

class PropagatorStore {
 public:
  virtual ~PropagatorStore() = default;
  /// What was kept under `key`, if it is whole. Called from several threads at once.
  virtual std::optional<Propagators> find(std::string const& key) = 0;
  /// A store that cannot keep them lets them go: they can be made again.
  virtual void keep(std::string const& key, Propagators const& propagators) = 0;
};

/// Key of the propagators of a generator for some lengths: a fingerprint of all that they depend on.
std::string propagator_key(Generator const& generator, std::span<std::int64_t const> lengths);

/// Those of the store, or made and kept there. Without a store, made.
Propagators find_or_make(PropagatorStore* store, Generator const& generator,
                         std::span<std::int64_t const> lengths);

}  // namespace myoaxis
