#include "core/transport/ledger.h"

#include <fmt/core.h>

namespace myoaxis {

void check_balance(Ledger const& ledger, std::int64_t carried, std::string const& factor,
                   std::string const& when) {
  if (carried == ledger.expected_content()) return;
  throw InvariantError{
      fmt::format("the ledger of {} does not close at {}: initial {} + released {} - cleared {} = {} quanta, "
                  "but {} are carried",
                  factor, when, ledger.initial, ledger.total_released(), ledger.total_cleared(),
                  ledger.expected_content(), carried)};
}

}  // namespace myoaxis
