// The contracts are tested as the release preset compiles them, whatever the build.
#undef MYOAXIS_CONTRACTS
#include <catch2/catch.hpp>

#include "core/contracts.h"

TEST_CASE("contracts that are compiled out do not evaluate their condition") {
  int evaluated = 0;
  EXPECTS(++evaluated == 99);
  ENSURES(++evaluated == 99);
  CHECK(evaluated == 0);
}
