#include "io/config/key_pattern.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

TEST_CASE("a pattern stands for keys with any element and any text in its open places") {
  CHECK(matches("organism.mass", "organism.mass"));
  CHECK(matches("factor.il6.organism.*.source[].rate", "factor.il6.organism.mouse.source[12].rate"));
  CHECK(matches("organism.muscle.fiber_type[0].share", "organism.muscle.fiber_type[0].share"));
  CHECK(matches("organism.organ.*.mass", "organism.organ.fat.mass"));
  CHECK(matches("factor.*", "factor.bdnf.source[0].hill"));
  CHECK(matches("*.source[].hill", "factor.bdnf.source[0].hill"));
  CHECK(matches("*share*", "factor.bdnf.clearance_share.liver"));
  CHECK(matches("il6_blood_*", "il6_blood_baseline"));
  CHECK(matches("factor.bdnf.source[?].hill", "factor.bdnf.source[1].hill"));
  CHECK(matches("*", ""));
}

TEST_CASE("a pattern stands for no shorter, longer or other key") {
  CHECK_FALSE(matches("organism.mass", "organism.mass.value"));
  CHECK_FALSE(matches("organism.mass.value", "organism.mass"));
  CHECK_FALSE(matches("organism.mas", "organism.mass"));
  CHECK_FALSE(matches("factor.*", "xfactor.a"));
  CHECK_FALSE(matches("*.hill", "factor.bdnf.source[0].hill_2"));
  CHECK_FALSE(matches("a.source[].rate", "a.sources[1].rate"));
  CHECK_FALSE(matches("a.source[].rate", "a.source.rate"));
  CHECK_FALSE(matches("factor.bdnf.source[1].hill", "factor.bdnf.source[0].hill"));
  CHECK_FALSE(matches("organism.muscle.fiber_type[0].share", "organism.muscle.fiber_type[10].share"));
  CHECK_FALSE(matches("source[?].rate", "source[12].rate"));
  CHECK_FALSE(matches("", "organism"));
}
