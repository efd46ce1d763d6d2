#include "io/report/parameters.h"

#include <catch2/catch.hpp>

#include "io/config/diagnostics.h"

namespace myoaxis::report {

TEST_CASE("parameters are all tables with a status, in arrays of tables too") {
  auto const records = read_parameters(R"(
title = "x"
[organism.mood]
gain = { value = "0.5", range = ["0.1", "1"], status = "assumed", source = "no study" }
plain = 3
[[factor.bdnf.effect]]
process = "survival"
dependence = { value = 0.25, status = "verified", source = "[A2000]" }
)",
                                       "run.h5");
  REQUIRE(records.size() == 2);
  auto const& effect = records[0];
  CHECK(effect.key == "factor.bdnf.effect[0].dependence");
  CHECK(effect.value == "0.25");
  CHECK(effect.low.empty());
  CHECK_FALSE(is_weak(effect));
  CHECK(is_gain(effect));
  CHECK_FALSE(is_gain(records[1]));
  auto const& gain = records[1];
  CHECK(gain.key == "organism.mood.gain");
  CHECK(gain.low == "0.1");
  CHECK(gain.high == "1");
  CHECK(gain.source == "no study");
  CHECK(is_weak(gain));
}

TEST_CASE("parameters are grouped by what they act on") {
  CHECK(acts_on("factor.bdnf.effect[0].dependence") == "effects of factors on cells");
  CHECK(acts_on("factor.il6.source[1].rate") == "secretion");
  CHECK(acts_on("factor.il6.clearance[0].rate") == "clearance and exchange in the body");
  CHECK(acts_on("organism.mood.gain") == "mood and adherence");
  CHECK(acts_on("organism.blood.volume") == "circulation and organs");
  CHECK(acts_on("schedule.duration") == "other");
}

TEST_CASE("a configuration that is no TOML is refused by the name of its file") {
  CHECK_THROWS_WITH(read_parameters("a = = b", "run.h5"), Catch::Contains("run.h5"));
}

}  // namespace myoaxis::report
