#include "io/config/diagnostics.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

TEST_CASE("problems are sorted by place and the same one counts once") {
  Diagnostics diagnostics;
  diagnostics.add({"b.toml", 1, 1}, "last");
  diagnostics.add({"a.toml", 10, 1}, "third");
  diagnostics.add({"a.toml", 2, 9}, "second");
  diagnostics.add({"a.toml", 2, 3}, "first");
  diagnostics.add({"a.toml", 2, 3}, "first");
  REQUIRE(diagnostics.problems().size() == 4);
  CHECK(diagnostics.problems()[0].message == "first");
  CHECK(diagnostics.problems()[2].message == "third");
  CHECK(diagnostics.problems()[3].message == "last");
}

TEST_CASE("a configuration error has one line for each problem") {
  Diagnostics diagnostics;
  CHECK_NOTHROW(diagnostics.throw_if_any());
  diagnostics.add({"a.toml", 2, 3}, "is wrong");
  diagnostics.add({"--set seed=x"}, "is wrong, too");
  try {
    diagnostics.throw_if_any();
    FAIL("no error");
  } catch (ConfigError const& error) {
    CHECK(std::string{error.what()} == "--set seed=x: is wrong, too\na.toml:2:3: is wrong");
    CHECK(error.problems().size() == 2);
  }
}

TEST_CASE("a misspelt word is close to what was meant") {
  std::vector<std::string> const keys = {"duration", "baseline", "bdnf", "il6", "use"};
  CHECK(closest("durtion", keys) == "duration");
  CHECK(closest("draution", keys) == "duration");
  CHECK(closest("BDNF", keys) == "bdnf");
  CHECK(closest("bdfn", keys) == "bdnf");
  CHECK(closest("uze", keys) == "use");
  CHECK(did_you_mean("baselin", keys) == "; did you mean 'baseline'?");
}

TEST_CASE("a word unlike all candidates is close to none") {
  std::vector<std::string> const keys = {"duration", "baseline", "x"};
  CHECK_FALSE(closest("temperature", keys));
  CHECK_FALSE(closest("y", keys));
  CHECK_FALSE(closest("", keys));
  CHECK(did_you_mean("temperature", keys).empty());
}
