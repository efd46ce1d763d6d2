/// The mass ledger of one factor, in integers: what was there and what was released is either carried or
/// gone.
#pragma once

#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "core/state_visit.h"

namespace myoaxis {

/// An invariant of the simulation does not hold: the run must stop (exit code 1).
class InvariantError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Terms in quanta since the beginning of the run: initial + released = carried + cleared.
struct Ledger {
  std::int64_t initial = 0;
  std::vector<std::int64_t> released;  // by source
  std::vector<std::int64_t> cleared;   // by sink

  static constexpr auto members() {
    return std::tuple{member("initial", "1", "quanta at the beginning of the run", &Ledger::initial),
                      member("released", "1", "quanta released since then, by source", &Ledger::released),
                      member("cleared", "1", "quanta cleared since then, by sink", &Ledger::cleared)};
  }

  std::int64_t total_released() const {
    return std::accumulate(released.begin(), released.end(), std::int64_t{0});
  }
  std::int64_t total_cleared() const {
    return std::accumulate(cleared.begin(), cleared.end(), std::int64_t{0});
  }
  /// What must still be carried.
  std::int64_t expected_content() const { return initial + total_released() - total_cleared(); }
};

/// Throws InvariantError, naming `factor` and `when`, unless `carried` is what the ledger demands.
void check_balance(Ledger const& ledger, std::int64_t carried, std::string const& factor,
                   std::string const& when);

}  // namespace myoaxis
