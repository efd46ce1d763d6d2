#include "io/config/settings.h"

#include <catch2/catch.hpp>

using namespace myoaxis;
using Catch::Contains;

TEST_CASE("a configuration is flat: parameters by their value, arrays of tables by number", "[io]") {
  auto const settings = flat_settings(R"(
    seed = 3
    [scale]
    fibers = { value = 300, status = "assumed" }
    [[factor.bdnf.effect]]
    gain = 0.3
    [[factor.bdnf.effect]]
    gain = 0.4
  )");
  CHECK(settings == Settings{{"seed", "3"},
                             {"scale.fibers", "300"},
                             {"factor.bdnf.effect[0].gain", "0.3"},
                             {"factor.bdnf.effect[1].gain", "0.4"}});
  CHECK(flat_settings("= broken").empty());
}

TEST_CASE("keys differ by their value, or where one configuration does not have them", "[io]") {
  Settings const one{{"a", "1"}, {"b", "2"}, {"c", "3"}};
  Settings const other{{"a", "1"}, {"b", "4"}, {"d", "5"}};
  CHECK(keys_that_differ(one, other) == std::vector<std::string>{"b", "c", "d"});
  CHECK(keys_that_differ(one, one).empty());
}

TEST_CASE("a difference is told by its first keys and the number of all", "[io]") {
  CHECK(difference_text({{"seed", "7"}, {"age", "1"}}, {{"seed", "8"}, {"age", "1"}}) ==
        "seed is 7 here and 8 there");
  CHECK(difference_text({{"age", "1"}, {"seed", "7"}}, {{"age", "1"}}) == "seed is 7 here and not set there");
  CHECK(difference_text({{"seed", "7"}}, {}) == "it cannot be read");
  auto const many = difference_text({{"a", "1"}, {"b", "1"}, {"c", "1"}, {"d", "1"}}, {{"e", "1"}});
  CHECK_THAT(many, Contains("c is 1 here") && !Contains("d is") && Contains("5 settings differ in all"));
  CHECK_THAT(difference_text({{"a", "1"}}, {{"a", "1"}}), Contains("all values are the same"));
}

TEST_CASE("long values are told from shortly before where they differ", "[io]") {
  auto const long_text = [](char const* end) { return std::string(100, 'x') + "\xc3\xa4\xc3\xa4" + end; };
  CHECK(difference_text({{"days", long_text("42, 84")}}, {{"days", long_text("43, 84")}}) ==
        "days is ..." + std::string(15, 'x') + "\xc3\xa4\xc3\xa4" + "42, 84 here and ..." +
            std::string(15, 'x') + "\xc3\xa4\xc3\xa4" + "43, 84 there");
  auto const wide = difference_text({{"days", std::string(200, 'x')}}, {{"days", std::string(200, 'y')}});
  CHECK(wide.size() < 160);
}
