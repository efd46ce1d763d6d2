#include "io/config/key_pattern.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

TEST_CASE("a pattern stands for keys with any element and any name in its open places") {
  CHECK(matches("organism.mass", "organism.mass"));
  CHECK(matches("factor.il6.organism.*.source[].rate", "factor.il6.organism.mouse.source[12].rate"));
  CHECK(matches("organism.muscle.fiber_type[0].share", "organism.muscle.fiber_type[0].share"));
  CHECK(matches("organism.organ.*.mass", "organism.organ.fat.mass"));
}

TEST_CASE("a pattern stands for no shorter, longer or other key") {
  CHECK_FALSE(matches("organism.mass", "organism.mass.value"));
  CHECK_FALSE(matches("organism.mass.value", "organism.mass"));
  CHECK_FALSE(matches("organism.mas", "organism.mass"));
  CHECK_FALSE(matches("organism.*", "organism.organ.fat"));
  CHECK_FALSE(matches("a.source[].rate", "a.sources[1].rate"));
  CHECK_FALSE(matches("a.source[].rate", "a.source.rate"));
  CHECK_FALSE(matches("organism.muscle.fiber_type[0].share", "organism.muscle.fiber_type[10].share"));
  CHECK_FALSE(matches("", "organism"));
}
