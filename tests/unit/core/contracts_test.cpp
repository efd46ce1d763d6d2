// The contracts are tested as the dev preset compiles them, whatever the build.
#undef MYOAXIS_CONTRACTS
#define MYOAXIS_CONTRACTS
#include "core/contracts.h"

#include <catch2/catch.hpp>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

TEST_CASE("a broken contract stops the program") {
  CHECK(aborts([] { EXPECTS(1 + 1 == 3); }));
  CHECK(aborts([] { ENSURES(1 + 1 == 3); }));
}

TEST_CASE("a kept contract does nothing, and its condition is evaluated once") {
  int evaluated = 0;
  EXPECTS(++evaluated == 1);
  ENSURES(++evaluated == 2);
  CHECK(evaluated == 2);
}
