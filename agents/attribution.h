/// Which molecules reached the niches: how many, and how long they stayed, by where and when they were
/// released.
///
/// It sees the whole run, baseline included, so that its sums close against all that came into the niches. Of
/// a step it takes what the transport reports (core/transport/provenance.h): expectations, given the realized
/// totals, of quanta that cannot be told apart. A session counts what was released while it was under way;
/// what it makes a muscle transcribe and release hours later was released outside of any session. Molecules
/// that a factor's engine `mean` carries have no provenance: such factors are not in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/organism.h"
#include "core/state_visit.h"

namespace myoaxis {

class Attribution {
 public:
  /// Of a session: those whose release fell into none, and those whose session is no longer told apart.
  static constexpr std::int64_t kOutside = -1, kMerged = -2;

  explicit Attribution(Model const& model);

  void see(StepReport const& report);

  /// What was seen so far.
  template <class Visitor, StateOf<Attribution> State>
  friend void visit_state(Visitor const& visitor, State& attribution) {
    visitor(
        About{"arrived", "1", "molecules that came into the niches, by factor, source, fiber type, session"},
        attribution.arrived_);
    visitor(About{"exposure", "s", "molecules in the niches x time, likewise"}, attribution.exposure_);
  }

  /// The dimensions, the slowest first. Sources are those of all factors; then "initial", for what was there
  /// at the beginning, and "returned", for what came back from the brain into the blood. Fiber types are
  /// followed by "none", for what no single fiber released. Sessions have their numbers in the calendar.
  std::vector<std::string> const& factors() const { return factors_; }
  std::vector<std::string> const& sources() const { return sources_; }
  std::vector<std::string> const& fiber_types() const { return fiber_types_; }
  std::vector<std::int64_t> const& sessions() const { return sessions_; }

  /// Molecules that came into any of the niches, one number for each factor, source, fiber type and session.
  std::vector<double> const& arrived() const { return arrived_; }
  /// Molecules x s in the niches, likewise.
  std::vector<double> const& exposure() const { return exposure_; }

 private:
  struct Carried {
    std::size_t number;                // of the factor in the model
    double quantum;                    // molecules
    std::vector<std::size_t> sources;  // places in sources_ of the factor's own
  };

  std::size_t source_place(std::string const& name);
  std::size_t place_of(std::size_t factor, Tag tag) const;

  std::vector<Carried> carried_;  // one an entry of factors_
  std::vector<std::string> factors_, sources_, fiber_types_;
  std::vector<std::int64_t> sessions_;
  std::vector<double> arrived_, exposure_;
};

}  // namespace myoaxis
